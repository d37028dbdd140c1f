"""A numbered key whose numbers come to an end."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context, Live
from trueline.catalog.objects import Column, Sequence
from trueline.catalog.render.words import name
from trueline.finding import Finding, Place
from trueline.rule import Examples, Rule

ID = "key-running-out"

#: The last number of each type: https://www.postgresql.org/docs/current/datatype-numeric.html
_LAST = {"smallint": 2**15 - 1, "integer": 2**31 - 1, "bigint": 2**63 - 1}

#: Shares of the range from which on it is told, and from which on it is urgent.
_SOON, _NOW = 0.5, 0.8


def check(context: Context) -> Iterator[Finding]:
    """One finding for each column whose sequence has given out more than half of what fits."""
    if context.live is not None:
        for column, sequence, end in _counted(context.live):
            last = context.live.sequences.get(sequence)
            if last is not None and last >= _SOON * end:
                yield _finding(column, last, end)


def _counted(live: Live) -> Iterator[tuple[Column, tuple[str, str], int]]:
    """Columns with their sequence and the last number that fits both; a sequence that begins anew has no end."""
    columns = live.catalog.own().of_kind(Column)
    for column in columns:
        identity = column.identity
        if identity and column.type in _LAST and not identity.cycle and identity.increment > 0:
            yield column, identity.sequence, min(_LAST[column.type], identity.maximum)
    by_key = {column.key: column for column in columns}
    for each in live.catalog.of_kind(Sequence):
        owner = by_key.get(each.owned_by) if each.owned_by else None
        if owner and not owner.identity and owner.type in _LAST and not each.cycle and each.increment > 0:
            yield owner, (each.schema, each.name), min(_LAST[owner.type], each.maximum)


def _finding(column: Column, last: int, end: int) -> Finding:
    table, share = f"{column.schema}.{column.table}", last / end
    return Finding(
        ID,
        f"{table}.{column.name} ({column.type}) has used {share:.0%} of its numbers: {last:,} of {end:,}",
        Place(object=f"column {table}.{column.name}"),
        f"ALTER TABLE {name(column.schema)}.{name(column.table)} ALTER {name(column.name)} TYPE bigint;"
        "   -- rewrites the table under lock: plan it, and the columns that point here",
        "error" if share >= _NOW else "warning",
    )


RULE = Rule(
    ID,
    "A numbered key is running out",
    "The sequence of a `serial` or identity column has given out half of the numbers that fit the column and the "
    "sequence; from "
    "80 % on it is an error. Numbers of rows that are gone are not given out again.",
    "At the end every insert fails: “nextval: reached maximum value of sequence”, or “integer out of range”.",
    "Make the column and all that point at it `bigint`, while there is time to do it without a pause.",
    check,
    frozenset({"database"}),
)

EXAMPLES = Examples(
    bad={
        "database.sql": """
CREATE TABLE events (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
SELECT setval('events_id_seq', 1900000000);
"""
    },
    good={
        "database.sql": """
CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
SELECT setval('events_id_seq', 1900000000);
"""
    },
)
