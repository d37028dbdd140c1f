"""Functions and procedures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, ClassVar, Literal, Self

from trueline.catalog.render.words import name
from trueline.declared.origin import here
from trueline.objects.base import Declaration, Key, comment_sql
from trueline.objects.names import ObjectError, Place, readable, sql
from trueline.objects.text import dollar_quoted, header, in_parentheses, tokens, without_defaults


@dataclass(frozen=True, slots=True)
class Routine(Declaration):
    """What functions and procedures share."""

    early: ClassVar[bool] = True

    name: str
    arguments: str | Sequence[str] = ""

    schema: str | None = field(default=None, kw_only=True)
    body: str = field(default="", kw_only=True)
    language: str = field(default="plpgsql", kw_only=True)
    security_definer: bool = field(default=False, kw_only=True)
    settings: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    options: str = field(default="", kw_only=True)
    before_tables: bool | None = field(default=None, kw_only=True)
    comment: str | None = field(default=None, kw_only=True)
    renamed_from: str | tuple[str, str] | None = field(default=None, kw_only=True)
    statement: str | None = field(default=None, kw_only=True, repr=False)

    @classmethod
    def from_sql(cls, statement: str, **options: Any) -> Self:
        """The routine that a whole CREATE statement makes.

        Args:
            statement: ``CREATE FUNCTION …`` or ``CREATE OR REPLACE PROCEDURE …``.
            options: ``comment``, ``metadata``, ``renamed_from`` and ``before_tables`` of the class.

        Raises:
            ObjectError: it creates something else.
        """
        found = header(statement)
        arguments = in_parentheses(statement, found.end) if found else None
        if found is None or found.kind != cls.kind.upper() or arguments is None:
            begin = " ".join(statement.split())[:60]
            raise ObjectError(
                f"this creates no {cls.kind}: {begin}",
                where=str(here()),
                fix=f'{cls.__name__}.from_sql("CREATE {cls.kind.upper()} schema.name(...) ...")',
            )
        return cls(found.name, arguments, schema=found.schema, statement=statement.strip(), **options)

    @property
    def place(self) -> Place:
        """Schema and name."""
        return self.schema, self.name

    @property
    def key(self) -> Key:
        """Two of one name differ in their arguments."""
        words = " ".join(token.text for token in tokens(self.signature))
        return ("routine", self.schema or "", self.name, words)

    @property
    def label(self) -> str:
        """With its arguments, as others may have its name."""
        return f"{self.kind} {readable(self.place)}({self.signature})"

    @property
    def signature(self) -> str:
        """The arguments without their defaults."""
        given = self.arguments if isinstance(self.arguments, str) else ", ".join(self.arguments)
        return without_defaults(given)

    @property
    def noun(self) -> str:
        """As COMMENT, GRANT and DROP name it."""
        return f"{self.kind.upper()} {sql(self.place)}({self.signature})"

    def check(self) -> None:
        """Refuse one without a body."""
        if self.statement is None and not self.body.strip():
            raise self.refuse("has no body", f'{type(self).__name__}("{self.name}", ..., body="...")')

    def create_sql(self) -> Iterator[str]:
        """The routine, and its comment."""
        yield self.statement.rstrip(";").rstrip() if self.statement else self._create()
        yield from comment_sql(self.noun, self.comment)

    def drop_sql(self) -> Iterator[str]:
        """After the tables that may use it."""
        yield f"DROP {self.kind.upper()} IF EXISTS {sql(self.place)}({self.signature})"

    def _create(self) -> str:
        given = self.arguments if isinstance(self.arguments, str) else ", ".join(self.arguments)
        lines = [f"CREATE {self.kind.upper()} {sql(self.place)}({given})", *self._words(), self._body()]
        return "\n".join(line for line in lines if line)

    def _words(self) -> Iterable[str]:
        yield f"LANGUAGE {name(self.language)}"
        if self.security_definer:
            yield "SECURITY DEFINER"
        yield from (f"SET {word} TO {value}" for word, value in self.settings.items())
        yield self.options

    def _body(self) -> str:
        """As it stands where SQL's own form is used, which can begin in no other way."""
        first = [token.text for token in islice(tokens(self.body), 2) if token.kind == "word"]
        if self.language.lower() == "sql" and (first[:1] == ["return"] or first == ["begin", "atomic"]):
            return self.body.strip().rstrip(";") if first[0] == "return" else self.body.strip()
        return f"AS {dollar_quoted(self.body)}"


@dataclass(frozen=True, slots=True)
class Function(Routine):
    """A function.

    Args:
        name: its name.
        arguments: as in CREATE FUNCTION, ``"a integer, b text DEFAULT ''"`` or one text per argument.
        returns: type of its result; ``"trigger"``, ``"SETOF core.bookings"``, ``"TABLE (a integer)"``.
        schema: where it lies.
        body: what it does; with ``language="sql"`` also ``RETURN …`` or ``BEGIN ATOMIC … END``.
        language: plpgsql, unless another is named.
        volatility: what PostgreSQL may assume of its result.
        strict: whether it is NULL when an argument is.
        leakproof: whether it gives nothing away about its arguments.
        security_definer: whether it runs with the privileges of its owner.
        parallel: ``"safe"``, ``"restricted"`` or ``"unsafe"``.
        cost: what a call costs, in units of a simple operation.
        rows: how many rows a call gives.
        settings: what is set while it runs, such as ``{"search_path": "pg_catalog"}``, each value as SQL.
        options: anything else that CREATE FUNCTION takes.
        before_tables: whether it is made before the tables; where it is not said, its text decides.
        comment: what it is for.
        renamed_from: what it was called, in the same schema or with its own.
        statement: the whole statement; see ``from_sql``.

    Raises:
        ObjectError: there is one of its name and arguments already, or it has no body.
    """

    kind: ClassVar[str] = "function"

    returns: str = "void"
    volatility: Literal["volatile", "stable", "immutable"] | None = field(default=None, kw_only=True)
    strict: bool = field(default=False, kw_only=True)
    leakproof: bool = field(default=False, kw_only=True)
    parallel: Literal["safe", "restricted", "unsafe"] | None = field(default=None, kw_only=True)
    cost: float | None = field(default=None, kw_only=True)
    rows: float | None = field(default=None, kw_only=True)

    def check(self) -> None:
        """Refuse words that PostgreSQL does not know."""
        Routine.check(self)
        for word, value, known in (
            ("volatility", self.volatility, ("volatile", "stable", "immutable")),
            ("parallel", self.parallel, ("safe", "restricted", "unsafe")),
        ):
            if value is not None and value not in known:
                raise self.refuse(f"has {word} {value!r}", f'{word}="{known[0]}"   # or {", ".join(known[1:])}')

    def _words(self) -> Iterable[str]:
        yield f"RETURNS {self.returns}"
        yield from Routine._words(self)
        yield (self.volatility or "").upper()
        yield "STRICT" if self.strict else ""
        yield "LEAKPROOF" if self.leakproof else ""
        yield f"PARALLEL {self.parallel.upper()}" if self.parallel else ""
        yield f"COST {self.cost}" if self.cost is not None else ""
        yield f"ROWS {self.rows}" if self.rows is not None else ""


@dataclass(frozen=True, slots=True)
class Procedure(Routine):
    """A procedure.

    Args:
        name: its name.
        arguments: as in CREATE PROCEDURE, one text or one per argument.
        schema: where it lies.
        body: what it does; with ``language="sql"`` also ``BEGIN ATOMIC … END``.
        language: plpgsql, unless another is named.
        security_definer: whether it runs with the privileges of its owner.
        settings: what is set while it runs, each value as SQL.
        options: anything else that CREATE PROCEDURE takes.
        before_tables: whether it is made before the tables; where it is not said, its text decides.
        comment: what it is for.
        renamed_from: what it was called, in the same schema or with its own.
        statement: the whole statement; see ``from_sql``.

    Raises:
        ObjectError: there is one of its name and arguments already, or it has no body.
    """

    kind: ClassVar[str] = "procedure"
