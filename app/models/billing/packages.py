"""What can be subscribed to: the price list, what each package is advertised with, and what it includes."""

from decimal import Decimal
from typing import Any

from sqlalchemy import true

from trueline import Field, Grant, Model, ReferenceRows, Relationship

#: The packages that are sold, cheapest first.
SLUGS = ("free", "standard", "premium", "enterprise")


class PackageBase(Model):
    """What a package is to a customer."""

    slug: str = Field(max_length=40, pattern=r"^[a-z][a-z0-9_]*$", primary_key=True)
    name: str = Field(min_length=1, max_length=80)
    price_monthly: Decimal = Field(ge=0, max_digits=10, decimal_places=2, description="Per seat and month, net")
    currency: str = Field(
        default="EUR", max_length=3, pattern=r"^[A-Z]{3}$", sa_column_kwargs={"server_default": "EUR"}
    )
    display_order: int = Field(ge=0, unique=True, description="Place on the price list, from the left")


class SubscriptionPackage(PackageBase, table=True):
    """A package that users can subscribe to."""

    __tablename__ = "subscription_packages"
    __table_args__ = {"schema": "billing"}

    is_available: bool = Field(
        default=True, sa_column_kwargs={"server_default": true()}, description="Whether new subscribers may choose it"
    )

    details: list["PackageMetadata"] = Relationship(back_populates="package")
    features: list["PackageFeature"] = Relationship(back_populates="package")


class PackageMetadata(Model, table=True):
    """A line of text that a package is advertised with."""

    __tablename__ = "package_metadata"
    __table_args__ = {"schema": "billing"}

    package_slug: str = Field(
        max_length=40, primary_key=True, foreign_key="billing.subscription_packages.slug", ondelete="CASCADE"
    )
    metadata_key: str = Field(max_length=40, pattern=r"^[a-z][a-z0-9_]*$", primary_key=True)
    metadata_value: str = Field(max_length=400)

    package: SubscriptionPackage = Relationship(back_populates="details")


class PackageFeature(Model, table=True):
    """Whether a package includes a feature."""

    __tablename__ = "package_features"
    __table_args__ = {"schema": "billing"}

    package_slug: str = Field(
        max_length=40, primary_key=True, foreign_key="billing.subscription_packages.slug", ondelete="CASCADE"
    )
    feature_name: str = Field(max_length=60, pattern=r"^[a-z][a-z0-9_]*$", primary_key=True)
    category: str = Field(max_length=40, description="Heading on the price list")
    is_included: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    monthly_limit: int | None = Field(default=None, gt=0, description="Uses per month; empty for no limit")

    package: SubscriptionPackage = Relationship(back_populates="features")


# The price list is public: whoever may connect may read it.
Grant("usage", on="billing", on_kind="schema", to="public")
Grant("select", on=SubscriptionPackage, to="public")

ReferenceRows(
    SubscriptionPackage,
    key=("slug",),
    rows=[
        {"slug": "free", "name": "Free", "price_monthly": Decimal("0.00"), "display_order": 1},
        {"slug": "standard", "name": "Standard", "price_monthly": Decimal("29.99"), "display_order": 2},
        {"slug": "premium", "name": "Premium", "price_monthly": Decimal("79.99"), "display_order": 3},
        {"slug": "enterprise", "name": "Enterprise", "price_monthly": Decimal("299.99"), "display_order": 4},
    ],
)

#: By key, one value per package in the order of SLUGS.
_DETAILS: dict[str, tuple[str, str, str, str]] = {
    "tagline": ("Try it out", "For one person", "For a growing team", "For the whole company"),
    "highlight": ("No card needed", "Everything to start", "Most popular", "Your own contact"),
    "cta_text": ("Start free", "Choose Standard", "Choose Premium", "Talk to us"),
    "support_hours": ("none", "weekdays", "every day", "around the clock"),
}

#: By feature: its category, then from which package on it is included (its place in SLUGS).
_FEATURES: dict[str, tuple[str, int]] = {
    "basic_tools": ("tools", 0),
    "community_support": ("support", 0),
    "advanced_tools": ("tools", 1),
    "email_support": ("support", 1),
    "data_export": ("data", 1),
    "team_seats": ("teams", 2),
    "priority_support": ("support", 2),
    "api_access": ("data", 2),
    "single_sign_on": ("security", 3),
    "audit_log": ("security", 3),
    "dedicated_contact": ("support", 3),
}


def _detail_rows() -> list[dict[str, Any]]:
    return [
        {"package_slug": slug, "metadata_key": key, "metadata_value": value}
        for key, values in _DETAILS.items()
        for slug, value in zip(SLUGS, values, strict=True)
    ]


def _feature_rows() -> list[dict[str, Any]]:
    return [
        {"package_slug": slug, "feature_name": name, "category": category, "is_included": place >= first}
        for name, (category, first) in _FEATURES.items()
        for place, slug in enumerate(SLUGS)
    ]


ReferenceRows(PackageMetadata, key=("package_slug", "metadata_key"), rows=_detail_rows())
ReferenceRows(PackageFeature, key=("package_slug", "feature_name"), rows=_feature_rows())
