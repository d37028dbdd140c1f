"""Random schemas, and random successors: every part of a successor is what it was, or drawn anew, or gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, TypeVar

from hypothesis import strategies as st

from tests.acceptance.properties.spec import (
    Check,
    Column,
    Composite,
    Domain,
    Enum,
    Extra,
    Foreign,
    Function,
    Key,
    Sequence,
    Spec,
    Table,
    View,
)
from tests.acceptance.properties.words import ATTRIBUTES, COMMENTS, LABELS, NAMES, SCHEMAS, TYPES, castable

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]

COLUMNS, TABLES = 5, 3

_ODD = st.text(alphabet="aZ_9 .%:;\"'\\$é日-()", min_size=1, max_size=20).filter(lambda text: text.strip() != "")


@st.composite
def pairs(draw: Draw) -> tuple[Spec, Spec]:
    """A schema and its successor."""
    names = draw(_names())
    old = draw(schemas(names, None))
    return old, _reachable(old, draw(schemas(names, old)))


def _reachable(old: Spec, new: Spec) -> Spec:
    """Without columns that no cast leads to; those come anew, as another change may bring them."""
    tables = [_castable(*each) for each in zip(old.tables, new.tables, strict=True)]
    return replace(new, tables=tuple(tables), composites=tuple(map(_alterable, old.composites, new.composites)))


def _alterable(old: Composite | None, new: Composite | None) -> Composite | None:
    """As PostgreSQL has no way to do both while there are columns: other attributes, or others' types."""
    if old is None or new is None or len(old.attributes) == len(new.attributes):
        return new
    before = dict(old.attributes)
    kept = [(name, type_) for name, type_ in new.attributes if before.get(name, type_) == type_]
    order = [name for name, _ in old.attributes]
    first = [each for each in kept if each[0] in before]
    first.sort(key=lambda each: order.index(each[0]))
    return replace(new, attributes=(*first, *(each for each in kept if each[0] not in before))) if kept else old


def _castable(old: Table | None, new: Table | None) -> Table | None:
    if old is None or new is None:
        return new
    pairs_of = zip(old.columns, new.columns, strict=True)
    kept = (None if one and other and not castable(one.type, other.type) else other for one, other in pairs_of)
    return replace(new, columns=tuple(kept))


@st.composite
def _names(draw: Draw) -> tuple[str, ...]:
    start = draw(st.integers(0, len(NAMES) - 1))
    odd = draw(st.lists(_ODD, max_size=3))
    return tuple(dict.fromkeys([*odd, *NAMES[start:], *NAMES[:start]]))


@st.composite
def schemas(draw: Draw, names: tuple[str, ...], base: Spec | None) -> Spec:
    """A whole schema; where there is a base, like it in most parts."""
    old = base or Spec(names)
    return Spec(
        names,
        tables=tuple(draw(_tables(each)) for each in _slots(old.tables, TABLES)),
        enums=_parts(draw, old.enums, 2, _enums),
        partitioned=draw(_of("", old.partitioned, old.partitioned, "RANGE", "LIST", "HASH")),
        domains=_parts(draw, old.domains, 1, _domains),
        composites=_parts(draw, old.composites, 2, _composites),
        sequences=_parts(draw, old.sequences, 2, _sequences),
        views=_parts(draw, old.views, 3, _views),
        functions=_parts(draw, old.functions, 2, _functions),
        extras=_parts(draw, old.extras, 6, _extras),
    )


def _slots(given: tuple[T | None, ...], count: int) -> tuple[T | None, ...]:
    return (*given, *[None] * (count - len(given)))


def _parts(
    draw: Draw, old: tuple[T | None, ...], count: int, make: Callable[[T | None], st.SearchStrategy[T]]
) -> tuple[T | None, ...]:
    return tuple(draw(_perhaps(each, make)) for each in _slots(old, count))


@st.composite
def _perhaps(draw: Draw, old: T | None, make: Callable[[T | None], st.SearchStrategy[T]]) -> T | None:
    """What it was, nothing, or something new."""
    if old is not None and draw(st.sampled_from([True, True, False])):
        return old
    return draw(make(old)) if draw(st.sampled_from([False, True])) else None


def _of(*choices: T) -> st.SearchStrategy[T]:
    return st.sampled_from(choices)


_SCHEMA = st.integers(0, len(SCHEMAS) - 1)
_NAME = st.one_of(st.none(), st.integers(0, len(NAMES) - 1))
_HOW = st.integers(0, 5)
_CALLS = _of(None, None, None, 0, 1)
_RARELY = _of(False, False, False, True)


@st.composite
def _enums(draw: Draw, old: Enum | None) -> Enum:
    if old is not None and draw(st.booleans()):
        return Enum(old.schema, tuple(draw(st.permutations(old.labels))))
    labels = st.lists(_of(*LABELS), unique=True, min_size=1, max_size=5)
    return Enum(old.schema if old is not None else draw(_SCHEMA), tuple(draw(labels)))


@st.composite
def _composites(draw: Draw, old: Composite | None) -> Composite:
    if old is not None and draw(st.booleans()):
        return Composite(old.schema, tuple(draw(st.permutations(old.attributes))))
    names = draw(st.lists(_of("a", "b", "C", "it's %s"), unique=True, min_size=1, max_size=3))
    schema = old.schema if old is not None else draw(_SCHEMA)
    return Composite(schema, tuple((name, draw(_of(*ATTRIBUTES))) for name in names))


def _domains(_: Domain | None) -> st.SearchStrategy[Domain]:
    return st.builds(Domain, _SCHEMA, _HOW)


def _sequences(_: Sequence | None) -> st.SearchStrategy[Sequence]:
    return st.builds(Sequence, _SCHEMA, _HOW)


def _functions(_: Function | None) -> st.SearchStrategy[Function]:
    return st.builds(Function, _SCHEMA, st.integers(0, 6))


def _extras(_: Extra | None) -> st.SearchStrategy[Extra]:
    kinds = _of("rule", "statistics", "range", "aggregate", "procedure", "comment", "comment", "child", "grant")
    return st.builds(Extra, kinds, _SCHEMA, st.integers(0, TABLES - 1), _HOW)


def _views(_: View | None) -> st.SearchStrategy[View]:
    columns = st.lists(st.integers(0, COLUMNS - 1), unique=True, min_size=1, max_size=3).map(tuple)
    return st.builds(View, _SCHEMA, st.integers(0, TABLES - 1), columns, st.booleans(), st.booleans(), _HOW, _CALLS)


@st.composite
def _tables(draw: Draw, old: Table | None) -> Table | None:
    fates = ("new", "new", "none") if old is None else ("same", "changed", "changed", "changed", "none", "new")
    fate = draw(_of(*fates))
    if old is not None and fate == "changed":
        changed: Table = draw(_changed_tables(old))
        return changed
    new: Table | None = draw(_new_tables()) if fate == "new" else None
    return old if fate == "same" else new


@st.composite
def _new_tables(draw: Draw) -> Table:
    columns = tuple(draw(st.one_of(_columns(), st.none())) for _ in range(COLUMNS))
    return Table(
        draw(_SCHEMA),
        columns,
        tuple(draw(st.lists(_keys(), max_size=4))),
        tuple(draw(st.lists(_checks(), max_size=2))),
        tuple(draw(st.lists(_foreign(), max_size=2))),
        draw(_of(*COMMENTS)),
        draw(st.integers(0, 7)),
        draw(st.one_of(st.none(), st.none(), st.integers(0, 5))),
        draw(st.one_of(st.none(), st.none(), st.integers(0, 23))),
        tuple(draw(st.lists(st.integers(0, 3), unique=True, max_size=3))),
        draw(_RARELY),
    )


@st.composite
def _changed_tables(draw: Draw, old: Table) -> Table:
    """Like the old one, but for some of its parts; now and then in another schema."""
    new = draw(_new_tables())
    columns = tuple(draw(_changed_columns(*each)) for each in zip(old.columns, new.columns, strict=True))
    return Table(
        draw(_of(*[old.schema] * 9, new.schema)),
        columns,
        _mixed(draw, old.keys, new.keys),
        _mixed(draw, old.checks, new.checks),
        _mixed(draw, old.foreign, new.foreign),
        draw(_of(old.comment, new.comment)),
        draw(_of(old.how, old.how, new.how)),
        draw(_of(old.policy, new.policy)),
        draw(_of(old.trigger, new.trigger)),
        draw(_of(old.partitions, new.partitions)),
        draw(_of(*[old.other] * 9, new.other)),
    )


def _mixed(draw: Draw, old: tuple[T, ...], new: tuple[T, ...]) -> tuple[T, ...]:
    kept = tuple(each for each in old if draw(_of(True, True, False)))
    return (*kept, *(each for each in new if draw(_of(False, True))))


@st.composite
def _changed_columns(draw: Draw, old: Column | None, new: Column | None) -> Column | None:
    """What it was, gone, anew, or another one in some of its attributes."""
    fate = draw(_of("same", "same", "same", "mixed", "new", "gone"))
    if fate == "same":
        return old
    if fate == "gone":
        return None
    if old is not None and new is not None and fate == "mixed":
        new = replace(old, **{field.name: getattr(new, field.name) for field in fields(Column) if draw(_RARELY)})
    if old is not None and new is not None and not castable(old.type, new.type):
        return None
    return new


@st.composite
def _columns(draw: Draw) -> Column:
    type_ = draw(_of(*TYPES, "integer", "text", "enum 0", "enum 1", "enum[] 0", "domain 0", "composite 0"))
    counts = draw(_of("", "", "serial", "always", "default")) if type_ in {"integer", "bigint", "smallint"} else ""
    return Column(
        type_,
        draw(_of(True, False)) and not counts,
        draw(st.integers(-1, 4)),
        counts,
        draw(st.tuples(_of(1, 5, -3), _of(1, 2, -1), st.booleans())),
        draw(st.one_of(st.none(), st.none(), st.none(), st.integers(0, COLUMNS - 1))),
        draw(_of(*COMMENTS)),
        draw(_of("", "", "", "external", "statistics", "pglz", "distinct")),
        draw(st.booleans()),
        draw(_CALLS),
        draw(_RARELY),
    )


@st.composite
def _keys(draw: Draw) -> Key:
    kind = draw(_of("primary", "unique", "index", "index", "exclusion"))
    columns = draw(st.lists(st.integers(0, COLUMNS - 1), unique=True, min_size=1, max_size=3))
    return Key(kind, tuple(columns), draw(_NAME), draw(st.integers(0, 12)))


def _checks() -> st.SearchStrategy[Check]:
    return st.builds(Check, st.integers(0, COLUMNS - 1), st.integers(0, 4), _NAME, _HOW)


def _foreign() -> st.SearchStrategy[Foreign]:
    slot = st.integers(0, COLUMNS - 1)
    return st.builds(Foreign, slot, st.integers(0, TABLES - 1), slot, st.integers(0, len(NAMES) - 1), st.integers(0, 6))
