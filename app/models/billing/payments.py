"""Money that comes in, and money that goes back or out."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from app.models.billing.currency import currency
from app.models.billing.invoices import Invoice
from app.models.columns import IntegerKey, moment
from trueline import Field, Relationship, Timestamps, UuidKey


class PaymentStatus(StrEnum):
    """Where a payment stands."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REFUNDED = "refunded"


class PaymentMethod(StrEnum):
    """How a payment is made."""

    CARD = "card"
    TRANSFER = "transfer"
    CASH = "cash"
    WALLET = "wallet"


class Payment(Timestamps, IntegerKey, table=True):
    """Money received for an invoice or for a booking."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("(invoice_id IS NULL) <> (booking_id IS NULL)", name="one_purpose"),
        UniqueConstraint("provider", "provider_ref"),
        {"schema": "billing"},
    )

    user_id: int | None = Field(
        default=None,
        foreign_key="identity.users.id",
        index=True,
        ondelete="RESTRICT",
        description="Empty for guests without an account",
    )
    invoice_id: int | None = Field(default=None, foreign_key="billing.invoices.id", index=True, ondelete="RESTRICT")
    booking_id: int | None = Field(default=None, foreign_key="core.bookings.id", index=True, ondelete="RESTRICT")
    amount: Decimal = Field(gt=0, max_digits=12, decimal_places=2)
    currency: str = currency()
    method: PaymentMethod
    status: PaymentStatus = Field(default=PaymentStatus.PENDING, sa_column_kwargs={"server_default": "pending"})
    provider: str = Field(max_length=30)
    provider_ref: str = Field(max_length=120, description="The provider's key of the payment")
    received_at: dt.datetime | None = None

    invoice: Invoice | None = Relationship()
    refunds: list["Refund"] = Relationship(back_populates="payment")
    disputes: list["Dispute"] = Relationship(back_populates="payment")


class RefundReason(StrEnum):
    """Why money is given back."""

    REQUESTED = "requested"
    DUPLICATE = "duplicate"
    CANCELLED = "cancelled"
    FRAUD = "fraud"


class Refund(Timestamps, IntegerKey, table=True):
    """Money given back."""

    __tablename__ = "refunds"
    __table_args__ = {"schema": "billing"}

    payment_id: int = Field(foreign_key="billing.payments.id", index=True, ondelete="RESTRICT")
    approved_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    amount: Decimal = Field(gt=0, max_digits=12, decimal_places=2)
    reason: RefundReason
    note: str | None = Field(default=None, max_length=500)
    refunded_at: dt.datetime | None = None

    payment: Payment = Relationship(back_populates="refunds")


class DisputeStatus(StrEnum):
    """Where a dispute stands."""

    OPEN = "open"
    ANSWERED = "answered"
    WON = "won"
    LOST = "lost"


class Dispute(Timestamps, IntegerKey, table=True):
    """A payment that its payer has called back."""

    __tablename__ = "disputes"
    __table_args__ = (
        Index(
            "ix_disputes_answer_until_open",
            "answer_until",
            postgresql_where=text("status = 'open'"),
            sqlite_where=text("status = 'open'"),
        ),
        {"schema": "billing"},
    )

    payment_id: int = Field(foreign_key="billing.payments.id", index=True, ondelete="RESTRICT")
    handled_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    status: DisputeStatus = Field(default=DisputeStatus.OPEN, sa_column_kwargs={"server_default": "open"})
    amount: Decimal = Field(gt=0, max_digits=12, decimal_places=2)
    reason: str = Field(max_length=200)
    evidence: dict[str, Any] = Field(default_factory=dict)
    answer_until: dt.datetime
    closed_at: dt.datetime | None = None

    payment: Payment = Relationship(back_populates="disputes")


class PaymentEvent(UuidKey, table=True):
    """A message from a payment provider, kept as it came and handled once."""

    __tablename__ = "payment_events"
    __table_args__ = (
        UniqueConstraint("provider", "event_ref"),
        Index("ix_payment_events_payload", "payload", postgresql_using="gin"),
        {"schema": "billing"},
    )

    provider: str = Field(max_length=30)
    event_ref: str = Field(max_length=120)
    payment_id: int | None = Field(default=None, foreign_key="billing.payments.id", index=True, ondelete="SET NULL")
    payload: dict[str, Any]
    received_at: dt.datetime = moment()
    handled_at: dt.datetime | None = None
