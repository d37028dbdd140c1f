"""What the ledger keeps, as values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from psycopg.types.json import Jsonb

#: Statements of one revision that are kept with their text; of others it is only known how many there were.
KEPT = 500

#: ``begun``: parts of it are committed, and the rest is to follow. ``failed``: nothing of it is in the database.
#: ``forgotten``: begun, and finished by hand or begun anew.
Outcome = Literal["done", "begun", "failed", "forgotten"]

# A database in SQL_ASCII knows no escapes of JSON beyond ASCII.
_dumps = json.JSONEncoder(ensure_ascii=False).encode


def as_json(value: Any) -> Jsonb:
    """A value for the driver."""
    return Jsonb(value, _dumps)


@dataclass(frozen=True, slots=True)
class Ran:
    """One statement that was run.

    Attributes:
        statement: for people, without passwords.
        seconds: as the client saw them.
        locks: the strongest mode on each relation that it was the first to take, by name.
        alone: whether it ran outside of the revision's transactions.
    """

    statement: str
    seconds: float
    locks: Mapping[str, str]
    alone: bool = False

    def document(self) -> dict[str, Any]:
        """As it is kept."""
        told: dict[str, Any] = {"statement": self.statement, "seconds": round(self.seconds, 4)}
        if self.locks:
            told["locks"] = dict(self.locks)
        if self.alone:
            told["alone"] = True
        return told


@dataclass(frozen=True, slots=True)
class Running:
    """A statement that was under way outside of a transaction; a second run has to find out how far it came.

    Attributes:
        number: which of the revision's, from 1.
        statement: for people.
        indexes: object identifiers of all indexes that there were when it began.
        invalid: those among them that were not in use.
        partitions: the same of partitions.
        detaching: the same of those that were half detached.
    """

    number: int
    statement: str
    indexes: frozenset[int]
    invalid: frozenset[int]
    partitions: frozenset[int]
    detaching: frozenset[int]

    @staticmethod
    def of(document: Any) -> Running | None:
        """What `document` gave, if there was anything."""
        if document is None:
            return None
        sets = (frozenset(document[each]) for each in ("indexes", "invalid", "partitions", "detaching"))
        return Running(document["number"], document["statement"], *sets)

    def document(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "number": self.number,
            "statement": self.statement,
            "indexes": sorted(self.indexes),
            "invalid": sorted(self.invalid),
            "partitions": sorted(self.partitions),
            "detaching": sorted(self.detaching),
        }


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a revision has come: a row of the ledger.

    Attributes:
        id: of the row, once there is one.
        finished: statements that are done and committed.
        chain: digest of these, one after the other.
        answers: what they gave back, by their numbers, from 1.
        running: what was under way outside of a transaction.
    """

    revision: str
    direction: str
    id: int | None = None
    finished: int = 0
    chain: str = ""
    answers: Mapping[int, Any] = field(default_factory=dict)
    running: Running | None = None
    message: str | None = None
    began: datetime | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What is to be written about a revision, beside its `Progress`."""

    deploy: int
    outcome: Outcome
    source: str | None
    seconds: float
    attempts: int
    statements: Sequence[Ran] = ()
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is true of the session that writes.

    Attributes:
        token: what the lock on the database is signed with.
        held: strength of the locks that the transaction was known to hold before its last statement, by relation; none
            where what that one took is known, or nobody wants to know.
    """

    token: str
    held: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The number of a row, and what was seen when it was written.

    Attributes:
        id: of the row.
        has_turn: whether the lock on the database is held.
        limits: ``lock_timeout`` and ``statement_timeout``, in PostgreSQL's words.
    """

    id: int
    has_turn: bool
    limits: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Last:
    """The last deploy that went well."""

    id: int
    ended: datetime
    version: str | None
    catalog: bytes | None
    heads: tuple[str, ...]
