"""Models as tables."""

import re
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ValidationError
from sqlalchemy import CheckConstraint, Column, Computed, Engine, ForeignKey, Identity, Integer, String, inspect
from sqlalchemy.orm import declared_attr
from sqlmodel import Session, select

import trueline
from tests.declared.conftest import Build
from trueline import Field, Model, Relationship
from trueline.declared import origin
from trueline.declared.metadata import metadata


def test_a_model_is_a_table_with_columns_like_sqlmodels() -> None:
    """Names, defaults, keys and nullability are what SQLModel makes of them."""

    class Station(Model, table=True):
        __table_args__ = {"schema": "club"}
        id: int | None = Field(default=None, primary_key=True)
        name: str = Field(index=True, unique=True)
        slogan: str | None = None
        floor: int | None = Field(default=2, nullable=False)
        alias: Annotated[str | None, Field(max_length=9)] = None

    table = Station.__table__
    assert table.fullname == "club.station"
    assert [(c.name, c.nullable, c.primary_key) for c in table.columns] == [
        ("id", False, True),
        ("name", False, False),
        ("slogan", True, False),
        ("floor", False, False),
        ("alias", True, False),
    ]
    assert str(table.c.alias.type) == "VARCHAR(9)"
    assert Station(name="x").floor == 2
    assert {index.name for index in table.indexes} == {"ix_station_name"}


def test_table_in_the_config_works_too() -> None:
    """``model_config = {"table": True}`` makes a table, as with SQLModel."""

    class Station(Model):
        model_config = {"table": True}
        id: int = Field(primary_key=True)

    assert "station" in metadata.tables


def test_a_model_without_a_table_validates() -> None:
    """A class without ``table=True`` is a schema: it validates, and the table below it has its fields."""

    class StationBase(Model):
        name: str = Field(max_length=3)

    class Station(StationBase, table=True):
        id: int = Field(primary_key=True)

    with pytest.raises(ValidationError):
        StationBase(name="long")
    assert str(Station.__table__.c.name.type) == "VARCHAR(3)"
    assert Station.model_validate({"id": 1, "name": "abc"}).name == "abc"


def test_relationships_work(sqlite: Engine, build: Build) -> None:
    """Relationships between models load as SQLModel's do."""
    build_relationship_models()
    from sqlmodel import SQLModel

    classes = {mapper.class_.__name__: mapper.class_ for mapper in SQLModel._sa_registry.mappers}
    Team: Any = classes["RelTeam"]  # noqa: N806 - a class
    Hero: Any = classes["RelHero"]  # noqa: N806 - a class
    build(sqlite)
    with Session(sqlite) as session:
        session.add(Team(id=1, heroes=[Hero(id=1), Hero(id=2)]))
        session.commit()
        session.expire_all()
        assert session.exec(select(Hero).where(Hero.id == 2)).one().team.id == 1
        assert len(session.exec(select(Team)).one().heroes) == 2


def build_relationship_models() -> None:
    class RelTeam(Model, table=True):
        id: int = Field(primary_key=True)
        heroes: list["RelHero"] = Relationship(back_populates="team")

    class RelHero(Model, table=True):
        id: int = Field(primary_key=True)
        team_id: int | None = Field(default=None, foreign_key="relteam.id")
        team: RelTeam | None = Relationship(back_populates="heroes")


class Shared(Model):
    """Columns with everything that could be shared by mistake."""

    number: int = Field(sa_column=Column(Integer, CheckConstraint("number > 0", name="positive"), index=True))
    counted: int | None = Field(default=None, sa_column_args=[Identity()])
    owner_id: int = Field(sa_column=Column(ForeignKey("shared_owner.id"), nullable=False))


def test_columns_of_a_base_are_copied_for_every_table() -> None:
    """``sa_column`` and ``sa_column_args`` of a base work in any number of tables."""

    class Owner(Model, table=True):
        __tablename__ = "shared_owner"
        id: int = Field(primary_key=True)

    class One(Shared, table=True):
        id: int = Field(primary_key=True)

    class Two(Shared, table=True):
        id: int = Field(primary_key=True)

    for table in (One.__table__, Two.__table__):
        assert {key.target_fullname for key in table.c.owner_id.foreign_keys} == {"shared_owner.id"}
        assert isinstance(table.c.owner_id.type, Integer)
        assert table.c.counted.identity is not None
        assert f"ix_{table.name}_number" in {index.name for index in table.indexes}
    assert One.__table__.c.number is not Two.__table__.c.number


def test_a_column_of_its_own_keeps_its_name() -> None:
    """A column that is given as ``sa_column`` may have another name than its field."""

    class Item(Model, table=True):
        id: int = Field(primary_key=True)
        kind: str = Field(sa_column=Column("type", String(5)), min_length=2)
        double: int | None = Field(default=None, sa_column_args=[Computed("id * 2")])

    assert "type" in Item.__table__.c
    assert "ck_item_type_min_length" in {str(c.name) for c in Item.__table__.constraints}
    assert inspect(Item).columns["kind"].name == "type"


def test_table_arguments_of_a_base_may_depend_on_the_class() -> None:
    """``__table_args__`` as a declared_attr is asked for each class."""

    class Located(Model):
        @declared_attr.directive
        @classmethod
        def __table_args__(cls) -> dict[str, str]:
            return {"schema": f"s_{cls.__name__.lower()}"}

    class One(Located, table=True):
        id: int = Field(primary_key=True)

    assert One.__table__.fullname == "s_one.one"


def test_json_models_come_back_as_models(sqlite: Engine, build: Build) -> None:
    """A pydantic model in a column is stored as JSON and comes back as a model."""

    class Point(BaseModel):
        x: int
        at: uuid.UUID

    class Place(Model, table=True):
        id: int = Field(primary_key=True)
        point: Point
        more: list[Point] = []
        none: Point | None = None

    build(sqlite)
    point = Point(x=1, at=uuid.uuid4())
    with Session(sqlite) as session:
        session.add(Place(id=1, point=point, more=[point]))
        session.commit()
        session.expire_all()
        found = session.exec(select(Place)).one()
        assert (found.point, found.more, found.none) == (point, [point], None)


def test_a_table_knows_where_it_was_declared() -> None:
    """File, line, module and class of a model are kept with its table."""

    class Station(Model, table=True):
        id: int = Field(primary_key=True)

    found = origin.of(Station.__table__)
    assert found is not None
    assert found.file == __file__
    assert found.module == __name__
    assert found.qualname == "test_a_table_knows_where_it_was_declared.<locals>.Station"
    assert Path(found.file).read_text().splitlines()[found.line - 1].strip() == "class Station(Model, table=True):"


def test_the_package_hands_out_the_one_metadata() -> None:
    """``trueline.metadata`` is SQLModel's."""
    from sqlmodel import SQLModel

    assert trueline.metadata is SQLModel.metadata is metadata


SAMPLE = """
import datetime as dt
from typing import Literal
from sqlalchemy import Index
from trueline import Field, Model, Relationship, Timestamps, UuidKey
from trueline.types import JSONB, LowerText

class Team(Timestamps, UuidKey, Model, table=True):
    __tablename__ = "teams"
    __table_args__ = {"schema": "club"}
    name: str = Field(max_length=40, unenforced={"length"})
    kind: Literal["a", "b"] = "a"
    heroes: list["Hero"] = Relationship(back_populates="team")

class Hero(Model, table=True):
    __table_args__ = (Index(None, "email"), {"schema": "club"})
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(sa_type=LowerText(320), unique=True, pattern="@")
    extra: dict[str, int] = Field(default_factory=dict, sa_type=JSONB)
    team: Team | None = Relationship(back_populates="heroes")

hero = Hero(email="a@b")
number: int | None = hero.id
team = Team(name="x", heroes=[hero])
moment: dt.datetime = team.created_at
"""


def _mypy(source: str, folder: Path) -> str:
    file = folder / "sample.py"
    file.write_text(source)
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(folder / "cache"), str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path.cwd()).stdout


def test_models_pass_strict_typing(tmp_path: Path) -> None:
    """What users write is clean under mypy --strict, and wrong arguments are found."""
    pytest.importorskip("mypy")
    assert "Success" in _mypy(SAMPLE, tmp_path)
    wrong = _mypy(SAMPLE + "\nHero(email=1)\nHero()\nreveal_type(Hero(email='a').email)\n", tmp_path)
    assert 'Argument "email" to "Hero" has incompatible type "int"' in wrong
    assert 'Missing named argument "email"' in wrong
    assert re.search(r'Revealed type is "(builtins\.)?str"', wrong)
