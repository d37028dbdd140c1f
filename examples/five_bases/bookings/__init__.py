"""Bookings of stations."""
