"""One rename, with its operations there and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alembic.operations import MigrateOperation
from alembic.operations.ops import AlterColumnOp

from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.operations.enum_value import RenameEnumValueOp
from trueline.autogen.operations.execution import follow
from trueline.autogen.operations.rename_table import RenameTable
from trueline.catalog.objects import Key, Name
from trueline.catalog.render.words import name


@dataclass(frozen=True, slots=True)
class Rename:
    """An object that goes on under another name, in another schema, or both.

    Attributes:
        old: its key now; of a value ``("label", schema, type, label)``.
        new: its key afterwards.
    """

    old: Key
    new: Key

    @property
    def words(self) -> str:
        """For a line of output."""
        kind = {"label": "value"}.get(self.old[0], self.old[0].replace("_", " "))
        parts = slice(1, 3) if kind in {"function", "procedure"} else slice(1, None)
        return f"{kind} {name(*self.old[parts])} -> {name(*self.new[parts])}"

    def operations(self, default_schema: str) -> list[MigrateOperation]:
        """The way there; the way back is that of the opposite rename."""
        match self.old[0]:
            case "table":
                return list(_table(self.old, self.new, default_schema))
            case "column":
                return [_column(self.old, self.new, default_schema)]
            case "label":
                return [RenameEnumValueOp(_schema(self.new[1], default_schema), self.new[2], self.old[3], self.new[3])]
            case _:
                return list(_moved(self.old, self.new))

    def back(self) -> Rename:
        """The opposite."""
        return Rename(self.new, self.old)


def following(keys: frozenset[Key], renames: Iterable[Rename]) -> frozenset[Key]:
    """These keys, and those that they have once everything is renamed: what hangs on a table goes with it."""
    for rename in renames:
        keys |= {follow(key, rename.old, rename.new) for key in keys}
    return keys


def _table(old: Key, new: Key, default_schema: str) -> Iterator[MigrateOperation]:
    """Moved first, under its old name, and then renamed, where its new schema has a name free for both."""
    if old[1] != new[1]:
        yield AlterObjectOp(old, f"SET SCHEMA {name(new[1])}", f"SET SCHEMA {name(old[1])}")
    if old[2] != new[2]:
        yield RenameTable(old[2], new[2], schema=_schema(new[1], default_schema))


def _moved(old: Key, new: Key) -> Iterator[MigrateOperation]:
    if old[1] != new[1]:
        yield AlterObjectOp(old, f"SET SCHEMA {name(new[1])}", f"SET SCHEMA {name(old[1])}")
    if old[2] != new[2]:
        there = (old[0], new[1], *old[2:])
        yield AlterObjectOp(there, f"RENAME TO {name(new[2])}", f"RENAME TO {name(old[2])}")


def _column(old: Key, new: Key, default_schema: str) -> MigrateOperation:
    return AlterColumnOp(new[2], old[3], schema=_schema(new[1], default_schema), modify_name=new[3])


def _schema(schema: str, default_schema: str) -> str | None:
    return None if schema == default_schema else schema


def place(key: Key) -> Name:
    """Schema and name of the table or type."""
    return (key[1], key[2])
