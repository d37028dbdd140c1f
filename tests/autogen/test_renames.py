"""Renames are never a drop and an addition by accident: nothing is lost, nothing is rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from tests.autogen.drive import NAMING, autogenerate, connected
from trueline.errors import TruelineError

FILES = """
    SELECT relname, relfilenode FROM pg_class
     WHERE relkind = 'r' AND relname IN ('customers', 'bookings', 'payments') ORDER BY relname
"""
ROWS = """
    INSERT INTO customers (name) SELECT 'customer ' || i FROM generate_series(1, 100) i;
    INSERT INTO bookings (customer_id, status, guests)
        SELECT 1 + i % 100, 'done', 1 + i % 5 FROM generate_series(1, 600) i;
    INSERT INTO payments (booking_id, amount) SELECT i, i FROM generate_series(1, 300) i;
"""
COUNTS = """
    SELECT (SELECT count(*) FROM core.bookings WHERE status = 'finished'), (SELECT count(*) FROM core.payments),
           (SELECT count(*) FROM core.customers)
"""


@pytest.fixture
def connection(empty_database_url: str) -> Iterator[sa.Connection]:
    with connected(empty_database_url) as connection:
        yield connection


def bookings(schema: str | None, *, hints: bool = False) -> sa.MetaData:
    """Customers, bookings and payments, in the schema they were in or the one that they belong in."""
    metadata = sa.MetaData(naming_convention=NAMING, schema=schema)
    moved = schema is not None

    def info(**hint: object) -> dict[str, object]:
        return dict(hint) if hints else {}

    def table(name: str, *columns: sa.Column[object]) -> None:
        sa.Table(name, metadata, *columns, info=info(renamed_from=f"public.{name}"))

    labels = ("open", "finished" if moved else "done")
    status = sa.Enum(*labels, name="status", schema=schema)
    place = f"{schema}." if schema else ""
    table("customers", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(40), nullable=False))
    table(
        "bookings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("customer_id", sa.ForeignKey(f"{place}customers.id"), nullable=False, index=True),
        sa.Column("status", status, nullable=False, info=info(renamed_values={"finished": "done"}) if moved else {}),
        sa.Column("party" if moved else "guests", sa.Integer, index=True, info=info(renamed_from="guests")),
    )
    table(
        "payments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("booking_id", sa.ForeignKey(f"{place}bookings.id")),
        sa.Column("amount", sa.Numeric(10, 2)),
    )
    return metadata


def test_six_hundred_bookings_move_without_being_touched(connection: sa.Connection) -> None:
    """Tables, their type, a column and a value go on under other names; every row and every file stays."""
    autogenerate(connection, bookings(None)).upgrade()
    connection.execute(sa.text(ROWS))
    files = connection.execute(sa.text(FILES)).all()
    revision = autogenerate(connection, bookings("core", hints=True))
    assert revision.found.destroys == ()
    revision.upgrade()
    assert connection.execute(sa.text(COUNTS)).one() == (600, 300, 100)
    assert connection.execute(sa.text(FILES)).all() == files
    assert autogenerate(connection, bookings("core", hints=True)).diffs == []
    revision.downgrade()
    assert connection.execute(sa.text(FILES)).all() == files
    assert autogenerate(connection, bookings(None)).diffs == []


def test_what_follows_from_a_rename_is_renamed_with_it(connection: sa.Connection) -> None:
    """Index and sequence get the names that the models give them, one statement each."""
    autogenerate(connection, bookings(None)).upgrade()
    text = autogenerate(connection, bookings("core", hints=True)).up
    assert "op.alter_index('ix_bookings_guests', 'RENAME TO ix_core_bookings_party', schema='core')" in text
    assert "create_index" not in text
    assert "drop_" not in text


def test_without_a_hint_it_is_said_that_data_would_go(connection: sa.Connection) -> None:
    """Drop and addition, each drop marked with what is lost."""
    autogenerate(connection, bookings(None)).upgrade()
    revision = autogenerate(connection, bookings("core"))
    assert sorted(revision.found.destroys) == [
        f"drops table public.{name} with all its rows" for name in ("bookings", "customers", "payments")
    ]
    assert revision.up.count("# destructive: drops table") == 3


def test_a_hint_that_has_done_its_work_says_nothing(connection: sa.Connection) -> None:
    """In a new database there is nothing by the old name."""
    autogenerate(connection, bookings("core", hints=True)).upgrade()
    assert autogenerate(connection, bookings("core", hints=True)).diffs == []


def test_somebody_who_is_asked_may_say_yes(connection: sa.Connection) -> None:
    """What looks like a rename is asked about where somebody can answer."""
    from trueline.autogen.compare import Comparing
    from trueline.autogen.project import Project
    from trueline.settings import Settings

    autogenerate(connection, bookings(None)).upgrade()
    asked: list[str] = []

    def yes(question: str) -> bool:
        asked.append(question)
        return True

    found = Comparing(connection, bookings("core"), Project(Settings(), ask=yes)).comparison(writing=True)
    assert "Is table public.bookings now core.bookings?" in asked
    assert "Is column core.bookings.guests now party?" in asked
    assert [line for line in found.destroys if "table" in line] == []


def test_types_that_no_cast_joins_are_refused(connection: sa.Connection) -> None:
    """The error names the column and both types, and how to go on."""

    def models(kind: sa.types.TypeEngine[Any]) -> sa.MetaData:
        metadata = sa.MetaData()
        sa.Table("t", metadata, sa.Column("a", kind))
        return metadata

    autogenerate(connection, models(sa.Integer())).upgrade()
    with pytest.raises(TruelineError, match=r"t\.a cannot become uuid: PostgreSQL has no cast from integer"):
        autogenerate(connection, models(sa.Uuid()))


def test_a_type_that_moves_and_changes_keeps_its_rows(connection: sa.Connection) -> None:
    """Another schema, another label and a new value at once: the type moves, is renamed and added to."""

    def models(schema: str | None, *labels: str, **info: object) -> sa.MetaData:
        metadata = sa.MetaData()
        kind = sa.Enum(*labels, name="st", schema=schema)
        sa.Table("t", metadata, sa.Column("a", sa.Integer), sa.Column("st", kind, info=dict(info)), schema=schema,
                 info={"renamed_from": "public.t"} if schema else {})  # fmt: skip
        return metadata

    autogenerate(connection, models(None, "a", "b", "c")).upgrade()
    connection.exec_driver_sql("INSERT INTO t VALUES (1, 'b')")
    after = models("core", "a", "bee", "c", "d", renamed_values={"bee": "b"})
    revision = autogenerate(connection, after)
    assert "op.add_enum_value('st', 'd', after='c', schema='core')" in revision.up
    assert "create_enum" not in revision.up
    revision.upgrade()
    assert connection.scalar(sa.text("SELECT st::text FROM core.t")) == "bee"
    assert autogenerate(connection, after).diffs == []


def one_table(*columns: sa.Column[Any], name: str = "t", **info: object) -> sa.MetaData:
    metadata = sa.MetaData(naming_convention=NAMING)
    sa.Table(name, metadata, sa.Column("id", sa.Integer, primary_key=True), *columns, info=dict(info))
    return metadata


def hinted(column: str, old: str) -> sa.Column[Any]:
    return sa.Column(column, sa.Integer, info={"renamed_from": old})


def test_a_misspelt_column_is_told_with_what_could_be_meant(connection: sa.Connection) -> None:
    """The hint, the model, and the column that goes at the same time."""
    autogenerate(connection, one_table(sa.Column("old", sa.Integer), sa.Column("stays", sa.Integer))).upgrade()
    found = autogenerate(connection, one_table(hinted("new", "odl"), sa.Column("stays", sa.Integer))).found
    (finding,) = found.unheard
    assert finding.what.startswith("column public.t.new says that it was odl, which the database does not have")
    assert finding.fix == 'if that is meant: renamed_from="old"'
    assert finding.where[0].startswith("table t")


def test_a_misspelt_column_of_a_table_that_loses_none_is_told(connection: sa.Connection) -> None:
    """Nothing else could be meant, so nothing is named."""
    autogenerate(connection, one_table()).upgrade()
    (finding,) = autogenerate(connection, one_table(hinted("new", "odl"))).found.unheard
    assert finding.fix == "correct renamed_from, or take it away"


def test_a_misspelt_table_is_told_with_what_could_be_meant(connection: sa.Connection) -> None:
    """The nearest table that goes at the same time."""
    autogenerate(connection, one_table()).upgrade()
    (finding,) = autogenerate(connection, one_table(name="u", renamed_from="tt")).found.unheard
    assert finding.what.startswith("table public.u says that it was public.tt, which the database does not have")
    assert finding.fix == 'if that is meant: renamed_from="public.t"'


def test_a_misspelt_value_is_told_with_what_could_be_meant(connection: sa.Connection) -> None:
    """The value that goes at the same time."""

    def models(*labels: str, **info: object) -> sa.MetaData:
        return one_table(sa.Column("st", sa.Enum(*labels, name="st"), info=dict(info)))

    autogenerate(connection, models("a", "b")).upgrade()
    found = autogenerate(connection, models("a", "z", renamed_values={"z": "bb"})).found
    assert [finding.what.partition(",")[0] for finding in found.unheard] == [
        "value 'z' of type public.st says that it was 'bb'"
    ]


def test_old_hints_stay_silent(connection: sa.Connection) -> None:
    """In a new database, and in one where the new names have long been there."""
    hints = one_table(hinted("new", "odl"), name="u", renamed_from="tt")
    revision = autogenerate(connection, hints)
    assert revision.found.unheard == ()
    revision.upgrade()
    hints = one_table(hinted("new", "odl"), sa.Column("more", sa.Integer), name="u", renamed_from="tt")
    assert autogenerate(connection, hints).found.unheard == ()


def test_empty_tables_that_came_first_are_told_with_the_way_out(connection: sa.Connection) -> None:
    """Once what create_all made is dropped by the statements in the message, the rows move."""
    autogenerate(connection, bookings(None)).upgrade()
    connection.execute(sa.text(ROWS))
    connection.execute(sa.schema.CreateSchema("core"))
    bookings("core").create_all(connection)
    connection.execute(sa.text('CREATE VIEW "v%" AS SELECT id FROM core.bookings; CREATE VIEW vv AS TABLE "v%"'))
    (finding,) = autogenerate(connection, bookings("core", hints=True)).found.unheard
    assert "core.bookings was public.bookings, core.customers was public.customers" in finding.what
    assert finding.fix is not None
    first, *statements = finding.fix.splitlines()
    assert first == "drop what is empty, and run this again; then the rows go on under the new name:"
    assert statements == [
        "DROP VIEW public.vv;",
        'DROP VIEW public."v%";',
        "DROP TABLE core.bookings, core.customers, core.payments;",
        "DROP TYPE core.status;",
    ]
    for statement in statements:
        connection.exec_driver_sql(statement.replace("%", "%%"))
    revision = autogenerate(connection, bookings("core", hints=True))
    assert (revision.found.destroys, revision.found.unheard) == ((), ())
    revision.upgrade()
    assert connection.execute(sa.text(COUNTS)).one() == (600, 300, 100)


def test_rows_under_both_names_are_told(connection: sa.Connection) -> None:
    """Nobody is told to drop a table that is used, and a column likewise."""
    autogenerate(connection, one_table(sa.Column("old", sa.Integer))).upgrade()
    connection.execute(sa.text("CREATE TABLE u (id serial PRIMARY KEY); INSERT INTO u DEFAULT VALUES"))
    (finding,) = autogenerate(connection, one_table(name="u", renamed_from="t")).found.unheard
    assert "both are used" in finding.what
    assert "DROP" not in (finding.fix or "")
    connection.execute(sa.text("DROP TABLE u; ALTER TABLE t ADD new integer"))
    (finding,) = autogenerate(connection, one_table(hinted("new", "old"))).found.unheard
    assert "the table has both: old goes with all its values" in finding.what
