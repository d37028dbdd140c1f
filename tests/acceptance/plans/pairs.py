"""Reads the pairs in ``pairs/``: two schemas between which a plan must lead, there and back.

    === what the pair is about (since 18, watch grant, committed)
    --- before
    SQL that both begin with
    --- old
    --- new
    --- after
    SQL that both end with
    --- rows
    SQL that fills the old one
    --- kept
    a query whose answer stays the same through the upgrade and the downgrade
    --- works
    SQL that must be accepted once the upgrade is done

Every part may be missing. ``committed`` is for what PostgreSQL treats in another way within the transaction that made
it. ``refused`` says that no plan can lead there or back, ``may refuse`` that a plan may say so; ``destructive`` that
rows are lost for it, and the revision says so. ``nothing`` says that the two are no difference at all.
Names such as ``@s`` are those of the catalog's cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PLACE = Path(__file__).parent / "pairs"

_HEAD = re.compile(r"(?P<title>[^(]+?)(?: \((?P<limits>.*)\))?$")
_PARTS = ("before", "old", "new", "after", "rows", "kept", "works")


class Pair(NamedTuple):
    """Two schemas as SQL, and what is known about the way between them."""

    title: str
    old: str
    new: str
    rows: str = ""
    kept: str = ""
    works: str = ""
    since: int = 0
    before: int = 99
    watch: frozenset[str] = frozenset()
    committed: bool = False
    refused: bool = False
    destructive: bool = False
    nothing: bool = False
    may_refuse: bool = False

    @property
    def name(self) -> str:
        """Says in pytest's output which one it is."""
        return self.title.replace(" ", "-")


def read_pairs() -> list[Pair]:
    """All pairs of all files."""
    return [pair for path in sorted(PLACE.glob("*.sql")) for pair in _pairs(path.read_text(encoding="utf-8"))]


def _pairs(text: str) -> Iterator[Pair]:
    for block in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, _, rest = block.partition("\n")
        match = _HEAD.match(head)
        assert match, head
        parts = _parts(rest)
        limits = [word for word in (match["limits"] or "").split(", ") if word]
        values = dict(word.split(" ", 1) for word in limits if " " in word)
        yield Pair(
            match["title"],
            parts["before"] + parts["old"] + parts["after"],
            parts["before"] + parts["new"] + parts["after"],
            parts["rows"],
            parts["kept"],
            parts["works"],
            int(values.get("since", 0)),
            int(values.get("before", 99)),
            frozenset(values.get("watch", "").split()),
            "committed" in limits,
            "refused" in limits,
            "destructive" in limits,
            "nothing" in limits,
            "may refuse" in limits,
        )


def _parts(text: str) -> dict[str, str]:
    found = dict.fromkeys(_PARTS, "")
    for block in re.split(r"^--- ", text, flags=re.MULTILINE)[1:]:
        name, _, sql = block.partition("\n")
        assert name in found, name
        found[name] = sql.strip() + "\n"
    return found
