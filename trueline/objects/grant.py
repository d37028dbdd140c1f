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


@dataclass(frozen=True, slots=True)
class Grant(Declaration):
    """What a role may do with an object. Roles are the server's: they must be there.

    Args:
        privileges: ``"select"``, or several.
        on: a model, table, view, function, procedure or domain, or a name; of a routine the name and its types,
            ``"core.price(integer, date)"``.
        to: the role, or ``"public"`` for everybody.
        on_kind: of what ``on`` names, where it is no table: ``"sequence"``, ``"schema"``, ``"function"``, ``"type"`` …
        columns: of a table, where the privileges are not for all of it.
        with_grant_option: whether the role may grant them to others.

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

    @property
    def place(self) -> Place:
        """Of the object."""
        if isinstance(self.on, str) and self._kind() in {"schema", "language"}:
            return None, self.on
        if isinstance(self.on, str) and self._kind() in {"function", "procedure"}:
            return place_of(self.on.partition("(")[0], self.where)
        return place_of(self.on, self.where)

    @property
    def key(self) -> Key:
        """One per object, role, privileges and columns."""
        own = (*sorted(self._privileges()), str(self.with_grant_option))
        return (self.kind, self._target(), self.to, ",".join(self.columns), *own)

    @property
    def label(self) -> str:
        """With object and role."""
        return f"grant of {', '.join(self._privileges()).lower()} on {readable(self.place)} to {self.to}"

    def stands_on(self) -> Iterable[Any]:
        """The object."""
        return (self.on,)

    def check(self) -> None:
        """Refuse a kind that has no privileges."""
        if self._kind() not in _KINDS:
            raise self.refuse(f"is on a {self._kind()}", f'on_kind="table"   # or {", ".join(_KINDS[1:])}')

    def create_sql(self) -> Iterator[str]:
        """The grant."""
        columns = f" ({names(self.columns)})" if self.columns else ""
        what = ", ".join(f"{each.upper()}{columns}" for each in self._privileges())
        option = " WITH GRANT OPTION" if self.with_grant_option else ""
        yield f"GRANT {what} ON {self._target()} TO {role_sql(self.to)}{option}"

    def _privileges(self) -> list[str]:
        given = self.privileges.split(",") if isinstance(self.privileges, str) else self.privileges
        return [each.strip() for each in given]

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
        if isinstance(self.on, str) and self._kind() in {"function", "procedure"}:
            place += "".join(self.on.partition("(")[1:])
        return f"{self._kind().upper()} {place}"
