"""Bookings as the API asks for them."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """The one of the unified design, at first."""


class Customer(Base):
    """A guest of a station."""

    __tablename__ = "customers"
    __table_args__ = {"schema": "core"}

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("identity.stations.id"), index=True)
    full_name: Mapped[str] = mapped_column(String(200))


class Booking(Base):
    """A booking of a station."""

    __tablename__ = "bookings"
    __table_args__ = {"schema": "core"}

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("identity.stations.id"), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("core.customers.id"), index=True)
    date: Mapped[dt.date]
    slot: Mapped[str] = mapped_column(String(20))
    base_price: Mapped[Decimal] = mapped_column(Numeric(10, 2))

    station = relationship("Station")
    customer: Mapped[Customer] = relationship()


class Payment(Base):
    """Money for a booking."""

    __tablename__ = "payments"
    __table_args__ = {"schema": "core"}

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("core.bookings.id"), index=True)


class Refund(Base):
    """Money back."""

    __tablename__ = "refunds"
    __table_args__ = {"schema": "core"}

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), index=True)


class Dispute(Base):
    """Money that a bank wants back."""

    __tablename__ = "disputes"
    __table_args__ = {"schema": "core"}

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), index=True)
