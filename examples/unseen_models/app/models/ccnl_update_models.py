"""How agreements change."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class CcnlVersions(Base):
    """Never migrated."""

    __tablename__ = "ccnl_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class CcnlUpdateEvents(Base):
    """Never migrated."""

    __tablename__ = "ccnl_update_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class CcnlChangeLogs(Base):
    """Never migrated."""

    __tablename__ = "ccnl_change_logs"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class CcnlMonitoringMetrics(Base):
    """Never migrated."""

    __tablename__ = "ccnl_monitoring_metrics"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class CcnlSources(Base):
    """Never migrated."""

    __tablename__ = "ccnl_sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))
