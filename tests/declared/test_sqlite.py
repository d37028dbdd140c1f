"""Models on SQLite."""

import pytest
from sqlalchemy import Engine, Index, Integer, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.exc import IntegrityError

from tests.declared.conftest import Build
from trueline import Field, Model
from trueline.types import DATERANGE


def test_what_only_postgresql_has_is_left_out(sqlite: Engine, build: Build) -> None:
    """Exclusion constraints are left out, deferrable unique ones are checked at once, schemas are attached."""

    class Booking(Model, table=True):
        __table_args__ = (
            ExcludeConstraint(("room", "="), using="gist"),
            UniqueConstraint("room", "place", deferrable=True, initially="DEFERRED"),
            Index(None, "place", postgresql_using="gin", postgresql_include=["room"]),
            {"schema": "core"},
        )
        id: int | None = Field(default=None, primary_key=True)
        room: int
        place: int = Field(sa_type=Integer, ge=0)
        days: str | None = Field(default=None, sa_type=DATERANGE)

    build(sqlite)
    with sqlite.begin() as connection:
        connection.execute(text("INSERT INTO core.booking (room, place) VALUES (1, 1), (1, 2)"))
    with pytest.raises(IntegrityError, match="UNIQUE"), sqlite.begin() as connection:
        connection.execute(text("INSERT INTO core.booking (room, place) VALUES (1, 1)"))
    with pytest.raises(IntegrityError, match="ck_booking_place_ge"), sqlite.begin() as connection:
        connection.execute(text("INSERT INTO core.booking (room, place) VALUES (1, -1)"))


def test_keys_from_schema_to_schema_can_be_created(sqlite: Engine, build: Build) -> None:
    """Tables that point from one schema into another can be made and filled."""

    class Tenant(Model, table=True):
        __table_args__ = {"schema": "club"}
        id: int = Field(primary_key=True)

    class Thing(Model, table=True):
        __table_args__ = {"schema": "core"}
        id: int = Field(primary_key=True)
        tenant_id: int = Field(foreign_key="club.tenant.id")

    build(sqlite)
    with sqlite.begin() as connection:
        connection.execute(text("INSERT INTO core.thing (id, tenant_id) VALUES (1, 1)"))
        assert connection.scalar(text("SELECT count(*) FROM core.thing")) == 1
