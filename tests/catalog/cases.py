"""Reads the cases in ``cases/``, one file per kind: for every attribute a change, and the one difference that it is.

    === setup
    SQL that all cases up to the next setup begin with
    === column @s @t @a: not_null (since 18, watch owner grant)
    SQL of the change; the line above has the key and the fields that differ, or ``added`` or ``removed``

Names such as ``@s`` are in names.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PLACE = Path(__file__).parent / "cases"

_HEAD = re.compile(r"(?P<key>[^:]+): (?P<fields>[^(]+?)(?: \((?P<limits>.*)\))?$")


#: Whether a server was built with ICU; its own name for Unicode's root stands in the catalog in any case.
HAS_ICU = "SELECT count(*) > 0 FROM pg_collation WHERE collprovider = 'i' AND collname <> 'unicode'"


class Case(NamedTuple):
    """What is there before, one change, and what must come out."""

    key: str
    fields: str
    setup: str
    change: str
    since: int = 0
    before: int = 99
    watch: frozenset[str] = frozenset()

    def runs_on(self, version: int, *, icu: bool) -> bool:
        """Whether a server has this: one that was built without ICU lacks its collations."""
        return self.since <= version < self.before and (icu or "provider = icu" not in self.setup + self.change)

    @property
    def name(self) -> str:
        """Says in pytest's output which one it is."""
        return f"{self.key.replace('@', '')} {self.fields}: {' '.join(self.change.split())[:50]}".replace(" ", "-")


def read_cases(kind: str) -> list[Case]:
    """The cases of one file."""
    return list(_cases((PLACE / f"{kind}.sql").read_text(encoding="utf-8")))


def kinds() -> list[str]:
    """The kinds that have cases."""
    return sorted(path.stem for path in PLACE.glob("*.sql") if path.stem != "nothing")


def _cases(text: str) -> Iterator[Case]:
    setup = ""
    for block in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, _, sql = block.partition("\n")
        if head == "setup":
            setup = sql
            continue
        match = _HEAD.match(head)
        assert match, head
        limits = dict(part.split(" ", 1) for part in (match["limits"] or "").split(", ") if part)
        yield Case(
            match["key"],
            match["fields"],
            setup,
            sql,
            int(limits.get("since", 0)),
            int(limits.get("before", 99)),
            frozenset(limits.get("watch", "").split()),
        )
