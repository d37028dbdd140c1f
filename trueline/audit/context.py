"""What a rule of the audit sees: the project's text, and the database where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trueline.audit.source.project import Project
from trueline.catalog.catalog import Catalog
from trueline.finding import Place


@dataclass(frozen=True, slots=True)
class Live:
    """A database.

    Attributes:
        sequences: schema and name -> the last value given out; those that gave none are left out.
    """

    catalog: Catalog
    sequences: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Suppression:
    """What somebody wants no finding for.

    Attributes:
        pattern: of a file, an object or a place; empty for a line of a file.
        reason: empty where none is given.
        place: of the comment, or of the setting.
        line: that a comment speaks of.
    """

    rule: str
    pattern: str
    reason: str
    place: Place
    line: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """All that there is to see.

    Attributes:
        suppressions: in comments and settings.
        unused: those of them that no finding needed; known once all other rules have spoken.
        rules: ids of all rules.
        within: what stands before a file's path where it is held against a pattern.
    """

    project: Project
    live: Live | None = None
    suppressions: tuple[Suppression, ...] = ()
    unused: tuple[Suppression, ...] = ()
    rules: frozenset[str] = frozenset()
    within: str = ""
