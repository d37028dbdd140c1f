"""The application's one kind of surrogate key."""

from sqlalchemy import Identity

from trueline import Field, Model


class IntegerKey(Model):
    """A whole number that the database hands out: the type of every key that points at a user."""

    id: int | None = Field(default=None, primary_key=True, sa_column_args=[Identity()])
