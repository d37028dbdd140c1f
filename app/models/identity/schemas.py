"""What the API takes and gives: derived from the bases of the tables, so that the two cannot part."""

import datetime as dt

from pydantic import SecretStr

from app.models.identity.tenants import StationBase
from app.models.identity.users import UserBase, UserRole, UserStatus
from trueline import Field, Model


class UserCreate(UserBase):
    """A new account. The password is hashed on its way to the table and stored nowhere."""

    password: SecretStr = Field(min_length=12, max_length=128)


class UserUpdate(Model):
    """What users may change about themselves; what is not given stays."""

    display_name: str | None = Field(default=None, min_length=1, max_length=100)
    phone_number: str | None = Field(default=None, max_length=16, pattern=r"^\+[1-9][0-9]{6,14}$")
    locale: str | None = Field(default=None, max_length=5, pattern=r"^[a-z]{2}(-[A-Z]{2})?$")


class UserRead(UserBase):
    """A user as the API shows them."""

    id: int
    status: UserStatus
    role: UserRole
    created_at: dt.datetime


class StationCreate(StationBase):
    """A new station of the tenant that asks."""

    opened_on: dt.date


class StationRead(StationBase):
    """A station as the API shows it."""

    id: int
    tenant_id: int
    opened_on: dt.date
    closed_on: dt.date | None
