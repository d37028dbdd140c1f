"""The words of `trueline.catalog.describe`."""

from __future__ import annotations
