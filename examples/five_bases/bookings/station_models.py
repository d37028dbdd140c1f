"""Stations, each with its own guests."""

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """For what keeps tenants apart."""


class Station(Base):
    """A place that serves guests."""

    __tablename__ = "stations"
    __table_args__ = {"schema": "identity"}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
