"""Collective labour agreements (CCNL) and what they grant."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import Range

from app.models.columns import IntegerKey
from trueline import Field, Relationship, Timestamps
from trueline.types import DATERANGE


class CcnlSector(IntegerKey, table=True):
    """A branch of the economy that has agreements of its own."""

    __tablename__ = "ccnl_sectors"
    __table_args__ = {"schema": "knowledge"}

    code: str = Field(max_length=20, pattern=r"^[a-z][a-z0-9_]*$", unique=True)
    name: str = Field(min_length=1, max_length=120)
    activity_codes: list[str] = Field(default_factory=list, description="ATECO codes")

    agreements: list["CcnlAgreement"] = Relationship(back_populates="sector")


class CcnlAgreement(Timestamps, IntegerKey, table=True):
    """A collective labour agreement."""

    __tablename__ = "ccnl_agreements"
    __table_args__ = (
        Index("ix_ccnl_agreements_signatories", "signatories", postgresql_using="gin"),
        {"schema": "knowledge"},
    )

    sector_id: int = Field(foreign_key="knowledge.ccnl_sectors.id", index=True, ondelete="RESTRICT")
    code: str = Field(max_length=4, pattern=r"^[A-Z0-9]{4}$", unique=True, description="CNEL code")
    title: str = Field(min_length=1, max_length=250)
    signatories: list[str] = Field(default_factory=list)
    signed_on: dt.date
    valid: Range[dt.date] = Field(sa_type=DATERANGE())

    sector: CcnlSector = Relationship(back_populates="agreements")
    levels: list["CcnlJobLevel"] = Relationship(back_populates="agreement", passive_deletes=True)


class CcnlJobLevel(IntegerKey, table=True):
    """A level of pay in an agreement."""

    __tablename__ = "ccnl_job_levels"
    __table_args__ = (
        UniqueConstraint("agreement_id", "code"),
        UniqueConstraint("agreement_id", "rank"),
        {"schema": "knowledge"},
    )

    agreement_id: int = Field(foreign_key="knowledge.ccnl_agreements.id", ondelete="CASCADE")
    code: str = Field(min_length=1, max_length=10)
    rank: int = Field(ge=1, description="1 is the highest")
    category: Literal["worker", "clerk", "manager", "executive"]

    agreement: CcnlAgreement = Relationship(back_populates="levels")


class CcnlSalary(IntegerKey, table=True):
    """What a level earns from a day on."""

    __tablename__ = "ccnl_salaries"
    __table_args__ = (UniqueConstraint("level_id", "valid_from"), {"schema": "knowledge"})

    level_id: int = Field(foreign_key="knowledge.ccnl_job_levels.id", ondelete="CASCADE")
    valid_from: dt.date
    monthly: Decimal = Field(gt=0, max_digits=9, decimal_places=2)
    payments_per_year: int = Field(default=13, ge=12, le=16)


class CcnlWorkingHours(IntegerKey, table=True):
    """How long people work under an agreement."""

    __tablename__ = "ccnl_working_hours"
    __table_args__ = (
        CheckConstraint("weekly <= weekly_maximum", name="weekly_within_maximum"),
        {"schema": "knowledge"},
    )

    agreement_id: int = Field(foreign_key="knowledge.ccnl_agreements.id", unique=True, ondelete="CASCADE")
    weekly: Decimal = Field(gt=0, le=48, max_digits=4, decimal_places=2)
    weekly_maximum: Decimal = Field(gt=0, le=60, max_digits=4, decimal_places=2)
    is_flexible: bool = False


class CcnlOvertimeRule(IntegerKey, table=True):
    """What extra hours are paid with."""

    __tablename__ = "ccnl_overtime_rules"
    __table_args__ = (UniqueConstraint("agreement_id", "kind"), {"schema": "knowledge"})

    agreement_id: int = Field(foreign_key="knowledge.ccnl_agreements.id", ondelete="CASCADE")
    kind: Literal["weekday", "saturday", "holiday", "night"]
    surcharge: Decimal = Field(ge=0, le=200, max_digits=5, decimal_places=2, description="In percent of the hour")
    yearly_hours: int | None = Field(default=None, gt=0, description="At most; empty for no limit")


class LeaveKind(StrEnum):
    """Why somebody is away from work."""

    HOLIDAY = "holiday"
    REDUCTION = "reduction"
    SICKNESS = "sickness"
    PARENTAL = "parental"
    WEDDING = "wedding"


class CcnlLeaveEntitlement(IntegerKey, table=True):
    """Days away from work that an agreement grants."""

    __tablename__ = "ccnl_leave_entitlements"
    __table_args__ = (UniqueConstraint("agreement_id", "kind", "min_years"), {"schema": "knowledge"})

    agreement_id: int = Field(foreign_key="knowledge.ccnl_agreements.id", ondelete="CASCADE")
    kind: LeaveKind
    min_years: int = Field(default=0, ge=0, description="Of service")
    days: Decimal = Field(gt=0, max_digits=5, decimal_places=1)


class CcnlNoticePeriod(IntegerKey, table=True):
    """How long before its end a contract must be given notice of."""

    __tablename__ = "ccnl_notice_periods"
    __table_args__ = (UniqueConstraint("level_id", "notice_from", "min_years"), {"schema": "knowledge"})

    level_id: int = Field(foreign_key="knowledge.ccnl_job_levels.id", ondelete="CASCADE")
    notice_from: Literal["employer", "employee"]
    min_years: int = Field(default=0, ge=0, description="Of service")
    days: int = Field(gt=0)


class CcnlAllowance(IntegerKey, table=True):
    """Money that comes on top of the salary."""

    __tablename__ = "ccnl_allowances"
    __table_args__ = (UniqueConstraint("agreement_id", "name"), {"schema": "knowledge"})

    agreement_id: int = Field(foreign_key="knowledge.ccnl_agreements.id", ondelete="CASCADE")
    name: str = Field(min_length=1, max_length=80)
    amount: Decimal = Field(gt=0, max_digits=9, decimal_places=2)
    per: Literal["hour", "day", "month", "year"]
    conditions: dict[str, Any] = Field(default_factory=dict)
