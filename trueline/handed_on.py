"""Names that a package hands on from its modules, each loaded when it is first asked for.

A command that finds nothing to do must not pay for what would do it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def handed_on(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """What a package calls ``__getattr__``: https://peps.python.org/pep-0562/.

    Args:
        package: its ``__name__``.
        homes: names, and the module that each is from.
    """

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(homes[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    return load
