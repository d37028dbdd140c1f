"""Mixins in tables."""

import datetime as dt
import uuid
from typing import ClassVar

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, SQLModel, select

from tests.declared.conftest import Build
from trueline import Field, Model, SoftDelete, TenantScoped, Timestamps, UuidKey
from trueline.declared.guards import SecondOwnerError
from trueline.declared.keys import KeyTypeError
from trueline.declared.metadata import metadata

DATABASES = pytest.mark.parametrize("database", ["sqlite", "postgres"])


class ClubScoped(TenantScoped):
    """Tenants of another schema than the default's, which the application's own tables occupy here."""

    __tenant_key__: ClassVar[str] = "club.tenants.id"


def declare() -> tuple[type[Model], type[Model]]:
    class Tenant(Model, table=True):
        __tablename__ = "tenants"
        __table_args__ = {"schema": "club"}
        id: int | None = Field(default=None, primary_key=True)

    class Station(Timestamps, SoftDelete, ClubScoped, UuidKey, Model, table=True):
        name: str

    class Show(Model, Timestamps, SoftDelete, ClubScoped, UuidKey, table=True):
        name: str

    return Station, Show


def test_mixins_work_in_many_tables_and_in_any_order() -> None:
    """The same mixins give two tables columns of their own, whether `Model` comes first or last."""
    Station, Show = declare()  # noqa: N806 - classes
    wanted = {"id", "created_at", "updated_at", "deleted_at", "tenant_id", "name"}
    for table in (Station.__table__, Show.__table__):
        assert set(table.c.keys()) == wanted
        assert {key.target_fullname for key in table.foreign_keys} == {"club.tenants.id"}
        assert {index.name for index in table.indexes} == {f"ix_{table.name}_tenant_id"}
        assert not table.c.created_at.nullable
        assert table.c.deleted_at.nullable


def test_a_class_of_mixins_alone_is_guarded_too() -> None:
    """A table made of mixins without `Model` is checked like any other."""

    class One(UuidKey, table=True):
        name: str

    with pytest.raises(SecondOwnerError):

        class Two(UuidKey, table=True):
            __tablename__ = "one"

    assert SQLModel in One.__mro__


@DATABASES
def test_rows_carry_their_times(database: str, request: pytest.FixtureRequest, build: Build) -> None:
    """A row is stamped when it is created and again when it changes; both moments are aware."""
    engine: Engine = request.getfixturevalue(database)

    class Station(Timestamps, UuidKey, Model, table=True):
        name: str

    build(engine)
    with Session(engine) as session:
        station = Station(name="a")
        assert isinstance(station.id, uuid.UUID)
        session.add(station)
        session.commit()
        created, first = station.created_at, station.updated_at
        assert created.tzinfo is not None
        station.name = "b"
        session.commit()
        session.refresh(station)
        assert station.created_at == created
        assert station.updated_at > first


@DATABASES
def test_other_writers_need_no_key_and_no_times(database: str, request: pytest.FixtureRequest, build: Build) -> None:
    """A row that is written by hand gets a key and its times from the database."""
    engine: Engine = request.getfixturevalue(database)

    class Station(Timestamps, UuidKey, Model, table=True):
        name: str

    build(engine)
    with Session(engine) as session:
        for _ in range(50):
            session.connection().execute(text("INSERT INTO station (name) VALUES ('a')"))
        found = session.exec(select(Station)).all()
    assert len({station.id for station in found}) == 50
    assert all((s.id.version, s.id.variant) == (4, uuid.RFC_4122) for s in found)
    assert all(abs(s.created_at - dt.datetime.now(dt.UTC)) < dt.timedelta(hours=1) for s in found)


def test_deleted_rows_are_marked(sqlite: Engine, build: Build) -> None:
    """A row can be marked, found by its mark and restored; the first mark stays."""

    class Booking(SoftDelete, Model, table=True):
        id: int = Field(primary_key=True)

    build(sqlite)
    moment = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    with Session(sqlite) as session:
        session.add_all([Booking(id=1), Booking(id=2)])
        session.commit()
        gone = session.get_one(Booking, 1)
        gone.mark_deleted(moment)
        gone.mark_deleted()
        session.commit()
        assert gone.is_deleted
        assert gone.deleted_at == moment
        assert [b.id for b in session.exec(select(Booking).where(Booking.alive())).all()] == [2]
        gone.restore()
        assert not gone.is_deleted


def test_the_tenants_key_can_be_named() -> None:
    """``__tenant_key__`` on a base of the project decides where ``tenant_id`` points."""

    class Tenant(Model, table=True):
        __tablename__ = "organisations"
        id: int = Field(primary_key=True)

    class Owned(TenantScoped):
        __tenant_key__: ClassVar[str] = "organisations.id"

    class Thing(Owned, Model, table=True):
        id: int = Field(primary_key=True)

    assert {key.target_fullname for key in Thing.__table__.foreign_keys} == {"organisations.id"}


def test_a_tenant_of_another_type_is_refused() -> None:
    """Where tenants have another key, the guard says so, and the field can be declared anew."""

    class Tenant(UuidKey, Model, table=True):
        __tablename__ = "tenants"
        __table_args__ = {"schema": "club"}

    with pytest.raises(KeyTypeError, match=r"thing\.tenant_id is INTEGER"):

        class Thing(ClubScoped, Model, table=True):
            id: int = Field(primary_key=True)

    class Thing(ClubScoped, Model, table=True):  # type: ignore[no-redef]  # the corrected class
        id: int = Field(primary_key=True)
        tenant_id: uuid.UUID = Field(foreign_key="club.tenants.id", index=True)  # type: ignore[assignment]  # another type

    assert "thing" in metadata.tables
