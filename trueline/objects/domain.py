"""Domains: types with rules of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine, to_instance

from trueline.catalog.render.words import name
from trueline.objects.base import DIALECT, Declaration, Key, comment_sql, sql_text
from trueline.objects.names import Place, sql


@dataclass(frozen=True, slots=True)
class Domain(Declaration):
    """A domain.

    Args:
        name: its name.
        type: the type below it: one of SQLAlchemy's, or SQL as text.
        schema: where it lies.
        default: SQL, or an expression.
        not_null: whether NULL is refused; ``not_null_name`` names that rule where the server keeps a name.
        checks: conditions on VALUE; a mapping gives each its name.
        collation: as SQL, where it is not the type's own.
        comment: what it is for.
        renamed_from: what it was called, in the same schema or with its own.

    Raises:
        ObjectError: there is one of its name already.
    """

    kind: ClassVar[str] = "domain"
    early: ClassVar[bool] = True

    name: str
    type: Any
    schema: str | None = None
    default: Any = field(default=None, kw_only=True)
    not_null: bool = field(default=False, kw_only=True)
    not_null_name: str | None = field(default=None, kw_only=True)
    checks: Sequence[Any] | Mapping[str, Any] = field(default=(), kw_only=True)
    collation: str | None = field(default=None, kw_only=True)
    comment: str | None = field(default=None, kw_only=True)
    renamed_from: str | tuple[str, str] | None = field(default=None, kw_only=True)

    @property
    def place(self) -> Place:
        """Schema and name."""
        return self.schema, self.name

    @property
    def key(self) -> Key:
        """Types share the names of a schema."""
        return ("type", self.schema or "", self.name)

    @property
    def column_type(self) -> TypeEngine[Any]:
        """The type for columns: ``Field(sa_type=EMAIL.column_type)``; the type below it on other databases.

        Raises:
            ObjectError: the type was given as text.
        """
        if isinstance(self.type, str):
            raise self.refuse(
                f"is of {self.type!r}, which says nothing to Python", f'Domain("{self.name}", sqlalchemy.String(80))'
            )
        below: TypeEngine[Any] = to_instance(self.type)
        own = postgresql.DOMAIN(self.name, below, schema=self.schema, create_type=False)
        return below.with_variant(own, "postgresql")

    def create_sql(self) -> Iterator[str]:
        """The domain, and its comment."""
        below = self.type if isinstance(self.type, str) else to_instance(self.type).compile(dialect=DIALECT)
        words = [f"CREATE DOMAIN {sql(self.place)} AS {below}"]
        words += [f" COLLATE {self.collation}"] if self.collation else []
        words += [f" DEFAULT {sql_text(self.default, self)}"] if self.default is not None else []
        if self.not_null:
            words += [f" CONSTRAINT {name(self.not_null_name)}" if self.not_null_name else "", " NOT NULL"]
        words += [f"\n    {each}" for each in self._checks()]
        yield "".join(words)
        yield from comment_sql(f"DOMAIN {sql(self.place)}", self.comment)

    def _checks(self) -> Iterator[str]:
        if isinstance(self.checks, Mapping):
            for each, condition in self.checks.items():
                yield f"CONSTRAINT {name(each)} CHECK ({sql_text(condition, self)})"
        else:
            given = [self.checks] if isinstance(self.checks, str) else self.checks
            yield from (f"CHECK ({sql_text(condition, self)})" for condition in given)

    def drop_sql(self) -> Iterator[str]:
        """After the tables that may use it."""
        yield f"DROP DOMAIN IF EXISTS {sql(self.place)}"
