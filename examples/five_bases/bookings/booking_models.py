"""Bookings as the database has them."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The oldest of the five."""


class Booking(Base):
    """A booking, with its customer written into it."""

    __tablename__ = "bookings"
    __table_args__ = {"schema": "core"}

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int]
    customer_name: Mapped[str] = mapped_column(String(200))
    customer_email: Mapped[str] = mapped_column(String(320))
    booking_reference: Mapped[str] = mapped_column(String(20), unique=True)
    venue_street: Mapped[str | None] = mapped_column(String(200))


class BookingMenuItem(Base):
    """What is eaten."""

    __tablename__ = "booking_menu_items"
    __table_args__ = {"schema": "core"}

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), index=True)


class BookingAddon(Base):
    """What is had beside it."""

    __tablename__ = "booking_addons"
    __table_args__ = {"schema": "core"}

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), index=True)
