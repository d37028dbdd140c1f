"""The workshop of tests/autogen/stock."""

from __future__ import annotations

from tests.autogen.stock.conftest import Workshop, case, case_database, copy_connection, workshop

__all__ = ["Workshop", "case", "case_database", "copy_connection", "workshop"]
