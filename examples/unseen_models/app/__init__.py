"""Advice, with its sources."""
