"""A base that was forgotten when the models moved."""

from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Nothing stands on it."""
