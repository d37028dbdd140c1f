"""Guests, with or without an account."""

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import Index, text

from app.models.columns import IntegerKey
from app.models.identity.isolation import keep_tenants_apart
from app.models.identity.users import User
from trueline import Field, Model, Relationship, SoftDelete, TenantScoped, Timestamps
from trueline.types import LowerText

if TYPE_CHECKING:
    from app.models.core.bookings import Booking


class CustomerBase(Model):
    """What a tenant knows about a guest."""

    full_name: str = Field(min_length=1, max_length=120)
    email: str | None = Field(default=None, max_length=320, sa_type=LowerText(320))
    phone_number: str | None = Field(default=None, max_length=16, pattern=r"^\+[1-9][0-9]{6,14}$")
    birthday: dt.date | None = None
    allergies: list[str] = Field(default_factory=list)
    note: str | None = Field(default=None, max_length=2000, description="For the staff, never shown to the guest")


class Customer(SoftDelete, TenantScoped, Timestamps, CustomerBase, IntegerKey, table=True):
    """A guest of one tenant."""

    __tablename__ = "customers"
    __table_args__ = (
        Index(
            "uq_customers_tenant_id_email",
            "tenant_id",
            "email",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
            sqlite_where=text("deleted_at IS NULL"),
        ),
        Index("ix_customers_allergies", "allergies", postgresql_using="gin"),
        {"schema": "core"},
    )

    user_id: int | None = Field(
        default=None,
        foreign_key="identity.users.id",
        index=True,
        ondelete="SET NULL",
        description="The guest's account, where there is one",
    )
    home_station_id: int | None = Field(
        default=None, foreign_key="identity.stations.id", index=True, ondelete="SET NULL"
    )

    user: User | None = Relationship()
    bookings: list["Booking"] = Relationship(back_populates="customer")


keep_tenants_apart(Customer)


class LoyaltyAccount(Timestamps, table=True):
    """Points that a customer has collected."""

    __tablename__ = "loyalty_accounts"
    __table_args__ = {"schema": "core"}

    customer_id: int = Field(primary_key=True, foreign_key="core.customers.id", ondelete="CASCADE")
    points: int = Field(default=0, ge=0, sa_column_kwargs={"server_default": text("0")})
    lifetime_points: int = Field(default=0, ge=0, sa_column_kwargs={"server_default": text("0")})
