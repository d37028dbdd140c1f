"""Renames of what holds data or is named by others: tables, columns, enum types and their values.

They come first in a revision. What follows from them, such as the text of a CHECK, is not computed here: PostgreSQL
carries them out in a scratch database, and the catalog is read again.
"""

from __future__ import annotations

from trueline.autogen.renames.find import find_renames
from trueline.autogen.renames.rehearse import rehearsed
from trueline.autogen.renames.rename import Rename, following
from trueline.autogen.renames.unheard import Known, unheard

__all__ = ["Known", "Rename", "find_renames", "following", "rehearsed", "unheard"]
