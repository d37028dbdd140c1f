"""Revisions that are no one line from the first to the last."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.source.revisions import Revision, revisions
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "broken-chain"


def check(context: Context) -> Iterator[Finding]:
    """Findings for two revisions of one name, for one that follows nothing there is, and for several last ones."""
    histories: dict[str, list[Revision]] = {}
    for revision in revisions(context.project):
        histories.setdefault(revision.folder, []).append(revision)
    for history in histories.values():
        ordered = sorted(history, key=lambda each: each.place)
        yield from _twice(ordered)
        lost = list(_lost(ordered))
        yield from lost or _heads(ordered)  # a gap makes heads of what comes before it
        yield from _circle(ordered)


def _twice(history: list[Revision]) -> Iterator[Finding]:
    first: dict[str, Revision] = {}
    for each in history:
        other = first.setdefault(each.id, each)
        if other is not each:
            what = f"two revisions are called {each.id}"
            yield Finding(
                ID, what, each.place, "alembic revision   # gives each an id of its own", related=(other.place,)
            )


def _lost(history: list[Revision]) -> Iterator[Finding]:
    names = {each.id for each in history}
    for each in history:
        for down in each.down:
            if not any(name.startswith(down) for name in names):
                what = f"revision {each.id} follows {down}, and there is no such revision"
                yield Finding(ID, what, each.place, "bring the file back, or name the revision that it follows")


def _heads(history: list[Revision]) -> Iterator[Finding]:
    followed = {down for each in history for down in each.down}
    heads = [each for each in history if not any(each.id.startswith(down) for down in followed)]
    if len(heads) > 1 and not any(each.branch for each in history):
        first, *others = heads
        names = ", ".join(each.id for each in heads)
        what = f"the history has {len(heads)} heads: {names}"
        fix = f'alembic merge -m "…" {" ".join(each.id for each in heads)}'
        yield Finding(ID, what, first.place, fix, related=tuple(each.place for each in others))


def _circle(history: list[Revision]) -> Iterator[Finding]:
    """Revisions that are left when those that follow nothing unknown are taken away, again and again."""
    left = {each.id: each for each in history}
    while free := [name for name, each in left.items() if not any(down in left for down in each.down)]:
        for name in free:
            del left[name]
    after = {down for each in left.values() for down in each.down}
    inside = sorted((each for each in left.values() if each.id in after), key=lambda each: each.place)
    if inside:
        what = f"revisions follow one another in a circle: {', '.join(each.id for each in inside)}"
        yield Finding(ID, what, inside[0].place, "let one of them follow what came before")


RULE = Rule(
    ID,
    "Revisions are not one chain",
    "Of the revisions of one folder two have one id, one follows a revision that is not there, they go in a circle, or "
    "several are last while no branch has a name.",
    "`alembic upgrade head` refuses to run, in the deploy that brings both.",
    "Merge the heads, or let the younger one follow the older.",
    check,
)


def _revision(name: str, down: str) -> str:
    return f'revision = "{name}"\ndown_revision = {down}\n\n\ndef upgrade():\n    pass\n'


EXAMPLES = Examples(
    bad={
        "migrations/versions/a1.py": _revision("a1", "None"),
        "migrations/versions/b2.py": _revision("b2", '"a1"'),
        "migrations/versions/c3.py": _revision("c3", '"a1"'),
    },
    good={
        "migrations/versions/a1.py": _revision("a1", "None"),
        "migrations/versions/b2.py": _revision("b2", '"a1"'),
        "migrations/versions/c3.py": _revision("c3", '"b2"'),
    },
)
