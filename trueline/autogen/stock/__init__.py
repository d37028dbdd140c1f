"""Catalog objects as stock Alembic operations, as a developer would write them: exact, or not at all.

What stock operations have no word for becomes one of `trueline.autogen.operations`, with PostgreSQL's own definition.
"""
