"""Sequences and identities whose last value lies outside of the bounds that they get."""

from __future__ import annotations

import psycopg
import pytest
import sqlalchemy as sa

from tests.acceptance.drive import differences, driver, execute, read
from tests.acceptance.plans.way import Carry, as_revision, as_sql, catalog_of, planned, undone
from tests.catalog.names import quoted

NOTHING = frozenset[str]()

#: The options, where it has got (a value, and whether it was given out), what they become, and what comes next.
CASES = {
    "too low": ("", (5, True), "MINVALUE 100 START 100", 100),
    "never called": ("", None, "MINVALUE 100 START 100", 100),
    "just inside": ("", (100, True), "MINVALUE 100 START 100", 101),
    "too high": ("", (500, True), "MAXVALUE 100", None),
    "too high, in a circle": ("", (500, True), "MAXVALUE 100 CYCLE", 1),
    "below its end": ("", (50, True), "MAXVALUE 100", 51),
    "far above": ("MAXVALUE 100", (50, True), "MINVALUE 1000 START 1000 MAXVALUE 2000", 1000),
    "far below": ("MINVALUE 1000 START 1000", (1500, True), "MINVALUE 1 START 7 MAXVALUE 100", 7),
    "falling, too low": ("INCREMENT -1 MINVALUE -1000", (-500, True), "INCREMENT -1 MINVALUE -100", None),
    "falling, too high": ("INCREMENT -1", (-5, True), "INCREMENT -1 MAXVALUE -10 START -10", -10),
    "both ends": ("", (500, True), "MINVALUE 10 START 10 MAXVALUE 100", None),
    "the other way round": ("", (5, True), "INCREMENT -1 MINVALUE -9 MAXVALUE -1 START -1", -1),
    "wider": ("MAXVALUE 100", (100, True), "MAXVALUE 200", 101),
}


@pytest.mark.parametrize("carry", [as_revision, as_sql], ids=["upgrade", "sql"])
@pytest.mark.parametrize("kind", ["sequence", "identity"])
@pytest.mark.parametrize("case", CASES)
def test_it_counts_on_within_its_new_bounds(ground: sa.Connection, case: str, kind: str, carry: Carry) -> None:
    """Nothing is given out twice, and where nothing is left it says so; the way back is open."""
    before, at, after, expected = CASES[case]
    old, new = made(kind, before), made(kind, after)
    one, other = catalog_of(ground, old, NOTHING), catalog_of(ground, new, NOTHING)
    up, down = planned(ground, one, other), planned(ground, other, one)
    with undone(ground):
        execute(ground, quoted(old))
        if at is not None:
            execute(ground, quoted(f"SELECT setval('@s.@n', {at[0]}, {at[1]})".replace("'@s.@n'", name())))
        carry(ground, up)
        assert differences(read(ground), other) == [], up
        with undone(ground):
            assert following(ground) == expected, up
        carry(ground, down)
        assert differences(read(ground), one) == [], down


def test_a_change_that_is_rolled_back_leaves_no_trace(ground: sa.Connection) -> None:
    """Else the value would be set back for those who go on with the old bounds, and given out twice."""
    old, new = made("sequence", ""), made("sequence", "MAXVALUE 100")
    up = planned(ground, catalog_of(ground, old, NOTHING), catalog_of(ground, new, NOTHING))
    execute(ground, quoted(old))
    execute(ground, f"SELECT setval({name()}, 500)")
    with undone(ground):
        as_revision(ground, up)
    assert following(ground) == 501
    assert "is at its end where it has got above 100" in up


def name() -> str:
    return "'" + quoted("@s.@n").replace("'", "''") + "'"


def made(kind: str, options: str) -> str:
    if kind == "sequence":
        return f"CREATE SEQUENCE @s.@n {options};"
    return f"CREATE TABLE @s.@t (@a bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME @s.@n {options}));"


def following(connection: sa.Connection) -> int | None:
    """The next value; none where there is no more."""
    try:
        row = driver(connection).execute(f"SELECT nextval({name()})".encode()).fetchone()
    except psycopg.errors.SequenceGeneratorLimitExceeded:
        return None
    return int(row[0]) if row else None
