"""The models of every measured project: plain tables, so that neither side pays for a class of an ORM.

Each has twelve columns, a primary key, a foreign key, a unique key, a check and two indexes. Defaults are spelled as
PostgreSQL prints them: for any other spelling stock Alembic asks the server, once for each default.
"""

from __future__ import annotations

import os

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def make_metadata(tables: int, schemas: int, changed: str = "") -> sa.MetaData:
    """Models of that many tables, spread evenly; with one schema they are in the default one.

    Args:
        tables: how many.
        schemas: over how many schemas.
        changed: a name for what is new in the models: a table, and a column and an index in another.
    """
    metadata = sa.MetaData(naming_convention=NAMES)
    made: list[sa.Table] = []
    for number in range(tables):
        place, row = number % schemas, number // schemas
        # A tree, as in life: a chain as long as the schema would make SQLAlchemy's sorting of tables quadratic.
        parent = made[(row - 1) // 4 * schemas + place] if row else None
        made.append(_add(metadata, f"t{number:05}", f"s{place:02}" if schemas > 1 else None, parent))
    if changed:
        _change(metadata, changed, made[0])
    return metadata


def from_environment() -> sa.MetaData:
    """The models that the environment asks for: what an env.py imports."""
    wanted = os.environ
    return make_metadata(int(wanted["BENCH_TABLES"]), int(wanted["BENCH_SCHEMAS"]), wanted.get("BENCH_CHANGED", ""))


def _add(metadata: sa.MetaData, name: str, schema: str | None, parent: sa.Table | None) -> sa.Table:
    reference = [] if parent is None else [sa.ForeignKey(parent.c.id, ondelete="CASCADE")]
    return sa.Table(
        name,
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("parent_id", sa.BigInteger, *reference, index=True),
        sa.Column("code", sa.String(40), nullable=False, unique=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("amount", sa.Numeric(12, 2), nullable=False),
        sa.Column("quantity", sa.Integer, server_default=sa.text("0"), nullable=False),
        sa.Column("active", sa.Boolean, server_default=sa.text("true"), nullable=False),
        sa.Column("noted_on", sa.Date),
        sa.Column("details", JSONB),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("amount >= 0", name="amount"),
        sa.Index(None, "state", "created_at"),
        schema=schema,
    )


def _change(metadata: sa.MetaData, word: str, first: sa.Table) -> None:
    _add(metadata, f"new_{word}", first.schema, first)
    first.append_column(sa.Column(f"{word}_id", sa.Integer, index=True))
