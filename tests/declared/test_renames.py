"""Former names of tables, columns and values of enums."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from trueline import Field, Model
from trueline.declared.guards import verify
from trueline.declared.metadata import metadata as the_one
from trueline.declared.renames import Renames, renamed_values, renames_of
from trueline.declared.undo import forget
from trueline.errors import TruelineError


@pytest.fixture
def declared() -> Iterator[list[type]]:
    """Classes to take out of the one metadata again."""
    made: list[type] = []
    yield made
    for cls in made:
        forget(cls)


def test_models_hints(declared: list[type]) -> None:
    """A model says its former name as a keyword or in its body, a field as an argument."""

    class Booking(Model, table=True, renamed_from="public.reservations"):
        __tablename__ = "renamed_bookings"
        __table_args__ = {"schema": "core"}

        id: int | None = Field(default=None, primary_key=True)
        guests: int = Field(renamed_from="guest_count")

    class Station(Model, table=True):
        __renamed_from__ = "places"
        __tablename__ = "renamed_stations"
        __table_args__ = {"schema": "core"}

        id: int | None = Field(default=None, primary_key=True, renamed_from="key")

    declared += [Booking, Station]
    found = renames_of(the_one, "public")
    assert found.tables == {
        ("core", "renamed_bookings"): ("public", "reservations"),
        ("core", "renamed_stations"): ("core", "places"),
    }
    assert found.columns == {
        (("core", "renamed_bookings"), "guests"): "guest_count",
        (("core", "renamed_stations"), "id"): "key",
    }
    verify(the_one)


def test_hint_is_not_inherited(declared: list[type]) -> None:
    """What a table was called says nothing about the next class."""

    class Base(Model):
        id: int | None = Field(default=None, primary_key=True)

    class RenamedOne(Base, table=True, renamed_from="old_one"):
        pass

    class RenamedTwo(Base, table=True):
        pass

    declared += [RenamedOne, RenamedTwo]
    assert renames_of(the_one, "public").tables == {("public", "renamedone"): ("public", "old_one")}


def test_plain_classes_say_the_same(declared: list[type]) -> None:
    """A class of SQLModel itself is heard as a model is: keyword, body, and fields however they are written."""

    class Base(SQLModel):
        seats: int = Field(renamed_from="chairs")

    class Hall(Base, table=True, renamed_from="public.rooms"):
        __tablename__ = "plain_halls"

        id: int | None = Field(default=None, primary_key=True)
        name: str = Field(sa_column=sa.Column("label", sa.Text), renamed_from="title", storage="external")
        floor: Annotated[int, Field(renamed_from="level")] = 0
        wing: Annotated[str, Field(renamed_from="part")] | None = None

    class Door(SQLModel, table=True):
        __tablename__ = "plain_doors"
        __renamed_from__ = "gates"

        id: int | None = Field(default=None, primary_key=True)

    declared += [Hall, Door]
    found = renames_of(the_one, "public")
    assert found.tables == {
        ("public", "plain_halls"): ("public", "rooms"),
        ("public", "plain_doors"): ("public", "gates"),
    }
    there = {column: old for (_, column), old in found.columns.items()}
    assert there == {"seats": "chairs", "label": "title", "floor": "level", "wing": "part"}
    verify(the_one)


def test_plain_tables_hints() -> None:
    """Tables and columns of SQLAlchemy say it in info; a pair may have dots in it."""
    metadata = sa.MetaData()
    sa.Table("a", metadata, sa.Column("x", sa.Integer, info={"renamed_from": "y"}), info={"renamed_from": "b"})
    sa.Table("c", metadata, schema="s", info={"renamed_from": ("x.y", "z.%")})
    sa.Table("d", metadata, schema="s", info={"renamed_from": "public.d"})
    assert renames_of(metadata, "main") == Renames(
        tables={("main", "a"): ("main", "b"), ("s", "c"): ("x.y", "z.%"), ("s", "d"): ("public", "d")},
        columns={(("main", "a"), "x"): "y"},
    )


@renamed_values({"in progress": "running"}, done="finished")
class Decorated(enum.Enum):
    OPEN = "open"
    IN_PROGRESS = "in progress"
    DONE = "done"


class Plain(enum.Enum):
    __renamed_from__ = {"done": "finished"}
    OPEN = "open"
    DONE = "done"


class Text(enum.StrEnum):
    __renamed_from__ = {"done": "finished"}
    OPEN = "open"
    DONE = "done"


class Mixed(str, enum.Enum):  # noqa: UP042 - how it was written before StrEnum
    __renamed_from__ = {"done": "finished"}
    OPEN = "open"
    DONE = "done"


class Number(enum.IntEnum):
    __renamed_from__ = {2: 20}
    ONE = 1
    TWO = 2


@pytest.mark.parametrize(
    ("cls", "hints"),
    [
        (Decorated, {"done": "finished", "in progress": "running"}),
        (Plain, {"done": "finished"}),
        (Text, {"done": "finished"}),
        (Mixed, {"done": "finished"}),
        (Number, {"2": "20"}),
    ],
)
def test_enums_hints(declared: list[type], cls: Any, hints: dict[str, str]) -> None:
    """A value's former name is said in the class or above it, in every kind of enum, and adds no member."""

    body = {
        "__module__": __name__,
        "__qualname__": "Holder",
        "__tablename__": "renamed_holder",
        "__table_args__": {"schema": "s"},
        "__annotations__": {"id": int | None, "one": cls, "several": list[cls]},
        "id": Field(default=None, primary_key=True),
    }
    metaclass: Any = type(Model)
    declared.append(metaclass("Holder", (Model,), body, table=True))
    assert renames_of(the_one, "public").labels == {("s", cls.__name__.lower()): hints}
    assert "renamed" not in " ".join(cls.__members__)


def test_plain_enums_hints() -> None:
    """A column of SQLAlchemy's Enum says it in info, with or without a Python enum."""
    metadata = sa.MetaData(schema="m")
    texts = sa.Enum("open", "done", name="state", metadata=metadata)
    sa.Table(
        "t",
        metadata,
        sa.Column("a", texts, info={"renamed_values": {"done": "finished"}}),
        sa.Column(
            "b", sa.ARRAY(sa.Enum(Plain, name="Plain %", schema="s")), info={"renamed_values": {"DONE": "ENDED"}}
        ),
    )
    assert renames_of(metadata, "public").labels == {
        ("m", "state"): {"done": "finished"},
        ("s", "Plain %"): {"DONE": "ENDED"},
    }


def tables(*given: tuple[str, Any]) -> sa.MetaData:
    metadata = sa.MetaData()
    for name, hint in given:
        sa.Table(name, metadata, sa.Column("id", sa.Integer), info={"renamed_from": hint} if hint else {})
    return metadata


def column(info: dict[str, Any], type_: Any = sa.Integer) -> sa.MetaData:
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("a", type_, info=info), sa.Column("b", sa.Integer))
    return metadata


STATE = sa.Enum("open", "done", name="state")


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        (tables(("a", "b"), ("b", None)), "a says that it was public.b, but that is declared as well"),
        (tables(("a", "public.a")), "a says that it was renamed from itself"),
        (tables(("a", "old"), ("b", "old")), "public.a and public.b both say that they were public.old"),
        (tables(("a", 5)), "renamed_from is 5, not a name"),
        (tables(("a", "")), None),
        (tables(("a", ("x",))), "not a name"),
        (column({"renamed_from": "b"}), "t.a says that it was renamed from b, but the table has that column as well"),
        (column({"renamed_from": "a"}), "t.a says that it was renamed from itself"),
        (column({"renamed_from": 5}), "renamed_from is 5, not a name"),
        (column({"renamed_values": {"dome": "x"}}, STATE.copy()), "enum type state has no value 'dome'"),
        (column({"renamed_values": {"done": "open"}}, STATE.copy()), "from 'open', but has that value as well"),
    ],
)
def test_hints_that_cannot_be_true(metadata: sa.MetaData, message: str | None) -> None:
    """A hint whose old name is still declared, that two claim or that names itself, is an error with the way out."""
    if message is None:
        assert renames_of(metadata, "public").tables == {}
        return
    with pytest.raises(TruelineError, match=message) as caught:
        renames_of(metadata, "public")
    assert caught.value.where
    assert caught.value.fix
    with pytest.raises(TruelineError, match=message):
        verify(metadata)


def test_two_columns_of_one_former_name() -> None:
    """Only one column can have the data."""
    metadata = sa.MetaData()
    info = {"renamed_from": "old"}
    sa.Table("t", metadata, sa.Column("a", sa.Integer, info=info), sa.Column("b", sa.Integer, info=info))
    with pytest.raises(TruelineError, match=r"public\.t\.a and public\.t\.b both say that they were public\.t\.old"):
        renames_of(metadata, "public")


def test_unknown_value_is_refused_at_the_enum() -> None:
    """The new value comes first; the error suggests the nearest one."""
    with pytest.raises(TruelineError, match=r"enum .*Wrong has no value 'finished'") as caught:

        @renamed_values(finished="done")
        class Wrong(enum.Enum):
            OPEN = "open"
            DONE = "done"

    assert "the new value comes first" in str(caught.value.fix)


def test_type_with_variants_and_no_name() -> None:
    """Enums that are no types of PostgreSQL have no values to rename there."""
    metadata = column({"renamed_values": {"x": "y"}}, sa.Enum("a", "b", native_enum=False))
    assert renames_of(metadata, "public").labels == {}
