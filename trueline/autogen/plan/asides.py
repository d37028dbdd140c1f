"""What steps aside while something that it calls is made anew: defaults of columns, defaults and checks of domains."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.autogen.plan.changes.actions import alter
from trueline.autogen.plan.sides import Sides
from trueline.autogen.plan.step import Step, Verb
from trueline.catalog.objects import Column, Domain, Key
from trueline.catalog.render.words import name

#: What an expression can speak of.
CALLED = frozenset(
    {"function", "procedure", "aggregate", "sequence", "operator", "collation"}
    | {f"text_search_{kind}" for kind in ("parser", "template", "dictionary", "configuration")}
)

_ROUTINES = frozenset({"function", "procedure", "aggregate"})


def asides(sides: Sides) -> Iterator[Step]:
    """For each a step that takes it away, and one that brings it back."""
    seen: set[Key] = set()
    for key in sorted(_leaving(sides)):
        for each in sorted(sides.dependents.get(key, frozenset()) - seen):
            seen.add(each)
            before, after = sides.old.get(each), sides.new.get(each)
            if isinstance(before, Column) and isinstance(after, Column) and each not in sides.replaced:
                yield from _of_column(before, after)
            if isinstance(before, Domain) and isinstance(after, Domain) and each not in sides.replaced:
                yield from _of_domain(before, after)


def _leaving(sides: Sides) -> Iterator[Key]:
    """What is made anew, and a routine that goes as another of its name comes: the same words mean that one then."""
    yield from (key for key in sides.replaced if key[0] in CALLED)
    come = {thing.key[1:3] for thing in sides.delta.added if thing.kind in _ROUTINES}
    gone = (thing.key for thing in sides.delta.removed if thing.kind in _ROUTINES)
    yield from (key for key in gone if key[1:3] in come)


def _of_column(before: Column, after: Column) -> Iterator[Step]:
    if before.default is None or before.origin is not None:
        return
    place, words = ("table", after.schema, after.table), f"ALTER COLUMN {name(after.name)}"
    drop, put = f"{words} DROP DEFAULT", f"{words} SET DEFAULT {before.written}"
    key = ("default", *after.key[1:])
    yield _step("drop", key, [(place, drop, put)])
    if after.default is not None:
        yield _step("create", key, [(place, f"{words} SET DEFAULT {after.written}", drop)])


def _of_domain(before: Domain, after: Domain) -> Iterator[Step]:
    key = ("aside", *after.key[1:])
    gone = [(after.key, *_check(each.name, each.definition)) for each in before.checks]
    come = [(after.key, *_check(each.name, each.definition)[::-1]) for each in after.checks]
    if before.default is not None:
        gone.append((after.key, "DROP DEFAULT", f"SET DEFAULT {before.written}"))
    if after.default is not None:
        come.append((after.key, f"SET DEFAULT {after.written}", "DROP DEFAULT"))
    yield _step("drop", key, gone)
    yield _step("create", key, come)


def _check(constraint: str, definition: str) -> tuple[str, str]:
    """How it goes, and how it comes."""
    return f"DROP CONSTRAINT {name(constraint)}", f"ADD CONSTRAINT {name(constraint)} {definition}"


def _step(verb: Verb, key: Key, actions: list[tuple[Key, str, str]]) -> Step:
    return Step(verb, key, tuple(alter(*each) for each in actions), frozenset({key}))
