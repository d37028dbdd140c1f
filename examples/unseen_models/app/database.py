"""A base of its own, for models that came later."""

from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """No migration knows of it."""
