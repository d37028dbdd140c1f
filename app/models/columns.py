"""Columns that all owners of tables write in one way."""

import datetime as dt
from typing import Any

from sqlalchemy import Identity, func

from trueline import Field, Model


class IntegerKey(Model):
    """A whole number that the database hands out: the type of every key that points at a user."""

    id: int | None = Field(default=None, primary_key=True, sa_column_args=[Identity()])


def moment() -> Any:
    """A time that is now unless another is given, in Python as in the database."""
    return Field(default_factory=_now, sa_column_kwargs={"server_default": func.now()})


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
