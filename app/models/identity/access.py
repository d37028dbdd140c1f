"""How users and programs prove who they are."""

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from app.models.columns import IntegerKey, moment
from app.models.identity.users import User
from trueline import Field, Relationship, TenantScoped, Timestamps, UuidKey


class IdentityProvider(StrEnum):
    """Who vouches for a user."""

    GOOGLE = "google"
    APPLE = "apple"
    MICROSOFT = "microsoft"
    SAML = "saml"


class UserIdentity(Timestamps, IntegerKey, table=True):
    """An account elsewhere that a user signs in with."""

    __tablename__ = "user_identities"
    __table_args__ = (UniqueConstraint("provider", "subject"), {"schema": "identity"})

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    provider: IdentityProvider
    subject: str = Field(max_length=255, description="The user's key at the provider")
    profile: dict[str, Any] = Field(default_factory=dict, description="What the provider told at the last sign-in")

    user: User = Relationship(back_populates="identities")


class Session(UuidKey, table=True):
    """A signed-in browser or device."""

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("expires_at > started_at", name="expires_after_start"),
        Index(
            "ix_sessions_expires_at_open",
            "expires_at",
            postgresql_where=text("revoked_at IS NULL"),
            sqlite_where=text("revoked_at IS NULL"),
        ),
        {"schema": "identity"},
    )

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(max_length=64, min_length=64, unique=True, description="SHA-256 of the token, in hex")
    ip_address: str | None = Field(default=None, max_length=45)
    user_agent: str | None = Field(default=None, max_length=400)
    started_at: dt.datetime = moment()
    expires_at: dt.datetime
    revoked_at: dt.datetime | None = None


class ApiKey(TenantScoped, Timestamps, IntegerKey, table=True):
    """A key that a program signs in with, on behalf of a tenant."""

    __tablename__ = "api_keys"
    __table_args__ = (
        UniqueConstraint("tenant_id", "name"),
        Index("ix_api_keys_scopes", "scopes", postgresql_using="gin"),
        {"schema": "identity"},
    )

    created_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    name: str = Field(min_length=1, max_length=80)
    prefix: str = Field(max_length=12, unique=True, description="Beginning of the key, to recognise it by")
    key_hash: str = Field(max_length=64, min_length=64, description="SHA-256 of the key, in hex")
    scopes: list[str] = Field(default_factory=list)
    expires_at: dt.datetime | None = None
    last_used_at: dt.datetime | None = None
