"""A schema read from ``pg_catalog``, in PostgreSQL's own words, as a value that can be compared."""

from __future__ import annotations
