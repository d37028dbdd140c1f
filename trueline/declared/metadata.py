"""The one metadata: `SQLModel.metadata`, with every name and every key looked after from the first class on.

Importing this module is what sets it up: a naming convention counts only for what is declared after it, so there is
no later moment at which this could be done.
"""

from __future__ import annotations

from sqlmodel import SQLModel

from trueline.declared import keys, naming, options, origin, plain, sqlite

metadata = SQLModel.metadata

naming.apply(metadata)
origin.watch(metadata)
plain.watch(metadata)
keys.watch(metadata)
options.watch(metadata)

__all__ = ["metadata", "sqlite"]
