"""Bookings: guests, menus, and when a station is free."""

from app.models.core.availability import BookingAvailability, StationClosure, StationPrice
from app.models.core.bookings import Booking, BookingAddon, BookingMenuItem, BookingStatusChange
from app.models.core.customers import Customer, LoyaltyAccount
from app.models.core.menu import AddonItem, MenuCategory, MenuItem

__all__ = [
    "AddonItem",
    "Booking",
    "BookingAddon",
    "BookingAvailability",
    "BookingMenuItem",
    "BookingStatusChange",
    "Customer",
    "LoyaltyAccount",
    "MenuCategory",
    "MenuItem",
    "StationClosure",
    "StationPrice",
]
