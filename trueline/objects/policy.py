"""Row security: whether a table has it, and which rows its policies show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from trueline.catalog.render.words import name
from trueline.objects.base import Declaration, Key, comment_sql, sql_text
from trueline.objects.names import Place, place_of, readable, sql

_COMMANDS = ("all", "select", "insert", "update", "delete")


@dataclass(frozen=True, slots=True)
class RowSecurity(Declaration):
    """Row security of a table: without a policy that says otherwise nobody but its owner sees a row.

    Args:
        on: the model or table.
        force: whether its owner is held to the policies too.

    Raises:
        ObjectError: it is declared already.
    """

    kind: ClassVar[str] = "row security"

    on: Any
    force: bool = False

    @property
    def place(self) -> Place:
        """Of the table."""
        return place_of(self.on, self.where)

    @property
    def key(self) -> Key:
        """A table has it once."""
        schema, table = self.place
        return (self.kind, schema or "", table)

    def stands_on(self) -> Iterable[Any]:
        """The table."""
        return (self.on,)

    def create_sql(self) -> Iterator[str]:
        """Switch it on."""
        yield f"ALTER TABLE {sql(self.place)} ENABLE ROW LEVEL SECURITY"
        if self.force:
            yield f"ALTER TABLE {sql(self.place)} FORCE ROW LEVEL SECURITY"


@dataclass(frozen=True, slots=True)
class Policy(Declaration):
    """A row security policy; the table needs `RowSecurity` for it to mean anything.

    Args:
        name: its name.
        on: the model or table.
        using: which rows are seen, as SQL or an expression.
        with_check: which rows may be written, where these are others.
        command: ``"all"``, ``"select"``, ``"insert"``, ``"update"`` or ``"delete"``.
        permissive: whether it allows; one that does not restricts what others allow.
        to: the roles that it holds for; everybody where none is named.
        comment: what it is for.

    Raises:
        ObjectError: the table has one of its name already, or a word is none of PostgreSQL's.
    """

    kind: ClassVar[str] = "policy"

    name: str
    on: Any
    using: Any = field(default=None, kw_only=True)
    with_check: Any = field(default=None, kw_only=True)
    command: Literal["all", "select", "insert", "update", "delete"] = field(default="all", kw_only=True)
    permissive: bool = field(default=True, kw_only=True)
    to: str | Sequence[str] = field(default=("public",), kw_only=True)
    comment: str | None = field(default=None, kw_only=True)

    @property
    def place(self) -> Place:
        """Of its table."""
        return place_of(self.on, self.where)

    @property
    def key(self) -> Key:
        """A table has one of a name."""
        schema, table = self.place
        return (self.kind, schema or "", table, self.name)

    @property
    def label(self) -> str:
        """With its table."""
        return f"policy {self.name} of {readable(self.place)}"

    def stands_on(self) -> Iterable[Any]:
        """The table."""
        return (self.on,)

    def check(self) -> None:
        """Refuse a command that there is not, and conditions that it does not take."""
        command = self.command.lower()
        if command not in _COMMANDS:
            raise self.refuse(f"is for {self.command!r}", f'command="all"   # or {", ".join(_COMMANDS[1:])}')
        if command == "insert" and self.using is not None:
            raise self.refuse("is for insert, which sees no rows", "with_check=...   # instead of using")
        if command in {"select", "delete"} and self.with_check is not None:
            raise self.refuse(f"is for {command}, which writes no rows", "using=...   # instead of with_check")

    def create_sql(self) -> Iterator[str]:
        """The policy, and its comment."""
        table = sql(self.place)
        given = [self.to] if isinstance(self.to, str) else self.to
        lines = [
            f"CREATE POLICY {name(self.name)} ON {table}",
            "" if self.permissive else "AS RESTRICTIVE",
            f"FOR {self.command.upper()}",
            f"TO {', '.join(role_sql(each) for each in given)}",
            f"USING ({sql_text(self.using, self)})" if self.using is not None else "",
            f"WITH CHECK ({sql_text(self.with_check, self)})" if self.with_check is not None else "",
        ]
        yield "\n    ".join(line for line in lines if line)
        yield from comment_sql(f"POLICY {name(self.name)} ON {table}", self.comment)


def role_sql(role: str) -> str:
    """A role as SQL: ``public`` means everybody."""
    return "PUBLIC" if role.lower() == "public" else name(role)
