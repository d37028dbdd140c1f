"""Tenants, the stations they run and the users who work for them."""

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint, text

from app.models.columns import IntegerKey
from trueline import Field, Model, Relationship, SoftDelete, TenantScoped, Timestamps


class Tenant(SoftDelete, Timestamps, IntegerKey, table=True):
    """A company whose data is kept apart from the others'."""

    __tablename__ = "tenants"
    __table_args__ = {"schema": "identity"}

    slug: str = Field(max_length=60, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", unique=True)
    name: str = Field(min_length=1, max_length=120)
    country: str = Field(max_length=2, pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")
    settings: dict[str, Any] = Field(default_factory=dict, sa_column_kwargs={"server_default": text("'{}'")})

    stations: list["Station"] = Relationship(back_populates="tenant")


class StationBase(Model):
    """What a tenant says about a station."""

    code: str = Field(max_length=20, pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$", description="Short name on paper")
    name: str = Field(min_length=1, max_length=120)
    street: str | None = Field(default=None, max_length=200)
    city: str = Field(max_length=100)
    country: str = Field(max_length=2, pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")
    timezone: str = Field(
        default="UTC", max_length=60, sa_column_kwargs={"server_default": "UTC"}, description="IANA name"
    )
    seats: int = Field(gt=0, le=1000, description="Guests that can be served at the same time")


class Station(SoftDelete, TenantScoped, Timestamps, StationBase, IntegerKey, table=True):
    """A place that serves guests; bookings are made with it."""

    __tablename__ = "stations"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="closed_after_opened"),
        {"schema": "identity"},
    )

    opened_on: dt.date
    closed_on: dt.date | None = None
    opening_hours: dict[str, Any] = Field(
        default_factory=dict, description="By weekday: pairs of local times, such as {'mon': ['11:00', '22:00']}"
    )

    tenant: Tenant = Relationship(back_populates="stations")


class MemberRole(StrEnum):
    """What a user is to a tenant."""

    OWNER = "owner"
    MANAGER = "manager"
    STAFF = "staff"
    VIEWER = "viewer"


class TenantMember(Timestamps, table=True):
    """A user who works for a tenant."""

    __tablename__ = "tenant_members"
    __table_args__ = {"schema": "identity"}

    tenant_id: int = Field(primary_key=True, foreign_key="identity.tenants.id", ondelete="CASCADE")
    user_id: int = Field(primary_key=True, foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    member_role: MemberRole = Field(default=MemberRole.VIEWER, sa_column_kwargs={"server_default": "viewer"})
    invited_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
