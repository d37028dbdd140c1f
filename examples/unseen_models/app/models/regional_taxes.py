"""Taxes by region."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class Regions(Base):
    """Never migrated."""

    __tablename__ = "regions"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class Municipalities(Base):
    """Never migrated."""

    __tablename__ = "municipalities"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class RegionalTaxRates(Base):
    """Never migrated."""

    __tablename__ = "regional_tax_rates"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class CommunalTaxRates(Base):
    """Never migrated."""

    __tablename__ = "communal_tax_rates"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))
