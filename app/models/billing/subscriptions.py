"""Who subscribes to what, who may use it, and what happened to it."""

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false, text

from app.models.billing.packages import SubscriptionPackage
from app.models.columns import IntegerKey, moment
from trueline import Field, Model, Relationship, Timestamps

_LIVING = "status IN ('trialing', 'active', 'past_due')"


class SubscriptionStatus(StrEnum):
    """Where a subscription stands."""

    TRIALING = "trialing"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class SubscriptionBase(Model):
    """What a subscriber chooses."""

    package_slug: str = Field(
        max_length=40, foreign_key="billing.subscription_packages.slug", index=True, ondelete="RESTRICT"
    )
    seats: int = Field(default=1, ge=1, le=10_000, sa_column_kwargs={"server_default": text("1")})
    renews: bool = Field(default=True, description="Whether another period begins when this one ends")


class Subscription(Timestamps, SubscriptionBase, IntegerKey, table=True):
    """A user's contract for a package; its subscriber pays."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        CheckConstraint("period_end > period_start", name="period_end_after_start"),
        # A user has at most one subscription that is not over.
        Index(
            "uq_subscriptions_user_id_living",
            "user_id",
            unique=True,
            postgresql_where=text(_LIVING),
            sqlite_where=text(_LIVING),
        ),
        # Answers "what may this user do?" without a visit to the table.
        Index("ix_subscriptions_user_id", "user_id", postgresql_include=["status", "package_slug"]),
        {"schema": "billing"},
    )

    user_id: int = Field(foreign_key="identity.users.id", ondelete="RESTRICT")
    status: SubscriptionStatus = Field(
        default=SubscriptionStatus.TRIALING, sa_column_kwargs={"server_default": "trialing"}
    )
    period_start: dt.datetime
    period_end: dt.datetime
    trial_ends_at: dt.datetime | None = None
    cancelled_at: dt.datetime | None = None
    provider_ref: str | None = Field(
        default=None, max_length=80, unique=True, description="The payment provider's key of the subscription"
    )

    package: SubscriptionPackage = Relationship()
    members: list["UserSubscription"] = Relationship(back_populates="subscription", passive_deletes=True)
    history: list["SubscriptionHistory"] = Relationship(back_populates="subscription", passive_deletes=True)


class UserSubscription(Timestamps, table=True):
    """A seat: a user who may use a subscription, paid by its subscriber."""

    __tablename__ = "user_subscriptions"
    __table_args__ = {"schema": "billing"}

    subscription_id: int = Field(primary_key=True, foreign_key="billing.subscriptions.id", ondelete="CASCADE")
    user_id: int = Field(primary_key=True, foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    is_manager: bool = Field(
        default=False, sa_column_kwargs={"server_default": false()}, description="May give seats to others"
    )

    subscription: Subscription = Relationship(back_populates="members")


class SubscriptionEvent(StrEnum):
    """What can happen to a subscription."""

    STARTED = "started"
    RENEWED = "renewed"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    RESUMED = "resumed"
    EXPIRED = "expired"


class SubscriptionHistory(IntegerKey, table=True):
    """What happened to a subscription, in order."""

    __tablename__ = "subscription_history"
    __table_args__ = (
        UniqueConstraint("subscription_id", "sequence"),
        {"schema": "billing"},
    )

    subscription_id: int = Field(foreign_key="billing.subscriptions.id", ondelete="CASCADE")
    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE", description="The subscriber")
    sequence: int = Field(ge=1, description="Counts the events of one subscription")
    event: SubscriptionEvent
    from_package: str | None = Field(
        default=None, max_length=40, foreign_key="billing.subscription_packages.slug", index=True
    )
    to_package: str | None = Field(
        default=None, max_length=40, foreign_key="billing.subscription_packages.slug", index=True
    )
    details: dict[str, Any] = Field(default_factory=dict)
    happened_at: dt.datetime = moment()

    subscription: Subscription = Relationship(back_populates="history")
