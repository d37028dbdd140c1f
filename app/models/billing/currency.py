"""Currencies, and the rule that all amounts of money share."""

from typing import Any

from sqlalchemy import String

from trueline import Domain, Field

CURRENCY = Domain(
    "currency",
    String(3),
    schema="billing",
    checks={"currency_code": "VALUE ~ '^[A-Z]{3}$'"},
    comment="ISO 4217 code of a currency",
)


def currency() -> Any:
    """A currency, euros unless another is given; on PostgreSQL the domain holds it to its form."""
    return Field(
        default="EUR", max_length=3, pattern=r"^[A-Z]{3}$", sa_type=CURRENCY.column_type, unenforced={"pattern"}
    )
