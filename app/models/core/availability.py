"""When stations can be booked, and at which price."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, UniqueConstraint, literal_column, select, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint, Range
from sqlmodel import col

from app.models.columns import IntegerKey
from app.models.core.bookings import BookingSlot
from trueline import Field, Statement, Timestamps, View
from trueline.types import DATERANGE


class BookingAvailability(Timestamps, IntegerKey, table=True):
    """How many guests a station takes in one slot of one day, and how many it has."""

    __tablename__ = "booking_availability"
    __table_args__ = (
        UniqueConstraint("station_id", "date", "slot"),
        CheckConstraint("booked <= capacity", name="booked_within_capacity"),
        # Room on each page for the next state of its rows: the count changes with every booking.
        {"schema": "core", "fillfactor": 70},
    )

    station_id: int = Field(foreign_key="identity.stations.id", ondelete="CASCADE")
    date: dt.date
    slot: BookingSlot
    capacity: int = Field(ge=0)
    booked: int = Field(default=0, ge=0, sa_column_kwargs={"server_default": text("0")})


FREE_SLOTS = View(
    "free_slots",
    select(
        col(BookingAvailability.station_id),
        col(BookingAvailability.date),
        col(BookingAvailability.slot),
        (col(BookingAvailability.capacity) - col(BookingAvailability.booked)).label("free"),
    ).where(col(BookingAvailability.booked) < col(BookingAvailability.capacity)),
    schema="core",
    comment="Slots that still take guests",
)

# A station keeps its slots: the planner must not take station and slot for independent.
Statement(
    "CREATE STATISTICS core.st_booking_availability_station_id_slot (dependencies, ndistinct) "
    "ON station_id, slot FROM core.booking_availability"
)


class StationPrice(Timestamps, IntegerKey, table=True):
    """What a guest pays at a station, for a span of days."""

    __tablename__ = "station_prices"
    __table_args__ = (
        # A station has one price a day.
        ExcludeConstraint(
            (literal_column("int4range(station_id, station_id, '[]')"), "&&"),
            (literal_column("valid"), "&&"),
            using="gist",
            name="ex_station_prices_station_id_valid",
        ).ddl_if(dialect="postgresql"),
        {"schema": "core"},
    )

    station_id: int = Field(foreign_key="identity.stations.id", index=True, ondelete="CASCADE")
    valid: Range[dt.date] = Field(sa_type=DATERANGE(), description="Days on which the price holds")
    price_per_guest: Decimal = Field(ge=0, max_digits=10, decimal_places=2)


class StationClosure(Timestamps, IntegerKey, table=True):
    """Days on which a station is closed."""

    __tablename__ = "station_closures"
    __table_args__ = {"schema": "core"}

    station_id: int = Field(foreign_key="identity.stations.id", index=True, ondelete="CASCADE")
    days: Range[dt.date] = Field(sa_type=DATERANGE())
    reason: str | None = Field(default=None, max_length=200)
    entered_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
