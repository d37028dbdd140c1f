"""Classes that are refused, and the look at all tables together."""

import importlib.util
import sys
import uuid
from pathlib import Path

import pytest
from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Uuid
from sqlalchemy.ext.automap import automap_base
from sqlalchemy.orm import DeclarativeBase, declarative_base, registry
from sqlmodel import Field as PlainField
from sqlmodel import SQLModel

from trueline import Field, Model
from trueline.declared.guards import (
    DeclarationError,
    OtherBaseError,
    SecondOwnerError,
    SharedArgumentsError,
    TableFromTableError,
    verify,
)
from trueline.declared.keys import KeyTargetError
from trueline.declared.metadata import metadata
from trueline.declared.model import ModelMeta


def station() -> type[Model]:
    class Station(Model, table=True):
        __table_args__ = {"schema": "club"}
        id: int = Field(primary_key=True)

    return Station


def plain_station() -> None:
    class Station(SQLModel, table=True):
        __table_args__ = {"schema": "club"}
        id: int = PlainField(primary_key=True)


def core_station() -> None:
    Table("station", metadata, Column("id", Integer, primary_key=True), schema="club")


@pytest.mark.parametrize("first", [station, plain_station, core_station])
def test_a_second_class_for_a_table_is_refused(first: object) -> None:
    """Whoever declared a table first, a second class for it is an error that names both places."""
    first()  # type: ignore[operator]  # one of the functions above
    owner = metadata.tables["club.station"]
    with pytest.raises(SecondOwnerError) as caught:

        class Other(Model, table=True):
            __tablename__ = "station"
            __table_args__ = {"schema": "club", "extend_existing": True}
            uid: uuid.UUID = Field(primary_key=True)

    message = str(caught.value)
    assert "table club.station is declared twice" in message
    assert message.count("test_guards.py:") == 2
    assert "Other)" in message
    assert '__tablename__ = "station_2"' in message
    assert metadata.tables["club.station"] is owner
    assert "uid" not in owner.c


def test_one_name_in_two_schemas_is_two_tables() -> None:
    """The same table name in another schema is another table."""
    station()

    class Other(Model, table=True):
        __tablename__ = "station"
        id: int = Field(primary_key=True)

    assert {"station", "club.station"} <= metadata.tables.keys()


def module_from(file: Path, name: str) -> None:
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[name]


def test_one_file_under_two_names_is_explained(tmp_path: Path) -> None:
    """A file that is imported under two names gets the import to write; one that is executed twice is told so."""
    file = tmp_path / "user.py"
    file.write_text(
        "from trueline import Field, Model\nclass User(Model, table=True):\n    id: int = Field(primary_key=True)\n"
    )
    module_from(file, "app_models_user")
    with pytest.raises(SecondOwnerError, match="from app_models_user import User"):
        module_from(file, "user")
    with pytest.raises(SecondOwnerError, match="executed twice"):
        module_from(file, "app_models_user")


class OldBase(DeclarativeBase):
    pass


OlderBase = declarative_base()
OtherRegistry = registry()
Auto = automap_base()


class OtherPlain(SQLModel, registry=registry()):
    pass


@pytest.mark.parametrize("base", [OldBase, OlderBase, Auto, OtherPlain])
def test_a_class_on_another_base_is_refused(base: type) -> None:
    """A declarative base of its own metadata beside `Model` is an error that names it."""
    with pytest.raises(OtherBaseError) as caught:
        ModelMeta("Thing", (Model, base), {"__module__": __name__, "__qualname__": "Thing"}, table=True)
    assert base.__qualname__ in str(caught.value)
    assert "class Thing(Model, table=True)" in str(caught.value)
    assert "test_guards.py:" in str(caught.value)
    assert "thing" not in metadata.tables


def test_a_class_with_its_own_metadata_is_refused() -> None:
    """``metadata = MetaData()`` in a class is an error."""
    with pytest.raises(OtherBaseError, match="a metadata of its own"):

        class Thing(Model, table=True):
            metadata = MetaData()
            id: int = Field(primary_key=True)


def test_a_class_with_its_own_registry_is_refused() -> None:
    """``registry=`` is an error."""
    with pytest.raises(OtherBaseError, match="a registry of its own"):

        class Base(Model, registry=registry()):
            pass


def test_a_table_of_another_metadata_is_refused() -> None:
    """``__table__`` from another metadata is an error."""
    table = Table("thing", MetaData(), Column("id", Integer, primary_key=True))
    with pytest.raises(OtherBaseError, match="takes the table thing of another metadata"):

        class Thing(Model, table=True):
            __table__ = table


def test_a_table_from_a_table_is_refused() -> None:
    """A table class below a table class is an error that shows the base to write."""
    Station = station()  # noqa: N806 - a class
    with pytest.raises(TableFromTableError) as caught:

        class Special(Station, table=True):  # type: ignore[misc, valid-type, call-arg]  # made at run time
            extra: str = ""

    message = str(caught.value)
    assert "class Special inherits from" in message
    assert message.count("test_guards.py:") == 2
    assert "class StationBase(Model):" in message


def test_a_model_below_a_plain_table_is_refused() -> None:
    """The same holds where the parent is a plain SQLModel class."""

    class Plain(SQLModel, table=True):
        id: int = PlainField(primary_key=True)

    with pytest.raises(TableFromTableError):

        class Special(Plain, Model, table=True):
            extra: str = ""


class Indexed(Model):
    """A base whose index can belong to one table only."""

    __table_args__ = (Index(None, "name"), {"schema": "s"})
    name: str


def test_an_index_that_two_tables_would_share_is_refused() -> None:
    """Objects in a base's ``__table_args__`` serve one table; the second gets the form that serves many."""

    class First(Indexed, table=True):
        id: int = Field(primary_key=True)

    assert {index.name for index in First.__table__.indexes} == {"ix_first_name"}
    with pytest.raises(SharedArgumentsError) as caught:

        class Second(Indexed, table=True):
            id: int = Field(primary_key=True)

    message = str(caught.value)
    assert "Index ix_first_name of Indexed belongs to table s.first; class Second cannot have it too" in message
    assert "declared_attr.directive" in message
    assert "s.second" not in metadata.tables


def test_fields_may_be_called_like_parts_of_a_base() -> None:
    """A schema with a field named ``registry`` is no class of another registry."""

    class Base(Model):
        registry: str = "npm"

    class Package(Base):
        name: str

    assert Package(name="a").registry == "npm"


def test_after_an_error_the_corrected_class_works() -> None:
    """A refused class leaves no table, no mapper and no name behind."""
    mappers = set(Model._sa_registry.mappers)
    with pytest.raises(TypeError, match="nonsense"):

        class Thing(Model, table=True):
            __mapper_args__ = {"nonsense": True}
            id: int = Field(primary_key=True)

    assert "thing" not in metadata.tables
    assert set(Model._sa_registry.mappers) == mappers

    class Thing(Model, table=True):  # type: ignore[no-redef]  # the corrected class
        id: int = Field(primary_key=True)

    assert Thing(id=1).id == 1


def test_verify_lists_every_problem_at_once() -> None:
    """All keys that find nothing are reported together, each with its nearest way out."""
    station()
    Table("one", metadata, Column("x", Integer, ForeignKey("club.statoin.id")))
    Table("two", metadata, Column("y", Integer, ForeignKey("nowhere.to_be_found.id")))
    with pytest.raises(DeclarationError) as caught:
        verify(metadata)
    message = str(caught.value)
    assert "2 problems" in message
    assert 'fix: foreign_key="club.station.id"' in message
    assert "no table nowhere.to_be_found is declared" in message
    assert message.count("test_guards.py:") == 2


def test_verify_finds_a_key_that_came_before_its_schema() -> None:
    """A key without a schema that was declared before the table is found at the latest here."""
    Table("one", metadata, Column("x", Integer, ForeignKey("station.id")))
    station()
    with pytest.raises(KeyTargetError, match=r'foreign_key="club.station.id"'):
        verify(metadata)


def test_verify_finds_a_column_that_never_came() -> None:
    """A key to a column that its table, declared later, does not have is found here."""
    Table("one", metadata, Column("x", Integer, ForeignKey("club.station.code")))
    station()
    with pytest.raises(KeyTargetError, match=r"club\.station has no column code"):
        verify(metadata)


def test_verify_finds_types_that_were_changed_afterwards() -> None:
    """A column that joins its table later is compared here."""
    station()
    table = Table("one", metadata, Column("id", Integer, primary_key=True))
    table.append_column(Column("x", Uuid(), ForeignKey("club.station.id")))
    with pytest.raises(Exception, match=r"one\.x is UUID"):
        verify(metadata)


def test_verify_finds_a_table_with_two_plain_classes() -> None:
    """``extend_existing`` gives a plain class somebody else's table; that is found here."""
    Station = station()  # noqa: N806 - a class; mappers live as long as their class

    class Other(SQLModel, table=True):
        __tablename__ = "station"
        __table_args__ = {"schema": "club", "extend_existing": True}
        id: int = PlainField(primary_key=True)

    assert Station.__table__ is Other.__table__  # type: ignore[attr-defined]  # SQLModel leaves it undeclared
    with pytest.raises(SecondOwnerError, match=r"club.station has 2 classes: .*Station, .*Other"):
        verify(metadata)


def test_verify_finds_two_indexes_of_one_name() -> None:
    """Two indexes of a schema that would share a name are found before PostgreSQL refuses the second."""
    Table("a_b", metadata, Column("c", Integer, index=True), schema="s")
    Table("a", metadata, Column("b_c", Integer), Index("ix_a_b_c", "b_c"), schema="s")
    with pytest.raises(DeclarationError) as caught:
        verify(metadata)
    assert "2 indexes or keys are named ix_a_b_c in schema s" in str(caught.value)
    assert str(caught.value).count("test_guards.py:") == 2


def test_verify_returns_a_metadata_that_holds() -> None:
    """Where nothing is wrong, the metadata comes back."""
    station()
    assert verify(metadata) is metadata
