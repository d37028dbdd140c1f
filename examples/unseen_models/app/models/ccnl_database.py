"""Collective agreements."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class CcnlAgreements(Base):
    """Never migrated."""

    __tablename__ = "ccnl_agreements"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class CcnlSectors(Base):
    """Never migrated."""

    __tablename__ = "ccnl_sectors"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class JobLevels(Base):
    """Never migrated."""

    __tablename__ = "job_levels"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class SalaryTables(Base):
    """Never migrated."""

    __tablename__ = "salary_tables"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class WorkingHours(Base):
    """Never migrated."""

    __tablename__ = "working_hours"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class LeaveEntitlements(Base):
    """Never migrated."""

    __tablename__ = "leave_entitlements"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class NoticePeriods(Base):
    """Never migrated."""

    __tablename__ = "notice_periods"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class SpecialAllowances(Base):
    """Never migrated."""

    __tablename__ = "special_allowances"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class OvertimeRules(Base):
    """Never migrated."""

    __tablename__ = "overtime_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))
