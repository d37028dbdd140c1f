"""Tables that a text of SQL creates: columns, keys and indexes, statement after statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trueline.audit.source import words
from trueline.audit.source.sql import Token, statements
from trueline.audit.source.tables import Column, ForeignKey, Index, Table
from trueline.finding import Place

#: Words that end a column's type.
_AFTER_TYPE = frozenset(
    [
        "not",
        "null",
        "default",
        "primary",
        "unique",
        "references",
        "check",
        "constraint",
        "generated",
        "collate",
        "deferrable",
        "storage",
        "compression",
    ]
)
_OF_TABLE = frozenset({"constraint", "primary", "unique", "foreign", "check", "exclude", "like"})


@dataclass(frozen=True, slots=True)
class Ddl:
    """What a file of SQL makes.

    Attributes:
        conditional: tables and lines of ``CREATE TABLE IF NOT EXISTS``.
        schemas: that it creates.
    """

    file: str
    tables: tuple[Table, ...] = ()
    conditional: tuple[tuple[str, int], ...] = ()
    schemas: tuple[str, ...] = ()


class _Words:
    """The words of one statement, read from left to right."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    @property
    def next(self) -> Token:
        """The word that is to be read; an empty one at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else Token("symbol", "", 0)

    def take(self, *wanted: str) -> bool:
        """Go past these words, if they are the next ones."""
        here = self.tokens[self.at : self.at + len(wanted)]
        if [token.text for token in here if token.kind in {"word", "symbol"}] != list(wanted):
            return False
        self.at += len(wanted)
        return True

    def name(self) -> tuple[str | None, str]:
        """Schema and name."""
        first = self._one()
        return (first, self._one()) if self.take(".") else (None, first)

    def _one(self) -> str:
        token = self.next
        self.at += 1
        return token.text if token.names else ""

    def group(self) -> list[Token]:
        """What stands in the parentheses that come next."""
        if not self.take("("):
            return []
        start, depth = self.at, 1
        while self.at < len(self.tokens) and depth:
            depth += _depth(self.next)
            self.at += 1
        return list(self.tokens[start : self.at - 1])

    def rest(self) -> list[Token]:
        """All that is left."""
        return list(self.tokens[self.at :])


def _depth(token: Token) -> int:
    return {"(": 1, "[": 1, ")": -1, "]": -1}.get(token.text, 0) if token.kind == "symbol" else 0


def _parts(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """What stands between commas, those in parentheses aside."""
    part: list[Token] = []
    depth = 0
    for token in tokens:
        depth += _depth(token)
        if token.kind == "symbol" and token.text == "," and not depth:
            yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _names(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Names of columns; of an index, without what follows each. Nothing where one is an expression."""
    parts = list(_parts(tokens))
    if any(not part[0].names or (len(part) > 1 and part[1].text == "(") for part in parts):
        return ()
    return tuple(part[0].text for part in parts)


def read_ddl(text: str, file: str, *, first_line: int = 1) -> Ddl:
    """The tables of a text.

    Args:
        text: any SQL; what is no DDL of tables is passed over.
        file: that it stands in.
        first_line: where it begins in the file.
    """
    found: dict[tuple[str, str], Table] = {}
    conditional: list[tuple[str, int]] = []
    schemas: list[str] = []
    for statement in statements(text):
        line = first_line - 1
        read = _Words([replace(token, line=token.line + line) for token in statement])
        if read.take("create", "schema"):
            read.take("if", "not", "exists")
            schemas.append(read.name()[1])
        elif read.take("create", "table") or read.take("create", "unlogged", "table"):
            _create_table(read, file, found, conditional)
        elif read.take("create", "unique", "index") or read.take("create", "index"):
            unique = statement[1].text == "unique"
            _create_index(read, file, found, unique=unique)
        elif read.take("alter", "table"):
            _alter_table(read, found)
    return Ddl(file, tuple(found.values()), tuple(conditional), tuple(schemas))


def _create_table(
    read: _Words, file: str, found: dict[tuple[str, str], Table], conditional: list[tuple[str, int]]
) -> None:
    line = read.next.line
    if_not_there = read.take("if", "not", "exists")
    schema, name = read.name()
    if not name or read.take("partition", "of"):
        return
    table = Table("sql", name, schema, file, file, "", Place(file, line, f"table {name}"))
    if if_not_there:
        conditional.append((table.label, line))
    for part in _parts(read.group()):
        table = _with_part(table, part)
    found.setdefault(table.identity, table)


def _with_part(table: Table, part: list[Token]) -> Table:
    first = part[0]
    if first.kind == "word" and first.text in _OF_TABLE:
        return _with_constraint(table, _Words(part))
    return _with_column(table, part) if first.names else table


def _with_constraint(table: Table, read: _Words) -> Table:
    place = replace(table.place, line=read.next.line)
    name = read.name()[1] if read.take("constraint") else ""
    if read.take("primary", "key"):
        members = _names(read.group())
        columns = (replace(each, key=True) if each.name in members else each for each in table.columns)
        return replace(table, columns=tuple(columns))
    if read.take("unique"):
        unique = Index(_names(read.group()), name, True, place, constraint=True)
        return replace(table, indexes=(*table.indexes, unique))
    if read.take("foreign", "key"):
        columns_of_key = _names(read.group())
        if read.take("references"):
            return replace(table, keys=(*table.keys, _reference(read, columns_of_key, place)))
    return table


def _reference(read: _Words, columns: tuple[str, ...], place: Place) -> ForeignKey:
    schema, name = read.name()
    return ForeignKey(columns, schema, name, _names(read.group()), place)


def _with_column(table: Table, part: list[Token]) -> Table:
    read = _Words(part)
    place = replace(table.place, line=read.next.line, object=f"column {table.name}.{read.next.text}")
    name = read.name()[1]
    type_ = _type(read)
    texts = [token.text for token in read.rest() if token.kind == "word"]
    column = Column(
        name,
        type_,
        place,
        nullable=not ("not" in texts and "null" in texts) and "primary" not in texts,
        key="primary" in texts,
        default="default" in texts or "generated" in texts or part[1].text.endswith("serial")
        if len(part) > 1
        else False,
    )
    table = replace(table, columns=(*table.columns, column))
    if "unique" in texts:
        table = replace(table, indexes=(*table.indexes, Index((name,), "", True, place, constraint=True)))
    while read.at < len(read.tokens):
        if read.take("references"):
            return replace(table, keys=(*table.keys, _reference(read, (name,), place)))
        read.at += 1
    return table


def _type(read: _Words) -> str:
    """A type's words, without schema and lengths."""
    found: list[str] = []
    while read.next.names and read.next.text not in _AFTER_TYPE:
        found = [*found, read.name()[1]]
        read.group()
    if read.take("[") and (read.take("]") or read.at < len(read.tokens)):
        return "array"
    return words.of_sql(" ".join(found))


def _create_index(read: _Words, file: str, found: dict[tuple[str, str], Table], *, unique: bool) -> None:
    line = read.next.line
    read.take("concurrently")
    read.take("if", "not", "exists")
    name = "" if read.next.text == "on" else read.name()[1]
    if not read.take("on"):
        return
    read.take("only")
    schema, table_name = read.name()
    if read.take("using"):
        read.name()
    columns = _names(read.group())
    partial = any(token.text == "where" and token.kind == "word" for token in read.rest())
    table = found.get((schema or "public", table_name))
    if table is not None:
        index = Index(columns, name, unique, Place(file, line, f"index {name}"), partial)
        found[table.identity] = replace(table, indexes=(*table.indexes, index))


def index_columns(definition: str) -> tuple[str, ...]:
    """The columns of an index by its definition; nothing where it has a condition or an expression."""
    statement = next(statements(definition), [])
    if any(token.kind == "word" and token.text == "where" for token in statement):
        return ()
    read = _Words(statement)
    while read.at < len(statement) and not read.take("using"):
        read.at += 1
    read.name()
    return _names(read.group())


def _alter_table(read: _Words, found: dict[tuple[str, str], Table]) -> None:
    read.take("if", "exists")
    read.take("only")
    schema, name = read.name()
    table = found.get((schema or "public", name))
    if table is None:
        return
    for part in _parts(read.rest()):
        inner = _Words(part)
        if inner.take("add"):
            inner.take("column")
            inner.take("if", "not", "exists")
            if rest := inner.rest():
                table = _with_part(table, rest)
    found[table.identity] = table
