"""Taxes that differ from region to region, and what was worked out with them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, literal_column
from sqlalchemy.dialects.postgresql import ExcludeConstraint, Range

from app.models.columns import IntegerKey, moment
from trueline import Field, Relationship, Timestamps, UuidKey
from trueline.types import DATERANGE, NUMRANGE


class TaxRegion(IntegerKey, table=True):
    """A region that sets taxes."""

    __tablename__ = "tax_regions"
    __table_args__ = {"schema": "knowledge"}

    code: str = Field(max_length=2, pattern=r"^[0-9]{2}$", unique=True, description="ISTAT code")
    name: str = Field(min_length=1, max_length=60, unique=True)

    municipalities: list["TaxMunicipality"] = Relationship(back_populates="region")


class TaxMunicipality(IntegerKey, table=True):
    """A town that sets taxes."""

    __tablename__ = "tax_municipalities"
    __table_args__ = (
        Index("ix_tax_municipalities_postal_codes", "postal_codes", postgresql_using="gin"),
        {"schema": "knowledge"},
    )

    region_id: int = Field(foreign_key="knowledge.tax_regions.id", index=True, ondelete="RESTRICT")
    code: str = Field(max_length=4, pattern=r"^[A-Z][0-9]{3}$", unique=True, description="Land registry code")
    name: str = Field(min_length=1, max_length=80)
    postal_codes: list[str] = Field(default_factory=list)

    region: TaxRegion = Relationship(back_populates="municipalities")


class RegionalTaxRate(Timestamps, IntegerKey, table=True):
    """A region's rate of a tax, for as long as it holds."""

    __tablename__ = "regional_tax_rates"
    __table_args__ = (
        # At any time a region has one rate per tax and bracket.
        ExcludeConstraint(
            (literal_column("int4range(region_id, region_id, '[]')"), "&&"),
            (literal_column("income"), "&&"),
            (literal_column("valid"), "&&"),
            using="gist",
            name="ex_regional_tax_rates_region_id_income_valid",
        ).ddl_if(dialect="postgresql"),
        {"schema": "knowledge"},
    )

    region_id: int = Field(foreign_key="knowledge.tax_regions.id", index=True, ondelete="CASCADE")
    income: Range[Decimal] = Field(sa_type=NUMRANGE(), description="Bracket that the rate is for")
    valid: Range[dt.date] = Field(sa_type=DATERANGE())
    percent: Decimal = Field(ge=0, le=100, max_digits=5, decimal_places=2)


class MunicipalTaxRate(Timestamps, IntegerKey, table=True):
    """A town's rate of a tax, for one year."""

    __tablename__ = "municipal_tax_rates"
    __table_args__ = (UniqueConstraint("municipality_id", "year"), {"schema": "knowledge"})

    municipality_id: int = Field(foreign_key="knowledge.tax_municipalities.id", ondelete="CASCADE")
    year: int = Field(ge=2000, le=2100)
    percent: Decimal = Field(ge=0, le=100, max_digits=5, decimal_places=2)
    exempt_below: Decimal | None = Field(default=None, ge=0, max_digits=10, decimal_places=2)


class TaxCalculation(UuidKey, table=True):
    """A tax that was worked out for a user."""

    __tablename__ = "tax_calculations"
    __table_args__ = (
        CheckConstraint("tax <= income", name="tax_within_income"),
        Index("ix_tax_calculations_user_id_calculated_at", "user_id", "calculated_at"),
        {"schema": "knowledge"},
    )

    user_id: int = Field(foreign_key="identity.users.id", ondelete="CASCADE")
    municipality_id: int | None = Field(
        default=None, foreign_key="knowledge.tax_municipalities.id", index=True, ondelete="SET NULL"
    )
    year: int = Field(ge=2000, le=2100)
    income: Decimal = Field(ge=0, max_digits=14, decimal_places=2)
    tax: Decimal = Field(ge=0, max_digits=14, decimal_places=2)
    steps: list[dict[str, Any]] = Field(default_factory=list, description="How the result was reached")
    calculated_at: dt.datetime = moment()
