"""Reference rows through the life of a project: whole on the way back, in an order that keys allow, of any type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

from tests.acceptance.drift.stories import Declare, Tell, number, quiet
from trueline.objects import ReferenceRows
from trueline.types import PgType

Row = Mapping[str, Any]

ROWS = 'SELECT r::text FROM "r %" r ORDER BY id'


def declared(*columns: sa.Column[Any], rows: Sequence[Row], complete: bool = True, check: str | None = None) -> Declare:
    """A table with these columns beside its key, and these rows."""

    def declare(metadata: sa.MetaData) -> None:
        checks = [sa.CheckConstraint(check, name="c")] if check else []
        table = sa.Table("r %", metadata, number(), *(each._copy() for each in columns), *checks)
        ReferenceRows(table, key=("id",), rows=rows, complete=complete)

    return declare


def text(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, **options)


def leads_there_and_back(told: Tell, *steps: Declare) -> str:
    """Each step is proved, applied and quiet; back at the first the rows are what they were. The last revision."""
    first = told(steps[0])
    written = first.written()
    before = first.rows(ROWS)
    for step in steps[1:]:
        project = told(step)
        written = project.written("allow-destructive=yes")
        assert quiet(project)
    for _ in steps[1:]:
        done = first.withdraw()
        assert not done.failed, done.text
    assert quiet(first)
    assert first.rows(ROWS) == before
    return written


WITHOUT_EQUALITY: dict[str, tuple[TypeEngine[Any], Any, Any]] = {
    "json": (sa.JSON(), {"b": 1, "a": [1, None]}, {"b": [2]}),
    "jsonb": (postgresql.JSONB(), {"b": 1}, {}),
    "json[]": (postgresql.ARRAY(sa.JSON()), ['{"a": 1}'], []),
    "point": (PgType("point"), "(1,2)", "(1,2.5)"),
    "polygon": (PgType("polygon"), "((0,0),(1,1))", "((0,0),(1,2))"),
    "circle": (PgType("circle"), "<(0,0),5>", "<(0,0),6>"),
    "tsvector": (postgresql.TSVECTOR(), "'a':1", "'b':1"),
    "bytea": (sa.LargeBinary(), "\\x00ff", "\\x01"),
    "char": (sa.CHAR(5), "ab", "ab c"),
    "interval": (sa.Interval(), "1 day 02:00", "-1 day"),
    "jsonpath": (PgType("jsonpath"), "$.a", "$.b"),
    "xid": (PgType("xid"), "1", "2"),
}


@pytest.mark.parametrize("kind", WITHOUT_EQUALITY)
def test_a_row_has_columns_of_any_type(told: Tell, kind: str) -> None:
    """Compared as text, also where the type has no equality of its own; a second run writes nothing."""
    type_, one, two = WITHOUT_EQUALITY[kind]

    def step(*values: Any) -> Declare:
        column: sa.Column[Any] = sa.Column("v", type_)
        return declared(column, rows=[{"id": at, "v": value} for at, value in enumerate(values) if value != "gone"])

    leads_there_and_back(told, step(one, one, None), step(two, "gone", None, one))
    project = told(step(one, one, None))
    before = project.rows('SELECT xmin::text FROM "r %"')
    (body,) = (line for line in project.sql().split(";\n") if "INSERT INTO" in line and '"r %"' in line)
    project.execute(body)
    assert project.rows('SELECT xmin::text FROM "r %"') == before


def test_documents_are_the_same_in_any_order_of_keys(told: Tell) -> None:
    """Nobody chose how somebody's application wrote them."""
    project = told(declared(sa.Column("v", sa.JSON), rows=[{"id": 1, "v": {"b": 1, "a": 2}}]))
    project.written()
    project.execute("""UPDATE "r %" SET v = '{ "b": 1, "a": 2 }'""")
    assert quiet(project)
    project.execute("""UPDATE "r %" SET v = '{ "b": 1, "a": 3 }'""")
    assert project.check().line("~ rows", "1 to change") is not None


def test_a_revision_holds_values_that_every_session_reads_alike(told: Tell) -> None:
    """Dates, intervals and numbers are spelled in one way, whatever the role's settings are."""
    columns = [sa.Column("d", sa.Date), sa.Column("f", sa.Float), sa.Column("i", sa.Interval)]
    rows = [{"id": 1, "d": "2020-02-01", "f": 0.1, "i": "1 day 02:00:00"}]
    project = told(declared(*columns, rows=rows))
    project.written()
    role_settings = {"datestyle": "'SQL, DMY'", "intervalstyle": "'sql_standard'", "extra_float_digits": "-3"}
    database = sa.make_url(project.url).database
    for name, value in role_settings.items():
        project.execute(f'ALTER DATABASE "{database}" SET {name} = {value}')
    assert quiet(project)
    emptied = told(declared(*columns, rows=[{"id": 2, "d": None, "f": None, "i": None}]))
    written = emptied.written()
    assert "'d': '2020-02-01', 'f': '0.1', 'i': '1 day 02:00:00'" in written.replace('"', "'")


def test_a_row_that_goes_comes_back_whole(told: Tell) -> None:
    """Also what the last declaration said nothing of any more."""
    both = [text("a", nullable=False), text("b", nullable=False), sa.Column("g", sa.Integer, sa.Computed("id * 2"))]
    full = [{"id": 1, "a": "x", "b": "y"}, {"id": 2, "a": "z", "b": "'; %(x)s :y"}]
    leads_there_and_back(
        told,
        declared(*both, rows=full),
        declared(*both, rows=[{"id": 1, "a": "other"}]),
    )


def test_a_row_changes_of_which_only_a_part_is_declared(told: Tell) -> None:
    """What cannot be inserted can still be updated; the columns that nobody declares stay as they are."""

    def step(rows: Sequence[Row]) -> Declare:
        return declared(text("a"), text("b", nullable=False), rows=rows, complete=False)

    written = leads_there_and_back(told, step([{"id": 1, "a": "x", "b": "y"}]), step([{"id": 1, "a": "z"}]))
    assert written.count("update_rows") == 2


@pytest.mark.parametrize("nullable", [True, False])
def test_what_a_column_held_comes_back_with_it(told: Tell, nullable: bool) -> None:
    """The way back of a column that goes fills it again in the rows that are declared."""
    rows = [{"id": 1, "a": "x", "b": "y"}, {"id": 2, "a": "z", "b": "u"}, {"id": 3, "a": "gone", "b": "v"}]
    after = [{"id": 1, "a": "x"}, {"id": 2, "a": "changed"}, {"id": 4, "a": "new"}]
    leads_there_and_back(
        told,
        declared(text("a", nullable=nullable), text("b", nullable=nullable), rows=rows),
        declared(text("a", nullable=nullable), rows=after),
    )


def test_a_new_column_gets_its_values_before_it_must_have_some(told: Tell) -> None:
    """NOT NULL is said when the rows are there."""
    leads_there_and_back(
        told,
        declared(text("a"), rows=[{"id": 1, "a": "x"}, {"id": 2, "a": None}]),
        declared(text("a"), text("b", nullable=False), rows=[{"id": 1, "a": "x", "b": "y"}]),
        declared(text("a", nullable=False), text("b", nullable=False), rows=[{"id": 2, "a": "v", "b": "y"}]),
    )


def test_a_column_becomes_required_with_its_rows(told: Tell) -> None:
    """A row that had no value gets one in the same revision, and loses it on the way back."""
    leads_there_and_back(
        told,
        declared(text("a"), rows=[{"id": 1, "a": None}, {"id": 2, "a": "x"}]),
        declared(text("a", nullable=False), rows=[{"id": 1, "a": "y"}, {"id": 2, "a": "x"}]),
    )


def test_a_constraint_goes_before_the_rows_that_it_bars(told: Tell) -> None:
    """And comes, on the way back, when they are gone."""
    leads_there_and_back(
        told,
        declared(text("a"), rows=[{"id": 1, "a": "x"}], check="length(a) < 3"),
        declared(text("a"), rows=[{"id": 1, "a": "long"}]),
        declared(text("a"), rows=[{"id": 1, "a": "longer"}], check="length(a) > 5"),
    )


def test_a_renamed_column_keeps_what_rows_hold(told: Tell) -> None:
    """A rename alone is no difference of rows; a value that changes with it changes back."""

    def renamed(*rows: Row) -> Declare:
        column = text("b", nullable=False, info={"renamed_from": "a"})
        return declared(column, text("other"), rows=rows)

    first = declared(text("a", nullable=False), text("other"), rows=[{"id": 1, "a": "x"}, {"id": 2, "a": "y"}])
    assert "rows(" not in leads_there_and_back(told, first, renamed({"id": 1, "b": "x"}, {"id": 2, "b": "y"}))


def test_a_value_that_changes_with_the_name_of_its_column_changes_back(told: Tell) -> None:
    """The operations name the column as it is called between the renames."""
    column = text("b", nullable=False, info={"renamed_from": "a"})
    first = declared(text("a", nullable=False), text("other"), rows=[{"id": 1, "a": "x"}, {"id": 2, "a": "y"}])
    leads_there_and_back(told, first, declared(column, text("other"), rows=[{"id": 1, "b": "z"}]))


def family(children: Mapping[int, int], parents: Sequence[int], *, circle: bool = False) -> Declare:
    """Rows of a table that comes later in the alphabet, and of one that refers to them."""

    def declare(metadata: sa.MetaData) -> None:
        back: list[sa.Column[Any]] = [sa.Column("first", sa.ForeignKey("a.id"))] if circle else []
        parent = sa.Table("r %", metadata, number(), *back)
        child = sa.Table("a", metadata, number(), sa.Column("parent", sa.ForeignKey(parent.c.id)))
        ReferenceRows(child, key=("id",), rows=[{"id": one, "parent": other} for one, other in children.items()])
        ReferenceRows(parent, key=("id",), rows=[{"id": each} for each in parents])

    return declare


@pytest.mark.parametrize("after", [family({2: 2}, [2]), family({1: 2, 2: 2}, [2]), family({1: 1, 2: 2}, [1, 2])])
def test_rows_go_in_an_order_that_their_keys_allow(told: Tell, after: Declare) -> None:
    """Parents come before what refers to them and go after it, also when what refers to them changes."""
    leads_there_and_back(told, family({1: 1}, [1]), after)


def test_a_circle_of_keys_has_rows(told: Tell, recwarn: pytest.WarningsRecorder) -> None:
    """Those keys count that rows have values for; nobody is warned, not by ``create_all`` either."""
    leads_there_and_back(told, family({1: 1}, [1], circle=True), family({2: 2}, [2], circle=True))
    metadata = sa.MetaData()
    family({1: 1}, [1], circle=True)(metadata)
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        assert connection.execute(sa.text("SELECT id, parent FROM a")).all() == [(1, 1)]
    engine.dispose()
    assert not recwarn.list
