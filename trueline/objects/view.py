"""Views and materialized views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from sqlalchemy import Column, Index, MetaData, Table, TableClause, column, table
from sqlalchemy.schema import CreateIndex
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.visitors import iterate
from sqlalchemy.types import NullType

from trueline.catalog.render.words import name, names, options
from trueline.objects.base import DIALECT, Declaration, Key, comment_sql, sql_text
from trueline.objects.names import Place, sql


@dataclass(frozen=True, slots=True)
class Relation(Declaration):
    """What views and materialized views share."""

    name: str
    query: Any
    schema: str | None = None
    renamed_from: str | tuple[str, str] | None = field(default=None, kw_only=True)
    _table: list[TableClause] = field(init=False, repr=False, compare=False, default_factory=list)

    @property
    def place(self) -> Place:
        """Schema and name."""
        return self.schema, self.name

    @property
    def key(self) -> Key:
        """Tables, views and sequences share the names of a schema."""
        return ("relation", self.schema or "", self.name)

    @property
    def table(self) -> TableClause:
        """The view for queries; its columns are known where it was made from a ``select()``."""
        if not self._table:
            self._table.append(self._made_table())
        return self._table[0]

    def _made_table(self) -> TableClause:
        selected = getattr(self.query, "selected_columns", ())
        given = tuple(getattr(self, "columns", ())) or [each.key for each in selected]
        types = [each.type for each in selected] or [NullType()] * len(given)
        items = (column(each, type_) for each, type_ in zip(given, types, strict=False))
        return table(self.name, *items, schema=self.schema)

    def stands_on(self) -> Iterable[Any]:
        """The tables that a ``select()`` reads."""
        query = self.query
        return [each for each in iterate(query) if isinstance(each, Table)] if isinstance(query, ClauseElement) else []

    def check(self) -> None:
        """Refuse a view without a query."""
        if isinstance(self.query, str) and not self.query.strip():
            raise self.refuse("has no query", f'{type(self).__name__}("{self.name}", "SELECT ...")')

    def _columns(self) -> str:
        given = tuple(getattr(self, "columns", ()))
        return f" ({names(given)})" if given else ""

    def drop_sql(self) -> Iterator[str]:
        """Before the tables that it reads."""
        yield f"DROP {self.kind.upper()} IF EXISTS {sql(self.place)}"


@dataclass(frozen=True, slots=True)
class View(Relation):
    """A view.

    Args:
        name: its name.
        query: SQL as text, a ``select()``, or another selectable.
        schema: where it lies.
        columns: names of its columns, where the query's are not meant.
        security_barrier: whether conditions of who uses it are kept from rows that it hides.
        security_invoker: whether privileges are checked of who uses it, not of its owner.
        check_option: whether rows that it would hide can be written through it.
        defaults: SQL per column, for rows that are written through it.
        comment: what it is for.
        renamed_from: what it was called, in the same schema or with its own.

    Raises:
        ObjectError: there is one of its name already, or the query cannot be written as SQL.
    """

    kind: ClassVar[str] = "view"

    columns: Sequence[str] = field(default=(), kw_only=True)
    security_barrier: bool | str | None = field(default=None, kw_only=True)
    security_invoker: bool | str | None = field(default=None, kw_only=True)
    check_option: Literal["local", "cascaded"] | None = field(default=None, kw_only=True)
    defaults: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    comment: str | None = field(default=None, kw_only=True)

    def check(self) -> None:
        """Refuse a check option that there is not."""
        Relation.check(self)
        if self.check_option not in {None, "local", "cascaded"}:
            raise self.refuse(f"has the check option {self.check_option!r}", 'check_option="local"   # or "cascaded"')

    def create_sql(self) -> Iterator[str]:
        """The view, then what it says about its columns."""
        place = sql(self.place)
        yield f"CREATE VIEW {place}{self._columns()}{self._options()} AS\n{sql_text(self.query, self)}"
        for each, default in self.defaults.items():
            yield f"ALTER VIEW {place} ALTER COLUMN {name(each)} SET DEFAULT {default}"
        yield from comment_sql(f"VIEW {place}", self.comment)

    def _options(self) -> str:
        given = {
            "check_option": self.check_option,
            "security_barrier": self.security_barrier,
            "security_invoker": self.security_invoker,
        }
        chosen = [f"{word}={str(value).lower()}" for word, value in given.items() if value is not None]
        return f" WITH {options(chosen)}" if chosen else ""


@dataclass(frozen=True, slots=True)
class MaterializedView(Relation):
    """A materialized view; ``create_all`` fills it.

    Args:
        name: its name.
        query: SQL as text, a ``select()``, or another selectable.
        schema: where it lies.
        columns: names of its columns, where the query's are not meant.
        indexes: `sqlalchemy.Index` with the names of columns, or whole statements.
        options: storage parameters, such as ``{"fillfactor": 70}``.
        using: an access method other than heap.
        tablespace: where its data lies.
        settings: per column what follows ``ALTER COLUMN``, such as ``SET STATISTICS 500``.
        cluster: name of the index that CLUSTER uses.
        with_data: whether it is filled when it is made.
        comment: what it is for.
        renamed_from: what it was called, in the same schema or with its own.

    Raises:
        ObjectError: there is one of its name already, or the query cannot be written as SQL.
    """

    kind: ClassVar[str] = "materialized view"

    columns: Sequence[str] = field(default=(), kw_only=True)
    indexes: Sequence[Index | str] = field(default=(), kw_only=True)
    options: Mapping[str, Any] = field(default_factory=dict, kw_only=True)
    using: str | None = field(default=None, kw_only=True)
    tablespace: str | None = field(default=None, kw_only=True)
    settings: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    cluster: str | None = field(default=None, kw_only=True)
    with_data: bool = field(default=True, kw_only=True)
    comment: str | None = field(default=None, kw_only=True)

    def create_sql(self) -> Iterator[str]:
        """The view, then its indexes and what it says about its columns."""
        place = sql(self.place)
        data = "" if self.with_data else "\nWITH NO DATA"
        text = sql_text(self.query, self)
        yield f"CREATE MATERIALIZED VIEW {place}{self._columns()}{self._storage()} AS\n{text}{data}"
        for each, setting in self.settings.items():
            yield f"ALTER MATERIALIZED VIEW {place} ALTER COLUMN {name(each)} {setting}"
        yield from self._index_sql()
        if self.cluster:
            yield f"ALTER MATERIALIZED VIEW {place} CLUSTER ON {name(self.cluster)}"
        yield from comment_sql(f"MATERIALIZED VIEW {place}", self.comment)

    def _storage(self) -> str:
        method = f" USING {name(self.using)}" if self.using else ""
        chosen = [f"{word}={_word(value)}" for word, value in self.options.items()]
        return method + (f" WITH {options(chosen)}" if chosen else "") + self._tablespace()

    def _tablespace(self) -> str:
        return f" TABLESPACE {name(self.tablespace)}" if self.tablespace else ""

    def _index_sql(self) -> Iterator[str]:
        made = [each for each in self.indexes if isinstance(each, Index)]
        if made and any(each.table is None for each in made):
            self._attach(made)
        for each in self.indexes:
            yield sql_text(each, self) if isinstance(each, str) else str(CreateIndex(each).compile(dialect=DIALECT))

    def _attach(self, indexes: Sequence[Index]) -> None:
        """Give the indexes a stand-in for the view, with the columns that they name."""
        named = {str(each): None for index in indexes for each in index._pending_colargs if isinstance(each, str)}
        convention = self.metadata.naming_convention if self.metadata is not None else None
        stand_in = Table(
            self.name,
            MetaData(naming_convention=convention),
            *(Column(each, NullType()) for each in named),
            schema=self.schema,
        )
        for index in indexes:
            index._set_parent_with_dispatch(stand_in)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
