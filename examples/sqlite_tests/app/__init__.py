"""A platform for videos."""
