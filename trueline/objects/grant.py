"""Privileges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from trueline.catalog.render.words import names
from trueline.objects.base import Declaration, Key
from trueline.objects.domain import Domain
from trueline.objects.names import Place, place_of, readable, sql
from trueline.objects.policy import role_sql
from trueline.objects.routine import Routine

_KINDS = (
    "table",
    "sequence",
    "schema",
    "function",
    "procedure",
    "type",
    "language",
    "foreign server",
    "foreign data wrapper",
)


_WITHOUT_SCHEMA = frozenset({"schema", "language", "foreign server", "foreign data wrapper"})


@dataclass(frozen=True, slots=True)
class Grant(Declaration):
    """What a role may do with an object. Roles are the server's: they must be there.

    Args:
        privileges: ``"select"``, or several.
        on: a model, table, view, function, procedure or domain, or a name; of a routine the name and its types,
            ``"core.price(integer, date)"`` or ``("core", "price", "integer, date")``.
        to: the role, or ``"public"`` for everybody.
        on_kind: of what ``on`` names, where it is no table: ``"sequence"``, ``"schema"``, ``"function"``, ``"type"`` …
        columns: of a table, where the privileges are not for all of it.
        with_grant_option: whether the role may grant them to others.
        only: whether everything else is taken from the role; with no privileges, everything.

    Raises:
        ObjectError: it is declared already, or names a kind that has no privileges.
    """

    kind: ClassVar[str] = "grant"

    privileges: str | Sequence[str]
    on: Any
    to: str
    on_kind: str | None = field(default=None, kw_only=True)
    columns: Sequence[str] = field(default=(), kw_only=True)
    with_grant_option: bool = field(default=False, kw_only=True)
    only: bool = field(default=False, kw_only=True)

    @property
    def place(self) -> Place:
        """Of the object."""
        if isinstance(self.on, str) and self._kind() in _WITHOUT_SCHEMA:
            return None, self.on
        if self._kind() in {"function", "procedure"}:
            given = self.on.partition("(")[0] if isinstance(self.on, str) else self.on
            return place_of(given[:2] if isinstance(given, tuple) else given, self.where)
        return place_of(self.on, self.where)

    @property
    def key(self) -> Key:
        """One per object, role, privileges and columns."""
        own = (*sorted(self._privileges()), str(self.with_grant_option))
        return (self.kind, self._target(), self.to, ",".join(self.columns), *own)

    @property
    def label(self) -> str:
        """With object and role."""
        what = ", ".join(self._privileges()).lower() or "nothing"
        return f"grant of {what} on {readable(self.place)} to {self.to}"

    @property
    def is_on_table(self) -> bool:
        """Whether it is about a table, view or sequence."""
        return self._kind() in {"table", "sequence"}

    def stands_on(self) -> Iterable[Any]:
        """The object."""
        return (self.on,)

    def check(self) -> None:
        """Refuse a kind that has no privileges, and one that says nothing."""
        if self._kind() not in _KINDS:
            raise self.refuse(f"is on a {self._kind()}", f'on_kind="table"   # or {", ".join(_KINDS[1:])}')
        if not self._privileges() and not self.only:
            raise self.refuse("names no privilege", 'Grant("select", ...)   # only=True to take everything away')

    def create_sql(self) -> Iterator[str]:
        """The grant, from nothing where nothing else shall be allowed."""
        columns = f" ({names(self.columns)})" if self.columns else ""
        if self.only:
            yield f"REVOKE ALL{columns} ON {self._target()} FROM {role_sql(self.to)}"
        if self._privileges():
            what = ", ".join(f"{each.upper()}{columns}" for each in self._privileges())
            option = " WITH GRANT OPTION" if self.with_grant_option else ""
            yield f"GRANT {what} ON {self._target()} TO {role_sql(self.to)}{option}"

    def _privileges(self) -> list[str]:
        given = self.privileges.split(",") if isinstance(self.privileges, str) else self.privileges
        return [each.strip() for each in given if each.strip()]

    def _kind(self) -> str:
        if self.on_kind is not None:
            return self.on_kind.lower()
        if isinstance(self.on, Routine):
            return self.on.kind
        return "type" if isinstance(self.on, Domain) else "table"

    def _target(self) -> str:
        if isinstance(self.on, Routine):
            return self.on.noun
        place = sql(self.place)
        if self._kind() in {"function", "procedure"}:
            place += "".join(self.on.partition("(")[1:]) if isinstance(self.on, str) else f"({self.on[2]})"
        return f"{self._kind().upper()} {place}"
