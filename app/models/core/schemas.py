"""What the API takes and gives: derived from the bases of the tables, so that the two cannot part."""

from decimal import Decimal

from app.models.core.bookings import BookingBase, BookingStatus
from app.models.core.customers import CustomerBase


class CustomerCreate(CustomerBase):
    """A new guest of the tenant that asks."""


class CustomerRead(CustomerBase):
    """A guest as the tenant's staff sees them."""

    id: int
    user_id: int | None
    home_station_id: int | None


class BookingCreate(BookingBase):
    """What a guest asks for."""

    customer_id: int


class BookingRead(BookingBase):
    """A booking as its guest sees it."""

    id: int
    reference: str
    customer_id: int
    status: BookingStatus
    base_price: Decimal
    extras_price: Decimal
    discount: Decimal
    total_price: Decimal
