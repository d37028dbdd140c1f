"""What customers owe, on paper and in the form that tax offices take."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Computed, Index, UniqueConstraint, text

from app.models.billing.currency import currency
from app.models.columns import IntegerKey
from trueline import Field, Model, Relationship, Timestamps


class InvoiceStatus(StrEnum):
    """Where an invoice stands."""

    DRAFT = "draft"
    OPEN = "open"
    PAID = "paid"
    VOID = "void"


class Invoice(Timestamps, IntegerKey, table=True):
    """A demand for payment."""

    __tablename__ = "invoices"
    __table_args__ = (
        CheckConstraint("due_on >= issued_on", name="due_after_issued"),
        CheckConstraint("status <> 'paid' OR paid_at IS NOT NULL", name="paid_has_time"),
        Index(
            "ix_invoices_due_on_open",
            "due_on",
            postgresql_where=text("status = 'open'"),
            sqlite_where=text("status = 'open'"),
        ),
        {"schema": "billing"},
    )

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="RESTRICT")
    subscription_id: int | None = Field(
        default=None, foreign_key="billing.subscriptions.id", index=True, ondelete="RESTRICT"
    )
    number: str = Field(max_length=20, pattern=r"^[0-9]{4}-[0-9]{6}$", unique=True, description="Year and number")
    status: InvoiceStatus = Field(default=InvoiceStatus.DRAFT, sa_column_kwargs={"server_default": "draft"})
    currency: str = currency()
    net_amount: Decimal = Field(ge=0, max_digits=12, decimal_places=2)
    tax_amount: Decimal = Field(ge=0, max_digits=12, decimal_places=2)
    total_amount: Decimal | None = Field(
        default=None,
        max_digits=12,
        decimal_places=2,
        sa_column_args=[Computed("net_amount + tax_amount", persisted=True)],
        description="Computed by the database",
    )
    issued_on: dt.date
    due_on: dt.date
    paid_at: dt.datetime | None = None

    lines: list["InvoiceLine"] = Relationship(back_populates="invoice", cascade_delete=True, passive_deletes=True)


class InvoiceLine(Model, table=True):
    """A line of an invoice."""

    __tablename__ = "invoice_lines"
    __table_args__ = {"schema": "billing"}

    invoice_id: int = Field(primary_key=True, foreign_key="billing.invoices.id", ondelete="CASCADE")
    position: int = Field(primary_key=True, ge=1)
    description: str = Field(min_length=1, max_length=200)
    quantity: Decimal = Field(gt=0, max_digits=10, decimal_places=3)
    unit_price: Decimal = Field(max_digits=12, decimal_places=2, description="Net; negative for a discount")
    tax_rate: Decimal = Field(ge=0, le=100, max_digits=5, decimal_places=2, description="In percent")

    invoice: Invoice = Relationship(back_populates="lines")


class TransmissionStatus(StrEnum):
    """Where an electronic invoice stands on its way to the tax office."""

    GENERATED = "generated"
    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class ElectronicInvoice(Timestamps, IntegerKey, table=True):
    """An invoice in the XML form that the tax office takes."""

    __tablename__ = "electronic_invoices"
    __table_args__ = (UniqueConstraint("invoice_id", "version"), {"schema": "billing"})

    invoice_id: int = Field(foreign_key="billing.invoices.id", ondelete="RESTRICT")
    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="RESTRICT")
    version: int = Field(default=1, ge=1)
    status: TransmissionStatus = Field(default=TransmissionStatus.GENERATED)
    recipient_code: str = Field(max_length=7, pattern=r"^[A-Z0-9]{6,7}$")
    # Read in pieces, which a value that is compressed does not allow.
    document: str = Field(description="The XML, signed", storage="external")
    receipt: dict[str, Any] | None = Field(default=None, description="The tax office's answer")
    sent_at: dt.datetime | None = None
