"""Names in every way in which PostgreSQL may write them."""

from __future__ import annotations

import re
from itertools import pairwise, product

_TOKENS = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|::|\w+|\S""")

#: A name that PostgreSQL writes without quotes; every other word without them is one of its own.
_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")

#: What stands before a name that is no column's, and after one.
_BEFORE = frozenset({"::", ".", "COLLATE"})
_AFTER = frozenset({"(", "."})


def spellings(*parts: str) -> list[str]:
    """A name as PostgreSQL may write it: each part in quotes or, where it can be, without."""
    forms = [list(dict.fromkeys((part, '"' + part.replace('"', '""') + '"'))) for part in parts]
    return [".".join(chosen) for chosen in product(*forms)]


def mentions(text: str, column: str) -> bool:
    """Whether an expression or definition, as PostgreSQL prints it, names a column; rather once too often than never.

    Functions, types and collations of the same name do not count, nor what stands in a string or in a longer name.
    """
    names = [each for each in spellings(column) if each.startswith('"') or _PLAIN.fullmatch(each)]
    if not any(each in text for each in names):
        return False
    tokens = ["", *_TOKENS.findall(text), ""]
    return any(
        token in names and before not in _BEFORE and after not in _AFTER
        for (before, token), (_, after) in pairwise(pairwise(tokens))
    )
