"""Names in every way in which PostgreSQL may write them."""

from __future__ import annotations

from itertools import product


def spellings(*parts: str) -> list[str]:
    """A name as PostgreSQL may write it: each part in quotes or, where it can be, without."""
    forms = [list(dict.fromkeys((part, '"' + part.replace('"', '""') + '"'))) for part in parts]
    return [".".join(chosen) for chosen in product(*forms)]
