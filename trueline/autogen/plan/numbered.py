"""Names that PostgreSQL chooses for what partitions get with their parent: it counts on from those that are taken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trueline.autogen.plan.occupied import RELATION_KINDS
from trueline.autogen.plan.sides import Sides
from trueline.catalog.diff import is_named_by_server
from trueline.catalog.objects import Key

_NUMBER = re.compile(r"[1-9][0-9]{0,2}$")


def numbered(key: Key, sides: Sides) -> Iterator[Key]:
    """What must be there before an index or key of a partitioned table, so that it leaves the other its name.

    Where a partition's index is to be ``p_a_idx2``, ``p_a_idx`` and ``p_a_idx1`` were taken when it was made.
    """
    for each in sides.family(key, "new"):
        thing = sides.new[each]
        if is_named_by_server(thing) and (number := _NUMBER.search(each[-1])):
            base = each[-1][: number.start()]
            for taken in (base, *(f"{base}{one}" for one in range(1, int(number[0])))):
                yield from ((kind, each[1], taken) for kind in RELATION_KINDS)
