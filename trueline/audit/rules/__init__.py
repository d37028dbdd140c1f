"""The rules of the audit, a module each; the module's name is the rule's id."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from trueline.audit.context import Context
from trueline.rule import Examples, Rule


@cache
def all_rules() -> tuple[Rule[Context], ...]:
    """Every rule, by id."""
    return tuple(_module(name).RULE for name in _names())


@cache
def examples() -> dict[str, Examples]:
    """A bad and a good project for each rule, by id."""
    return {module.RULE.id: module.EXAMPLES for module in map(_module, _names())}


def _names() -> list[str]:
    return sorted(info.name for info in iter_modules(__path__) if not info.name.startswith("_"))


class _RuleModule:
    """What each module defines."""

    RULE: Rule[Context]
    EXAMPLES: Examples


def _module(name: str) -> _RuleModule:
    return import_module(f"{__name__}.{name}")  # type: ignore[return-value]  # a test sees to it
