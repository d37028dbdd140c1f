"""What one SQLAlchemy can say for PostgreSQL and an older one cannot."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import SchemaItem


def sayable(kind: type[SchemaItem], **options: Any) -> dict[str, Any]:
    """Of these options, as ``postgresql_…``, those that this SQLAlchemy takes."""
    known = dict(postgresql.dialect.construct_arguments or [])[kind]
    return {f"postgresql_{option}": value for option, value in options.items() if option in known}
