"""What models say, as a value and as a file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import from_json, to_json
from trueline.catalog.objects import Key
from trueline.garbage import uncollected
from trueline.readings.finding import Finding


@dataclass(frozen=True, slots=True)
class Declared:
    """What models say.

    Attributes:
        catalog: everything that they lead to.
        taken_over: keys of what no model declares, or declares in a way that PostgreSQL refuses, and what was taken
            from revisions (or, where they have not got it, from the live database) instead.
        findings: what is wrong with the models all the same.
        left_out: indexes and constraints that PostgreSQL refuses and nothing can stand for: the catalog lacks them.
        alone: whether all this follows from the models alone, and neither revisions nor the live database were asked.
        undeclared: those of ``taken_over`` that no model declares.
    """

    catalog: Catalog
    taken_over: tuple[Key, ...] = ()
    findings: tuple[Finding, ...] = ()
    left_out: tuple[Finding, ...] = ()
    alone: bool = True
    undeclared: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading as it is kept.

    Attributes:
        lines: what the log says about it.
        sources: digests of the catalogs that it follows from beside the models, by their names.
    """

    declared: Declared
    lines: tuple[str, ...] = ()
    sources: dict[str, str | None] = field(default_factory=dict)


def to_text(kept: Kept) -> str:
    """What was found on the first line, the catalog on the second."""
    declared = kept.declared
    head = {
        "taken_over": declared.taken_over,
        "undeclared": declared.undeclared,
        "findings": [asdict(each) for each in declared.findings],
        "left_out": [asdict(each) for each in declared.left_out],
        "lines": kept.lines,
        "sources": kept.sources,
    }
    return json.dumps(head) + "\n" + to_json(declared.catalog)


def from_text(text: str) -> Kept:
    """What `to_text` wrote; raises whatever a damaged text leads to."""
    first, _, catalog = text.partition("\n")
    head = json.loads(first)
    findings, left_out = (
        tuple(
            Finding(each["what"], tuple(each["where"]), each["fix"], tuple(map(tuple, each["objects"])))
            for each in head[kind]
        )
        for kind in ("findings", "left_out")
    )
    with uncollected():
        taken, undeclared = (tuple(map(tuple, head[word])) for word in ("taken_over", "undeclared"))
        declared = Declared(from_json(catalog), taken, findings, left_out, not head["sources"], undeclared)
    return Kept(declared, tuple(head["lines"]), head["sources"])
