"""Alembic operations for what stock Alembic has none for: each runs, reverses, renders, and works offline."""
