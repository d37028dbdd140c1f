"""Any other kind of object, by the statements that make it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from trueline.objects.base import Declaration, Key
from trueline.objects.names import Place, sql
from trueline.objects.text import header

_TEXT_SEARCH = frozenset(f"TEXT SEARCH {kind}" for kind in ("PARSER", "TEMPLATE", "DICTIONARY", "CONFIGURATION"))
_FOREIGN = frozenset({"FOREIGN DATA WRAPPER", "SERVER"})

#: What tables may be made of.
_EARLY = frozenset(
    {"SCHEMA", "TYPE", "DOMAIN", "AGGREGATE", "COLLATION", "CONVERSION", "LANGUAGE", "ACCESS METHOD", "TRANSFORM"}
    | {"OPERATOR", "OPERATOR FAMILY", "OPERATOR CLASS", "CAST", *_TEXT_SEARCH, *_FOREIGN}
)

#: What no table takes with it, and is dropped by its name alone.
_STANDS_ALONE = frozenset(
    {"TYPE", "TABLE", "COLLATION", "CONVERSION", "LANGUAGE", "ACCESS METHOD", "PUBLICATION", "EVENT TRIGGER"}
    | {*_TEXT_SEARCH, *_FOREIGN}
)


@dataclass(frozen=True, slots=True)
class Statement(Declaration):
    """What there is no class for: a rule, an aggregate, a composite or range type, an operator, a collation, text
    search, a publication, extended statistics, default privileges, a comment on something that is declared elsewhere.

    Args:
        create: the statement, or several that belong together.
        drop: what ``drop_all`` runs; nothing where it goes with a table.
        name: what messages call it; where the statement creates something, its name.
        schema: the schema of ``name``.
        before_tables: whether it is made before the tables; where it is not said, types and aggregates are.

    Raises:
        ObjectError: the same statement is declared already, or there is none.
    """  # noqa: D205 - a list does not fit into one line

    kind: ClassVar[str] = "statement"

    create: str | Sequence[str]
    drop: str | Sequence[str] = ()
    name: str | None = field(default=None, kw_only=True)
    schema: str | None = field(default=None, kw_only=True)
    before_tables: bool | None = field(default=None, kw_only=True)

    @property
    def place(self) -> Place:
        """As it was named, or as the statement names what it creates."""
        if self.name is not None:
            return self.schema, self.name
        found = header(self._create()[0])
        return (found.schema, found.name) if found and found.name else (None, _shortened(self._create()[0]))

    @property
    def key(self) -> Key:
        """The text."""
        return (self.kind, *self._create())

    @property
    def label(self) -> str:
        """With the kind of what it creates."""
        found = header(self._create()[0])
        if found is None or not found.name:
            return f"statement {self.name}" if self.name else f"statement {_shortened(self._create()[0])}"
        return f"{found.kind.lower()} {'.'.join(filter(None, self.place))}"

    @property
    def makes(self) -> str | None:
        """The kind of what it creates, in capitals."""
        found = header(self._create()[0])
        return found.kind if found else None

    @property
    def is_early(self) -> bool:
        """Whether it is of a kind that tables are made of."""
        return self.makes in _EARLY

    def check(self) -> None:
        """Refuse one that says nothing."""
        if not all(each.strip() for each in self._create()) or not self._create():
            raise self.refuse("is empty", 'Statement("CREATE ...")')

    def create_sql(self) -> Iterator[str]:
        """As they were given."""
        yield from self._create()

    def drop_sql(self) -> Iterator[str]:
        """As it was given; of a type or table it goes without saying."""
        given = [self.drop] if isinstance(self.drop, str) else self.drop
        found = header(self._create()[0])
        if not self.drop and found is not None and found.kind in _STANDS_ALONE and found.name:
            yield f"DROP {found.kind} IF EXISTS {sql((found.schema, found.name))}"
        yield from (each for each in given if each.strip())

    def _create(self) -> list[str]:
        given = [self.create] if isinstance(self.create, str) else list(self.create)
        return [each.strip().rstrip(";").rstrip() for each in given]


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
