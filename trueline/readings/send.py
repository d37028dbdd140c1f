"""Many statements in few round trips, in whatever order they need one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from trueline.readings.capture import Statement

#: Each statement of a chunk holds its locks until the chunk's end, and a table with its indexes takes a dozen:
#: PostgreSQL has room for max_locks_per_transaction x max_connections, 6,400 as it comes, for all sessions together.
CHUNK = 40
#: Characters after which a chunk is sent all the same.
_LONG = 200_000

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A statement that PostgreSQL refused, and why."""

    statement: Statement
    error: psycopg.Error

    @property
    def words(self) -> str:
        """PostgreSQL's message, with the detail if there is one, on one line."""
        message = self.error.diag.message_primary or str(self.error).strip()
        detail = f" ({self.error.diag.message_detail})" if self.error.diag.message_detail else ""
        return " ".join(f"{message}{detail}".split())


def send(driver: psycopg.Connection[Any], statements: Sequence[Statement], advance: Advance) -> list[Refusal]:
    """Execute all that can be executed, whatever the order it takes.

    What fails is tried again when all others have been, for as long as that leads on: so a statement may stand before
    the one that it needs.

    Args:
        driver: in autocommit mode, so that each message is a transaction of its own.
        statements: in the order in which most will succeed.
        advance: called with the number of statements that are done.

    Returns:
        What cannot be executed, each with the last words about it.
    """
    refused = [refusal for chunk in _chunks(statements) for refusal in _send_chunk(driver, chunk, advance)]
    while refused:
        again = [refusal for each in refused for refusal in _send_one(driver, each.statement, advance)]
        if len(again) == len(refused):
            return again
        refused = again
    return []


def _chunks(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    chunk: list[Statement] = []
    length = 0
    for each in statements:
        chunk.append(each)
        length += len(each.sql)
        if len(chunk) == CHUNK or length > _LONG:
            yield chunk
            chunk, length = [], 0
    if chunk:
        yield chunk


def _send_chunk(driver: psycopg.Connection[Any], chunk: list[Statement], advance: Advance) -> list[Refusal]:
    """All in one message, which is one transaction; if that fails, one by one."""
    try:
        run(driver, "\n;\n".join(each.sql for each in chunk))
    except psycopg.Error:
        if driver.closed:
            raise
        return [refusal for each in chunk for refusal in _send_one(driver, each, advance)]
    advance(len(chunk))
    return []


def _send_one(driver: psycopg.Connection[Any], statement: Statement, advance: Advance) -> list[Refusal]:
    try:
        run(driver, statement.sql)
    except psycopg.Error as error:
        if driver.closed:
            raise
        return [Refusal(statement, error)]
    advance(1)
    return []


def run(driver: psycopg.Connection[Any], sql: str) -> None:
    """Send one message of the simple protocol; it may hold several statements, which then are one transaction."""
    driver.execute(sql.encode(driver.info.encoding), prepare=False)
