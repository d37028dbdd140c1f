"""What statements gave back: a revision that is gone on with has to see what it saw the first time.

Asked again, a query would tell of what the revision has done meanwhile, and ``INSERT … RETURNING`` would do it twice.
So the answers of a revision of which parts are committed are kept until it has come to its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.adapt import AdaptersMap
from psycopg.pq import Format
from psycopg.pq.abc import PGresult

from trueline.deploy.records import as_json

#: Name of the table, in whatever schema.
ANSWER = "trueline_answer"

#: Rows of one answer that are kept; a revision that was given more cannot be gone on with.
KEPT = 100_000

_TABLE = """
CREATE TABLE IF NOT EXISTS {answer} (
    revision bigint NOT NULL, number integer NOT NULL, answer jsonb NOT NULL, PRIMARY KEY (revision, number)
);
COMMENT ON TABLE {answer} IS 'Kept by trueline: what a revision that is half applied was told by PostgreSQL'
"""
_LOAD = "SELECT number, answer FROM {answer} WHERE revision = %(revision)s"
_KEEP = """
INSERT INTO {answer} SELECT %(revision)s, key::integer, value FROM jsonb_each(%(answers)s)
ON CONFLICT (revision, number) DO UPDATE SET answer = excluded.answer
"""
_DROP = "DELETE FROM {answer} WHERE revision = ANY (%(revisions)s)"

#: Types by whose text the driver makes other values than text. Any other is given back as it came: as text.
_TYPES = """
SELECT pg_catalog.format_type(t.oid, NULL) FROM unnest(%s::oid[]) WITH ORDINALITY AS given (oid, n)
JOIN pg_catalog.pg_type t ON t.oid = given.oid WHERE t.typtype <> 'p' ORDER BY n
"""


@dataclass(slots=True)
class Answers:
    """Those of the revision that is being run, by the number of its statement; not yet written down."""

    rows: dict[int, tuple[int, PGresult | None]] = field(default_factory=dict)
    errors: dict[int, psycopg.Error] = field(default_factory=dict)
    unknown: set[int] = field(default_factory=set)

    def took(self, number: int, cursor: psycopg.Cursor[Any]) -> None:
        """The statement was run; its result is the driver's, and only taken apart if it is to be kept."""
        self.errors.pop(number, None)
        if isinstance(cursor, psycopg.ServerCursor):  # its rows are yet to come, and nobody hears of them
            self.unknown.add(number)
        elif cursor.description is not None or cursor.rowcount >= 0:
            self.rows[number] = (cursor.rowcount, cursor.pgresult if cursor.description is not None else None)

    def refused(self, number: int, error: psycopg.Error) -> None:
        """The statement was refused; if the revision lives with that, it has to be told so again."""
        if error.sqlstate is not None:
            self.errors[number] = error

    def forget(self, number: int) -> None:
        """The statement was refused because it is done: that is no answer."""
        self.errors.pop(number, None)

    def documents(self, adapters: AdaptersMap, last: int) -> dict[int, Any]:
        """Those of the statements up to this one, as they are kept; they are forgotten here."""
        numbers = [number for number in (*self.rows, *self.errors, *self.unknown) if number <= last]
        return {number: self._document(number, adapters) for number in numbers}

    def _document(self, number: int, adapters: AdaptersMap) -> dict[str, Any]:
        if (error := self.errors.pop(number, None)) is not None:
            return {"refused": error.sqlstate, "words": error.diag.message_primary or ""}
        if number in self.unknown:
            self.unknown.remove(number)
            return {"count": -1, "names": None}
        return _document(*self.rows.pop(number), adapters)

    def clear(self) -> None:
        """They are not to be written down."""
        self.rows.clear()
        self.unknown.clear()
        self.errors.clear()


def _document(count: int, result: PGresult | None, adapters: AdaptersMap) -> dict[str, Any]:
    if result is None:
        return {"count": count}
    columns = range(result.nfields)
    if result.ntuples > KEPT or any(result.fformat(column) == Format.BINARY for column in columns):
        return {"count": count, "names": None}
    return {
        "count": count,
        "names": [(result.fname(column) or b"").decode() for column in columns],
        "types": [_type(result.ftype(column), adapters) for column in columns],
        "rows": [[_text(result.get_value(row, column)) for column in columns] for row in range(result.ntuples)],
    }


def _type(oid: int, adapters: AdaptersMap) -> int:
    """The type's number, or that of text."""
    return oid if adapters.get_loader(oid, Format.TEXT) else psycopg.adapters.types["text"].oid


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()


def _doubled(words: str) -> str:
    """As the driver takes a name beside parameters."""
    return words.replace("%", "%%")


def give(cursor: psycopg.Cursor[Any], answer: Mapping[str, Any]) -> bool:
    """Let a cursor have what a statement gave back; says whether that is known.

    Raises:
        psycopg.Error: what the statement was refused with.
    """
    if "refused" in answer:
        raise psycopg.errors.lookup(answer["refused"])(answer["words"])
    if "names" not in answer:
        cursor._rowcount = answer["count"]  # SQLAlchemy asks the cursor, and nothing public sets it
        return True
    if answer["names"] is None:
        return False
    types = psycopg.Cursor(cursor.connection).execute(_TYPES, (answer["types"],)).fetchall()
    if len(types) < len(answer["types"]):
        return False
    columns = [
        sql.SQL("(given.row ->> {})::{} AS {}").format(
            place, sql.SQL(_doubled(type_)), sql.Identifier(_doubled(name or "?column?"))
        )
        for place, (name, (type_,)) in enumerate(zip(answer["names"], types, strict=True))
    ]
    query = sql.SQL("SELECT {} FROM jsonb_array_elements(%s) WITH ORDINALITY AS given (row, n) ORDER BY n")
    cursor.execute(query.format(sql.SQL(", ").join(columns)), (as_json(answer["rows"]),))
    return True


@dataclass(frozen=True, slots=True)
class Kept:
    """The table of answers in its schema; leaves the transaction as it was."""

    schema: str

    def create(self, driver: psycopg.Connection[Any]) -> None:
        """Make the table where it is missing."""
        self._run(driver, _TABLE)

    def load(self, driver: psycopg.Connection[Any], revision: int) -> dict[int, Any]:
        """What is kept of a revision, by the number of its row in the ledger."""
        return dict(self._run(driver, _LOAD, revision=revision).fetchall())

    def keep(self, driver: psycopg.Connection[Any], revision: int, answers: Mapping[int, Any]) -> None:
        """Write down what it was told since."""
        self._run(driver, _KEEP, revision=revision, answers=as_json(dict(answers)))

    def drop(self, driver: psycopg.Connection[Any], revisions: list[int]) -> None:
        """Nobody goes on with these."""
        self._run(driver, _DROP, revisions=revisions)

    def _run(self, driver: psycopg.Connection[Any], text: LiteralString, **given: Any) -> psycopg.Cursor[Any]:
        schema = _doubled(self.schema) if given else self.schema
        query = sql.SQL(text).format(answer=sql.Identifier(schema, ANSWER))
        return psycopg.Cursor(driver).execute(query, given or None)
