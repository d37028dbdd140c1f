"""What the API takes and gives."""

import uuid

from pydantic import BaseModel


class UserCreate(BaseModel):
    """A new account."""

    email: str
    password: str
    full_name: str
    role: str


class UserResponse(BaseModel):
    """An account as the API shows it."""

    id: uuid.UUID
    email: str
    display_name: str
    phone_number: str | None
    status: str
    role: str
