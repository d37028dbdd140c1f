"""A rule: one kind of defect, with what it does to people and how it is put right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from trueline.finding import Finding

Context_contra = TypeVar("Context_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Rule(Generic[Context_contra]):
    """One kind of defect.

    Attributes:
        id: what it is called in settings and comments; states the defect, never the cure: ``two-owners``.
        name: the defect as a sentence.
        condition: when exactly it is found.
        effect: what goes wrong.
        remedy: how to put it right.
        check: pure: what there is to see in, findings out.
        needs: what there must be for it to say anything: ``database``.
    """

    id: str
    name: str
    condition: str
    effect: str
    remedy: str
    check: Callable[[Context_contra], Iterable[Finding]]
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Examples:
    """A small project with the defect, and the same one without: path of each file -> its text.

    A file ``database.sql`` is what the project's database was made by.
    """

    bad: Mapping[str, str]
    good: Mapping[str, str]
