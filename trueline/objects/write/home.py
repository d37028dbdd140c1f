"""Where the metadata of a project is, for a module that declares on it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.schema import SchemaItem

from trueline.objects.base import the_metadata

#: Packages whose own names for a metadata nobody means.
_OTHERS = frozenset({"sqlalchemy", "sqlmodel", "alembic", "trueline", "__main__"}) | sys.stdlib_module_names


@dataclass(frozen=True, slots=True)
class Home:
    """Where a metadata is.

    Attributes:
        module: the module that it is imported from; empty where it needs no import, or none has it.
        name: what is imported: the metadata, or a class that has it.
        expression: what stands for it in a call; empty for the one metadata, which need not be named.
    """

    module: str = ""
    name: str = ""
    expression: str = ""

    @property
    def imported(self) -> str:
        """What the module has to import, in one dotted word."""
        return f"{self.module}.{self.name}" if self.module else "sqlalchemy.MetaData"

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands below the imports."""
        return ("metadata: MetaData | None = None",) if self == NOWHERE else ()

    def head(self, text: str) -> str:
        """The docstring of a module that declares on it."""
        return f'"""{text}\n\n{_MISSING}\n"""' if self == NOWHERE else f'"""{text}"""'


#: The one metadata, on which everything is declared that names none.
ONE = Home()

#: No module has it.
NOWHERE = Home(expression="metadata")

_MISSING = """\
No module has the metadata that migrations/env.py gives to run_migrations. Put it into one, and import it here in the
place of the line below: until then nothing sees what is declared in this module."""


def home_of(metadata: MetaData, module: str) -> Home:
    """Where to import a metadata from, now that the models are imported.

    Args:
        metadata: the one that the models are on.
        module: dotted name of the module that imports it. A package that it lies in imports it, as a rule, before the
            package itself has come to its end.
    """
    if metadata is the_metadata():
        return ONE
    homes = (home for find in (_homes, _holders) for home in find(metadata) if home.module != module)
    found = {home: _rank(home, module) for home in homes}
    return min(found, key=lambda home: found[home], default=NOWHERE)


def _rank(home: Home, module: str) -> tuple[object, ...]:
    """The lowest is the best."""
    is_package = module.startswith(f"{home.module}.")
    by_itself = "." not in home.expression or isinstance(getattr(sys.modules[home.module], home.name), type)
    return (
        is_package,
        not by_itself,
        not _is_bound(home),
        home.name.startswith("_"),
        len(home.expression),
        home.module,
        home.name,
    )


def _homes(metadata: MetaData) -> Iterator[Home]:
    """By its own name, or as that of a class that models derive from."""
    for name, word, value in _values():
        if value is metadata:
            yield Home(name, word, word)
        elif isinstance(value, type) and vars(value).get("metadata") is metadata and "__table__" not in vars(value):
            yield Home(name, word, f"{word}.metadata")


def _holders(metadata: MetaData) -> Iterator[Home]:
    """As that of an object, such as a registry or an extension of a web framework."""
    for name, word, value in _values():
        if not isinstance(value, type | ModuleType | SchemaItem):
            with suppress(Exception):  # whatever objects of others do when they are asked
                if value.metadata is metadata:
                    yield Home(name, word, f"{word}.metadata")


def _values() -> Iterator[tuple[str, str, Any]]:
    """Module, name and value of all that modules hold."""
    for name, module in list(sys.modules.items()):
        if isinstance(module, ModuleType) and name.partition(".")[0] not in _OTHERS:
            yield from ((name, word, value) for word, value in list(vars(module).items()))


def _is_bound(home: Home) -> bool:
    """Whether the module makes it, and has not imported it from elsewhere."""
    file = getattr(sys.modules[home.module], "__file__", None) or ""
    try:
        body = ast.parse(Path(file).read_text(encoding="utf-8")).body
    except (OSError, SyntaxError, ValueError):
        return False
    imported = (each for statement in body if isinstance(statement, ast.ImportFrom) for each in statement.names)
    return home.name not in {each.asname or each.name for each in imported}
