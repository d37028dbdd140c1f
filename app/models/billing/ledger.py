"""The books: every movement of money, and what is paid out to creators."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index

from app.models.billing.currency import currency
from app.models.columns import IntegerKey, moment
from trueline import Field, Function, Timestamps, Trigger


class EntryKind(StrEnum):
    """What a movement of money is for."""

    CHARGE = "charge"
    PAYMENT = "payment"
    REFUND = "refund"
    FEE = "fee"
    PAYOUT = "payout"
    CORRECTION = "correction"


class FinancialEntry(IntegerKey, table=True):
    """A movement on a user's account; entries are added, never changed."""

    __tablename__ = "financial"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        Index("ix_financial_user_id_booked_at", "user_id", "booked_at", postgresql_include=["amount", "currency"]),
        {"schema": "billing"},
    )

    user_id: int = Field(foreign_key="identity.users.id", ondelete="RESTRICT")
    payment_id: int | None = Field(default=None, foreign_key="billing.payments.id", index=True, ondelete="RESTRICT")
    corrects_id: int | None = Field(
        default=None, foreign_key="billing.financial.id", index=True, description="The entry that this one corrects"
    )
    kind: EntryKind
    amount: Decimal = Field(max_digits=14, decimal_places=2, description="Positive in the user's favour")
    currency: str = currency()
    memo: str | None = Field(default=None, max_length=200)
    booked_at: dt.datetime = moment()


REFUSE_CHANGE = Function(
    "refuse_change",
    returns="trigger",
    schema="billing",
    body="""
BEGIN
    RAISE EXCEPTION '%.% is added to, never changed', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'Add an entry that corrects this one.';
END
""",
    comment="For tables whose rows stay as they were written",
)

Trigger(
    "entries_stay",
    on=FinancialEntry,
    function=REFUSE_CHANGE,
    timing="before",
    events=["update", "delete"],
    comment="What is booked stays booked",
)


class PayoutStatus(StrEnum):
    """Where a payout stands."""

    SCHEDULED = "scheduled"
    SENT = "sent"
    ARRIVED = "arrived"
    RETURNED = "returned"


class Payout(Timestamps, IntegerKey, table=True):
    """Money sent to a creator."""

    __tablename__ = "payouts"
    __table_args__ = (
        CheckConstraint("period_end >= period_start", name="period_end_after_start"),
        Index("uq_payouts_user_id_period_start", "user_id", "period_start", unique=True),
        {"schema": "billing"},
    )

    user_id: int = Field(foreign_key="identity.users.id", ondelete="RESTRICT")
    amount: Decimal = Field(gt=0, max_digits=12, decimal_places=2)
    currency: str = currency()
    status: PayoutStatus = Field(default=PayoutStatus.SCHEDULED, sa_column_kwargs={"server_default": "scheduled"})
    period_start: dt.date
    period_end: dt.date
    sent_at: dt.datetime | None = None
