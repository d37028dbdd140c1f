"""Triggers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Self

from trueline.catalog.render.words import literal, name, names
from trueline.declared.origin import here
from trueline.objects.base import Declaration, Key, comment_sql, sql_text
from trueline.objects.names import ObjectError, Place, place_of, readable, sql
from trueline.objects.text import Token, header, tokens

#: When it fires: ``origin`` is PostgreSQL's word for the usual, ``replica`` only when changes are applied.
Enabled = Literal["origin", "replica", "always", "disabled"]

MODES = {"replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS", "disabled": "DISABLE"}
_TIMINGS = ("before", "after", "instead of")
_EVENTS = ("insert", "update", "delete", "truncate")


@dataclass(frozen=True, slots=True)
class Trigger(Declaration):
    """A trigger of a table or view.

    Args:
        name: its name.
        on: the model, table or view.
        function: what it calls: a `Function`, or its name.
        timing: ``"before"``, ``"after"`` or ``"instead of"``.
        events: of ``"insert"``, ``"update"``, ``"delete"``, ``"truncate"``, one or several.
        columns: whose update counts; of all where none is named.
        when: SQL that must hold of OLD and NEW.
        for_each: ``"row"`` or ``"statement"``.
        arguments: texts that the function finds in TG_ARGV.
        old_table, new_table: names under which it sees all rows of a statement.
        constraint: whether SET CONSTRAINTS can put it off; so it is where it is deferrable.
        deferrable, initially_deferred: whether it can wait for the end of the transaction, and does.
        references: for a constraint trigger, the other table of the constraint.
        enabled: ``"origin"`` (the usual), ``"replica"``, ``"always"`` or ``"disabled"``.
        comment: what it is for.
        statement: the whole statement; see ``from_sql``.

    Raises:
        ObjectError: the table has one of its name already, or a word is none of PostgreSQL's.
    """

    kind: ClassVar[str] = "trigger"

    name: str
    on: Any
    function: Any = None
    timing: Literal["before", "after", "instead of"] = field(default="after", kw_only=True)
    events: str | Sequence[str] = field(default=(), kw_only=True)
    columns: Sequence[str] = field(default=(), kw_only=True)
    when: Any = field(default=None, kw_only=True)
    for_each: Literal["row", "statement"] = field(default="row", kw_only=True)
    arguments: Sequence[str] = field(default=(), kw_only=True)
    old_table: str | None = field(default=None, kw_only=True)
    new_table: str | None = field(default=None, kw_only=True)
    constraint: bool = field(default=False, kw_only=True)
    deferrable: bool = field(default=False, kw_only=True)
    initially_deferred: bool = field(default=False, kw_only=True)
    references: Any = field(default=None, kw_only=True)
    enabled: Enabled = field(default="origin", kw_only=True)
    comment: str | None = field(default=None, kw_only=True)
    statement: str | None = field(default=None, kw_only=True, repr=False)

    @classmethod
    def from_sql(cls, statement: str, **options: Any) -> Self:
        """The trigger that a whole CREATE TRIGGER statement makes.

        Args:
            statement: the statement.
            options: ``enabled``, ``comment`` and ``metadata`` of the class; ``on`` where the model shall say the table.

        Raises:
            ObjectError: it creates something else.
        """
        found = header(statement)
        on = _table_in(statement) if found else None
        if found is None or found.kind != "TRIGGER" or on is None:
            begin = " ".join(statement.split())[:60]
            fix = 'Trigger.from_sql("CREATE TRIGGER name BEFORE INSERT ON schema.table ...")'
            raise ObjectError(f"this creates no trigger: {begin}", where=str(here()), fix=fix)
        return cls(found.name, statement=statement.strip(), **{"on": on, **options})

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
        return f"trigger {self.name} of {readable(self.place)}"

    def stands_on(self) -> Iterable[Any]:
        """Its table and its function."""
        return (self.on, self.function)

    def check(self) -> None:
        """Refuse words that PostgreSQL does not know, and a trigger that does nothing."""
        events = self._events()
        for what, given, known in (
            ("timing", [self.timing], _TIMINGS),
            ("events", events, _EVENTS),
            ("for_each", [self.for_each], ("row", "statement")),
            ("enabled", [self.enabled], ("origin", *MODES)),
        ):
            if strange := [each for each in given if each not in known]:
                raise self.refuse(f"has {what} {strange[0]!r}", f'{what}="{known[0]}"   # or {", ".join(known[1:])}')
        if self.statement is None and not (events and self.function):
            raise self.refuse(
                "says not when it fires, or what it calls",
                f'Trigger("{self.name}", on=..., function=..., timing="before", events=["insert", "update"])',
            )
        if isinstance(self.function, str) and self.function.endswith(")"):
            raise self.refuse(
                f"calls {self.function!r}, which is a call and no name", f"function={self.function.partition('(')[0]!r}"
            )
        if self.columns and "update" not in events:
            raise self.refuse("names columns, but does not fire on update", 'events=["update"]')

    def create_sql(self) -> Iterator[str]:
        """The trigger, its state and its comment."""
        table = sql(self.place)
        yield self.statement.rstrip(";").rstrip() if self.statement else self._create(table)
        if self.enabled != "origin":
            yield f"ALTER TABLE {table} {MODES[self.enabled]} TRIGGER {name(self.name)}"
        yield from comment_sql(f"TRIGGER {name(self.name)} ON {table}", self.comment)

    def _events(self) -> list[str]:
        given = self.events.replace(",", " ").split() if isinstance(self.events, str) else self.events
        return [each.lower() for each in given if each.lower() != "or"]

    def _create(self, table: str) -> str:
        words = " OR ".join(self._event(each) for each in self._events())
        lines = [
            f"CREATE {self._sort()}TRIGGER {name(self.name)} {self.timing.upper()} {words}",
            f"ON {table}",
            self._constraint(),
            self._tables(),
            f"FOR EACH {self.for_each.upper()}",
            f"WHEN ({sql_text(self.when, self)})" if self.when is not None else "",
            f"EXECUTE FUNCTION {sql(place_of(self.function, self.where))}({', '.join(map(literal, self.arguments))})",
        ]
        return "\n    ".join(line for line in lines if line)

    def _event(self, event: str) -> str:
        return f"{event.upper()} OF {names(self.columns)}" if event == "update" and self.columns else event.upper()

    def _sort(self) -> str:
        return "CONSTRAINT " if self.constraint or self.deferrable or self.initially_deferred else ""

    def _constraint(self) -> str:
        words = [f"FROM {sql(place_of(self.references, self.where))}"] if self.references is not None else []
        words += ["DEFERRABLE"] if self.deferrable or self.initially_deferred else []
        words += ["INITIALLY DEFERRED"] if self.initially_deferred else []
        return " ".join(words)

    def _tables(self) -> str:
        words = [f"OLD TABLE AS {name(self.old_table)}"] if self.old_table else []
        words += [f"NEW TABLE AS {name(self.new_table)}"] if self.new_table else []
        return f"REFERENCING {' '.join(words)}" if words else ""


def _table_in(statement: str) -> Place | None:
    """The table that a statement names: what follows the first ON outside of the trigger's name."""
    found = list(tokens(statement))
    place = next((at for at, token in enumerate(found) if token.kind == "word" and token.text == "on"), None)
    return _place(found[place + 1 : place + 4]) if place is not None else None


def _place(found: Sequence[Token]) -> Place | None:
    if not found or found[0].kind not in {"name", "word"}:
        return None
    if len(found) == 3 and found[1].text == "." and found[2].kind in {"name", "word"}:
        return found[0].text, found[2].text
    return None, found[0].text
