"""Bookings: a guest, a station, a time, and what was ordered with it."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Computed, Index, UniqueConstraint, literal_column, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint, Range

from app.models.columns import IntegerKey, moment
from app.models.core.customers import Customer
from app.models.identity.tenants import Station
from trueline import Field, Model, Relationship, Timestamps
from trueline.types import TSTZRANGE

if TYPE_CHECKING:
    from app.models.core.menu import AddonItem, MenuItem


class BookingStatus(StrEnum):
    """Where a booking stands."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    SEATED = "seated"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class BookingSlot(StrEnum):
    """The part of the day that a booking is for."""

    BREAKFAST = "breakfast"
    LUNCH = "lunch"
    AFTERNOON = "afternoon"
    DINNER = "dinner"
    LATE = "late"


class BookingBase(Model):
    """What a guest asks for."""

    station_id: int = Field(foreign_key="identity.stations.id", ondelete="RESTRICT")
    date: dt.date = Field(description="At the station's place")
    slot: BookingSlot
    guests: int = Field(ge=1, le=500)
    special_requests: str | None = Field(default=None, max_length=1000)


class Booking(Timestamps, BookingBase, IntegerKey, table=True):
    """A station kept free for a guest."""

    __tablename__ = "bookings"
    __table_args__ = (
        CheckConstraint("discount <= base_price + extras_price", name="discount_within_price"),
        # Nobody gets a station that somebody else has at that time. A range of one station stands in for
        # equality, which GiST has for numbers only with an extension.
        ExcludeConstraint(
            (literal_column("int4range(station_id, station_id, '[]')"), "&&"),
            (literal_column("during"), "&&"),
            where=text("status <> 'cancelled'"),
            using="gist",
            name="ex_bookings_station_id_during",
        ).ddl_if(dialect="postgresql"),
        Index("ix_bookings_station_id_date_slot", "station_id", "date", "slot"),
        Index("ix_bookings_customer_id_date", "customer_id", "date", postgresql_include=["status"]),
        {"schema": "core"},
    )

    reference: str = Field(max_length=12, pattern=r"^B[A-Z0-9]{7,11}$", unique=True, description="Told to the guest")
    customer_id: int = Field(foreign_key="core.customers.id", ondelete="RESTRICT")
    created_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    during: Range[dt.datetime] = Field(
        sa_type=TSTZRANGE(), description="When the station is taken, set-up and clearing included"
    )
    status: BookingStatus = Field(default=BookingStatus.REQUESTED, sa_column_kwargs={"server_default": "requested"})
    base_price: Decimal = Field(ge=0, max_digits=10, decimal_places=2)
    extras_price: Decimal = Field(
        default=Decimal(0), ge=0, max_digits=10, decimal_places=2, sa_column_kwargs={"server_default": text("0")}
    )
    discount: Decimal = Field(
        default=Decimal(0), ge=0, max_digits=10, decimal_places=2, sa_column_kwargs={"server_default": text("0")}
    )
    total_price: Decimal | None = Field(
        default=None,
        max_digits=10,
        decimal_places=2,
        sa_column_args=[Computed("base_price + extras_price - discount", persisted=True)],
        description="Computed by the database",
    )
    confirmed_at: dt.datetime | None = None
    cancelled_at: dt.datetime | None = None

    customer: Customer = Relationship(back_populates="bookings")
    station: Station = Relationship()
    menu_items: list["BookingMenuItem"] = Relationship(
        back_populates="booking", cascade_delete=True, passive_deletes=True
    )
    addons: list["BookingAddon"] = Relationship(back_populates="booking", cascade_delete=True, passive_deletes=True)


class BookingMenuItem(Model, table=True):
    """A dish ordered with a booking, at the price of that day."""

    __tablename__ = "booking_menu_items"
    __table_args__ = {"schema": "core"}

    booking_id: int = Field(primary_key=True, foreign_key="core.bookings.id", ondelete="CASCADE")
    menu_item_id: int = Field(primary_key=True, foreign_key="core.menu_items.id", index=True, ondelete="RESTRICT")
    quantity: int = Field(default=1, ge=1, le=1000)
    unit_price: Decimal = Field(ge=0, max_digits=10, decimal_places=2)
    wishes: str | None = Field(default=None, max_length=300)

    booking: Booking = Relationship(back_populates="menu_items")
    menu_item: "MenuItem" = Relationship()


class BookingAddon(Model, table=True):
    """An extra ordered with a booking, at the price of that day."""

    __tablename__ = "booking_addons"
    __table_args__ = {"schema": "core"}

    booking_id: int = Field(primary_key=True, foreign_key="core.bookings.id", ondelete="CASCADE")
    addon_item_id: int = Field(primary_key=True, foreign_key="core.addon_items.id", index=True, ondelete="RESTRICT")
    quantity: int = Field(default=1, ge=1, le=100)
    unit_price: Decimal = Field(ge=0, max_digits=10, decimal_places=2)

    booking: Booking = Relationship(back_populates="addons")
    addon_item: "AddonItem" = Relationship()


class BookingStatusChange(IntegerKey, table=True):
    """A step in a booking's life, and who took it."""

    __tablename__ = "booking_status_changes"
    __table_args__ = (
        UniqueConstraint("booking_id", "sequence"),
        CheckConstraint("from_status IS NULL OR from_status <> to_status", name="status_differs"),
        {"schema": "core"},
    )

    booking_id: int = Field(foreign_key="core.bookings.id", ondelete="CASCADE")
    sequence: int = Field(ge=1, description="Counts the steps of one booking")
    from_status: BookingStatus | None = None
    to_status: BookingStatus
    changed_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    changed_at: dt.datetime = moment()
