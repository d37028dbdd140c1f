"""What users may take with them."""

import uuid

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class DataExportRequests(Base):
    """Never migrated."""

    __tablename__ = "data_export_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), index=True)
    note: Mapped[str] = mapped_column(String(200))


class ExportAuditLogs(Base):
    """Never migrated."""

    __tablename__ = "export_audit_logs"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), index=True)
    note: Mapped[str] = mapped_column(String(200))


class Documents(Base):
    """Never migrated."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), index=True)
    note: Mapped[str] = mapped_column(String(200))


class UsageEvents(Base):
    """Never migrated."""

    __tablename__ = "usage_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), index=True)
    note: Mapped[str] = mapped_column(String(200))


class QueryHistory(Base):
    """Never migrated."""

    __tablename__ = "query_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), index=True)
    note: Mapped[str] = mapped_column(String(200))


class ElectronicInvoices(Base):
    """Never migrated."""

    __tablename__ = "electronic_invoices"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), index=True)
    note: Mapped[str] = mapped_column(String(200))


class ExportFiles(Base):
    """Never migrated."""

    __tablename__ = "export_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), index=True)
    note: Mapped[str] = mapped_column(String(200))


class ExportNotices(Base):
    """Never migrated."""

    __tablename__ = "export_notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), index=True)
    note: Mapped[str] = mapped_column(String(200))
