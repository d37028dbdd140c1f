"""Names of constraints and indexes."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.schema import CreateTable

from trueline.declared import naming
from trueline.declared.keys import problems


@pytest.fixture
def tables() -> MetaData:
    metadata = MetaData()
    naming.apply(metadata)
    return metadata


def names(table: Table) -> set[str]:
    items: list[Any] = [*table.constraints, *table.indexes]
    return {str(item.name) for item in items}


def ddl(table: Table) -> str:
    return str(CreateTable(table).compile(dialect=postgresql.dialect()))


def test_keys_name_their_table_and_every_column(tables: MetaData) -> None:
    """Keys and indexes carry the table's name and all of their columns in order."""
    Table("parent", tables, Column("a", Integer, primary_key=True), Column("b", Integer, primary_key=True), schema="x")
    child = Table(
        "child",
        tables,
        Column("a", Integer, index=True, unique=False),
        Column("b", Integer, unique=True),
        UniqueConstraint("b", "a"),
        ForeignKeyConstraint(["a", "b"], ["x.parent.a", "x.parent.b"]),
        Index(None, "b", "a"),
    )
    assert names(child) == {
        "pk_child",
        "ix_child_a",
        "ix_child_b_a",
        "uq_child_b",
        "uq_child_b_a",
        "fk_child_a_b_parent",
    }


def test_explicit_names_stay_and_checks_are_prefixed_once(tables: MetaData) -> None:
    """A name that was written is kept; a CHECK's becomes ``ck_<table>_<name>`` unless it is that already."""
    table = Table(
        "t",
        tables,
        Column("a", Integer),
        UniqueConstraint("a", name="only_one"),
        CheckConstraint("a > 0", name="positive"),
        CheckConstraint("a < 9", name="ck_t_small"),
        Index("by_a", "a"),
    )
    assert names(table) == {"pk_t", "only_one", "ck_t_positive", "ck_t_small", "by_a"}


def test_unnamed_checks_get_a_name_from_columns_and_text(tables: MetaData) -> None:
    """Unnamed CHECKs get names that differ with their text and do not depend on the interpreter."""
    column = Column("a", Integer)
    table = Table("t", tables, column, CheckConstraint(column > 0), CheckConstraint("a < 9"))
    assert names(table) == {"pk_t", "ck_t_a_check_4ead0c05", "ck_t_check_9f899631"}


def test_checks_of_two_boolean_columns_do_not_share_a_name(tables: MetaData) -> None:
    """The CHECKs that Boolean and Enum make are named after their columns."""
    mood = Enum("a", "b", name="mood", native_enum=False, create_constraint=True)
    table = Table("t", tables, Column("x", mood), Column("y", mood.copy()))
    assert "ck_t_x_mood CHECK" in ddl(table)
    assert "ck_t_y_mood CHECK" in ddl(table)


def test_unnamed_type_checks_have_a_name_on_other_databases(tables: MetaData) -> None:
    """An unnamed CHECK of a Boolean is named where the database has no booleans."""
    table = Table("t", tables, Column("x", Boolean(create_constraint=True)))
    assert "CONSTRAINT ck_t_x_values_" in str(CreateTable(table).compile(dialect=sqlite.dialect()))


def test_expressions_are_named_by_their_words(tables: MetaData) -> None:
    """An index or an exclusion on an expression is named by the words in it."""
    table = Table("t", tables, Column("name", String), Column("a", Integer), Index(None, text("(a + 1)")))
    Index(None, func.lower(table.c.name))
    ExcludeConstraint((table.c.a, "="), using="gist")
    assert names(table) >= {"ix_t_lower_name", "ix_t_a_1", "ex_t_a"}


def test_a_key_by_column_is_named_like_a_key_by_name(tables: MetaData) -> None:
    """``ForeignKey(User.id)`` and ``ForeignKey("x.users.id")`` get the same name."""
    users = Table("users", tables, Column("id", Integer, primary_key=True), schema="x")
    by_column = Table("t", tables, Column("user_id", ForeignKey(users.c.id)))
    assert "fk_t_user_id_users" in names(by_column)


def test_a_key_without_a_column_names_its_table(tables: MetaData) -> None:
    """``ForeignKey("users")`` points at the column of the same name, and is named after the table."""
    table = Table("t", tables, Column("id", Integer, ForeignKey("users")))
    assert "fk_t_id_users" in names(table)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=90))
def test_names_fit_and_differ(name: str) -> None:
    """A name never exceeds 63 bytes, keeps its beginning, and differs where the whole differs."""
    short = naming.fit(name)
    assert len(short.encode()) <= 63
    if short != name:
        assert name.startswith(short[:-9].rstrip("_")[:1])
        assert naming.fit(name + "x") != short


def test_long_unicode_names_reach_sql_uncut(tables: MetaData) -> None:
    """A name of two-byte characters is cut by bytes, before SQLAlchemy or PostgreSQL would."""
    table = Table("ü" * 30, tables, Column("straße" * 5, Integer, unique=True))
    unique = next(c for c in table.constraints if isinstance(c, UniqueConstraint))
    assert len(str(unique.name).encode()) <= 63
    assert str(unique.name) in ddl(table)


def test_tables_from_before_are_named_too() -> None:
    """What was declared before the convention gets the names that it would have got after."""

    def declare(metadata: MetaData) -> Table:
        return Table(
            "t",
            metadata,
            Column("a", Integer, primary_key=True),
            Column("b", Integer, ForeignKey("t.a"), index=True, unique=False),
            UniqueConstraint("b"),
            CheckConstraint("b > 0"),
            CheckConstraint("b > 1", name="more"),
            Index("mine", "b"),
            schema="s",
        )

    late, early = MetaData(), MetaData()
    naming.apply(early)
    late_table, early_table = declare(late), declare(early)
    naming.apply(late)
    naming.apply(late)
    assert names(late_table) == names(early_table)


def test_patterns_of_the_project_stay() -> None:
    """A pattern that the project set itself is kept; the others are added."""
    metadata = MetaData(naming_convention={"pk": "%(table_name)s_pkey"})
    table = Table("t", metadata, Column("a", Integer, primary_key=True, unique=True))
    naming.apply(metadata)
    assert names(table) == {"t_pkey", "uq_t_a"}


def test_names_are_the_same_in_another_interpreter() -> None:
    """Names do not depend on the seed of Python's hashes."""
    program = (
        "from sqlalchemy import *; from trueline.declared import naming\n"
        "m = MetaData(); naming.apply(m)\n"
        "t = Table('t' * 60, m, Column('a', Integer, unique=True), CheckConstraint('a > 0'))\n"
        "print(sorted(c.name for c in t.constraints))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path.cwd())},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize(
    ("fullname", "expected"),
    [("users", (None, "users", None)), ("users.id", (None, "users", "id")), ("a.users.id", ("a", "users", "id"))],
)
def test_targets_are_split(fullname: str, expected: tuple[str | None, str, str | None]) -> None:
    """A key's target is read as schema, table and column."""
    assert naming.split_target(fullname) == expected


@pytest.mark.parametrize("target", ["s.t.id", Table("t", MetaData(), Column("id", Integer), schema="s").c.id])
def test_what_a_key_points_at(target: str | Column[int]) -> None:
    """Schema, table and column, by name or by the column itself."""
    key = ForeignKey(target)
    Table("u", MetaData(), Column("t_id", key))
    assert naming.target_of(key) == ("s", "t", "id")


def test_dots_in_what_a_key_points_at() -> None:
    """They are a part of the names, where the column itself was given."""
    target = Table("t.x", MetaData(), Column("i.d", Integer), schema="s.y")
    key = ForeignKey(target.c["i.d"])
    Table("u", target.metadata, Column("t_id", key))
    assert naming.target_of(key) == ("s.y", "t.x", "i.d")
    assert list(problems(target.metadata)) == []
