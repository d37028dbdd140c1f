"""Users, their sessions and what they pay."""

from sqlmodel import Field, SQLModel


class User(SQLModel, table=True):
    """Somebody who asks."""

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=320, unique=True)
