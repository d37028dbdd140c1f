"""Which modules Alembic's env.py imports: at once, or by way of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from trueline.audit.source.facts import Module
from trueline.audit.source.project import Project
from trueline.audit.source.values import text_of

_Goes: TypeAlias = Callable[[Module], bool]

#: Modules that import what their callers do not name.
_DYNAMIC = frozenset({"importlib", "pkgutil"})


@dataclass(frozen=True, slots=True)
class Reach:
    """What is imported when migrations run.

    Attributes:
        meant: modules that env.py names, with what packages and lists among them name.
        all: those, and what they import in turn.
        by: module -> the one that imports it first.
    """

    meant: frozenset[str]
    all: frozenset[str]
    by: dict[str, str]


def reach(project: Project) -> Reach | None:
    """What the project's env.py files import; None where there is none."""
    entries = [module for module in project.modules if module.role == "env"]
    if not entries:
        return None
    lists = _lists(project, entries)
    meant = _closed(project, entries, lambda module: module.package or module.name in lists or _is_dynamic(module))
    by = _closed(project, entries, lambda _: True)
    return Reach(frozenset(meant), frozenset(by), by)


def _lists(project: Project, entries: list[Module]) -> set[str]:
    """env.py itself, and modules without a table that it imports, as a ``base.py`` that lists the models."""
    declaring = {table.module for table in project.tables}
    named = {name for entry in entries for name in _imported(project, entry)}
    return {entry.name for entry in entries} | (named - declaring)


def _closed(project: Project, entries: list[Module], goes_on: _Goes) -> dict[str, str]:
    """Modules from the entries on, each with where it came from; only through those that go on."""
    by = {module.name: "" for module in entries}
    waiting = list(entries)
    while waiting:
        module = waiting.pop(0)
        if not goes_on(module):
            continue
        for name in _imported(project, module):
            if name not in by:
                by[name] = module.name
                waiting.append(project.names.modules[name])
    return by


def _imported(project: Project, module: Module) -> Iterator[str]:
    """Modules of the project that a module imports, packages on the way to them included."""
    for each in module.imports:
        for path in (each.module, each.target):
            found = project.names.module(path)
            if found is not None:
                yield from _packages(project, found.name)
                yield found.name
    yield from _discovered(project, module)


def _packages(project: Project, name: str) -> Iterator[str]:
    parts = name.split(".")
    for at in range(1, len(parts)):
        found = project.names.modules.get(".".join(parts[:at]))
        if found is not None:
            yield found.name


def _is_dynamic(module: Module) -> bool:
    return any(each.module in _DYNAMIC for each in module.imports)


def _packages_of_entries(project: Project) -> Iterator[str]:
    """Packages that env.py imports: what imports modules by name may be told to import those below them."""
    for entry in project.modules:
        for each in entry.imports if entry.role == "env" else ():
            for path in (each.module, each.target):
                found = project.names.module(path)
                if found is not None and found.package:
                    yield found.name


def _discovered(project: Project, module: Module) -> Iterator[str]:
    """What ``discover("app.models")``, or a loop over a package's modules, imports."""
    folders = [
        text for call in module.calls if call.last == "discover" and call.args and (text := text_of(call.args[0]))
    ]
    if _is_dynamic(module):
        folders.append(module.name if module.package else module.name.rpartition(".")[0])
        folders += _packages_of_entries(project)
    for folder in filter(None, folders):
        yield from (name for name in project.names.modules if name == folder or name.startswith(f"{folder}."))
