"""Revisions by what they say of themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trueline.audit.source.facts import Module
from trueline.audit.source.project import Project
from trueline.audit.source.values import Items, text_of, texts_of
from trueline.finding import Place


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision.

    Attributes:
        down: what it follows; several for a merge, none for the first.
        branch: whether it begins a branch that has a name.
        folder: of its file: revisions of one folder are one history.
    """

    id: str
    down: tuple[str, ...]
    branch: bool
    folder: str
    place: Place
    module: Module


def revisions(project: Project) -> Iterator[Revision]:
    """All of a project, in no order."""
    for module in project.modules:
        if module.role != "revision":
            continue
        own, down, labels = (module.assignment(name) for name in ("revision", "down_revision", "branch_labels"))
        name = text_of(own.value) if own else None
        if own is None or not name:
            continue
        before = down.value if down else None
        one = text_of(before)
        followed = texts_of(before) if isinstance(before, Items) else (one,) if one else ()
        branch = labels is not None and (text_of(labels.value) is not None or isinstance(labels.value, Items))
        folder = module.file.rpartition("/")[0]
        yield Revision(name, followed, branch, folder, module.place((down or own).line, f"revision {name}"), module)
