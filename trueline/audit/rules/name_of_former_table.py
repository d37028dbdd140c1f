"""Sequences and keys that are still called after what their table was called once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from trueline.audit.context import Context
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column, ForeignKey, PrimaryKey, Sequence, Table, Unique
from trueline.catalog.render.words import name
from trueline.finding import Finding, Place
from trueline.rule import Examples, Rule

ID = "name-of-former-table"

_Key: TypeAlias = PrimaryKey | Unique | ForeignKey

#: Names near PostgreSQL's 63 bytes were cut, and say nothing certain of what they were made from.
_CUT = 59


def check(context: Context) -> Iterator[Finding]:
    """One finding for each name that follows PostgreSQL's pattern with another table's name in it."""
    if context.live is not None:
        catalog = context.live.catalog
        yield from _constraints(catalog)
        yield from _sequences(catalog)


def _constraints(catalog: Catalog) -> Iterator[Finding]:
    own = catalog.own()
    free = {(each.schema, each.name) for each in own.of_kind(Table) if not each.parents}
    keys: list[_Key] = [*own.of_kind(PrimaryKey), *own.of_kind(Unique), *own.of_kind(ForeignKey)]
    for key in keys:
        former = _former(key.name, key.table, _ending(key))
        if former and (key.schema, key.table) in free:
            table = f"{key.schema}.{key.table}"
            right = f"{key.table}{_ending(key)}"
            fix = (
                f"ALTER TABLE {name(key.schema)}.{name(key.table)} RENAME CONSTRAINT {name(key.name)} TO {name(right)};"
            )
            kind = type(key).kind.replace("_", " ")
            what = f"{kind} {key.name} of {table} is still called after {former}"
            yield Finding(ID, what, Place(object=f"table {table}"), fix, "warning")


def _ending(key: _Key) -> str:
    """What PostgreSQL puts after the table's name: ChooseConstraintName() and ChooseIndexName()."""
    if isinstance(key, PrimaryKey):
        return "_pkey"
    return f"_{'_'.join(key.columns)}_{'fkey' if isinstance(key, ForeignKey) else 'key'}"


def _sequences(catalog: Catalog) -> Iterator[Finding]:
    owned = [(each.owned_by, each.schema, each.name) for each in catalog.of_kind(Sequence)]
    columns = {each.key: each for each in catalog.own().of_kind(Column)}
    owned += [(key, *each.identity.sequence) for key, each in columns.items() if each.identity]
    for owner, schema, sequence in owned:
        column = columns.get(owner) if owner else None
        former = _former(sequence, column.table, f"_{column.name}_seq") if column else None
        if column and former:
            table = f"{column.schema}.{column.table}"
            right = name(f"{column.table}_{column.name}_seq")
            fix = f"ALTER SEQUENCE {name(schema)}.{name(sequence)} RENAME TO {right};"
            what = f"sequence {sequence} of {table}.{column.name} is still called after {former}"
            yield Finding(ID, what, Place(object=f"table {table}"), fix, "warning")


def _former(given: str, table: str, ending: str) -> str | None:
    """The other table that a name was made from; a number at its end is PostgreSQL's way out of a collision."""
    stem = given.rstrip("0123456789")
    if not stem.endswith(ending) or len(given.encode()) > _CUT:
        return None
    former = stem.removesuffix(ending)
    return former if former and former != table else None


RULE = Rule(
    ID,
    "A sequence or key is called after a table of another name",
    "Its name is the one that PostgreSQL makes of table and columns (`orders_pkey`, `orders_user_id_fkey`, "
    "`orders_id_seq`), "
    "with a table in it that is not its own.",
    "Errors name a table that is not there; the next table of the old name gets names with a number; revisions that "
    "go by the "
    "convention do not find the key.",
    "Rename it as the table was renamed; in a revision, with `op.execute`.",
    check,
    frozenset({"database"}),
)

EXAMPLES = Examples(
    bad={
        "database.sql": """
CREATE TABLE orders (id serial PRIMARY KEY, code text UNIQUE);
ALTER TABLE orders RENAME TO bookings;
"""
    },
    good={"database.sql": "CREATE TABLE bookings (id serial PRIMARY KEY, code text UNIQUE);"},
)
