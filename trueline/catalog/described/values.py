"""How a field's value changed, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from trueline.catalog.described.definitions import bare, lines
from trueline.catalog.described.wording import Words, attribute, flat, generated, identity, kind_word, named, pair, word
from trueline.catalog.objects import Attribute, DomainCheck, Foreign, Generated, Identity, KeyFiring, NotNull, Origin
from trueline.catalog.objects.constraint import KeyEvent
from trueline.catalog.render.words import literal, name, names

#: Says how a value changed; takes the field's label and the value before and after.
Say = Callable[[str, Any, Any], Words]

_PARTS = {"minimum": "minimum value", "maximum": "maximum value"}

_EVENTS: dict[KeyEvent, str] = {
    "insert": "inserts",
    "update": "updates",
    "referenced delete": "deletes",
    "referenced update": "updates of what is referenced",
    "recheck": "checks at the end",
}

_FIRES = {"origin": "enabled", "always": "enabled always", "replica": "enabled on replicas only"}


def _switched(label: str, _: bool, new: bool) -> Words:
    yield f"{label}: off -> on" if new else f"{label}: on -> off"


def _not_null(_label: str, _old: bool, new: bool) -> Words:
    yield "NULL allowed -> NOT NULL" if new else "NOT NULL -> NULL allowed"


def _not_null_constraint(_: str, old: NotNull | None, new: NotNull | None) -> Words:
    one, two = (item or NotNull("") for item in (old, new))
    if one.name != two.name:
        yield f"name of the NOT NULL: {pair(name(one.name) if old else 'none', name(two.name) if new else 'none')}"
    if one.valid != two.valid:
        yield f"NOT NULL valid: {word(one.valid)} -> {word(two.valid)}"
    if one.inherits != two.inherits:
        yield f"NOT NULL inherited by children: {word(one.inherits)} -> {word(two.inherits)}"


def _identity(_: str, old: Identity | None, new: Identity | None) -> Words:
    if old is None or new is None or old.always != new.always:
        yield f"identity: {identity(old) if old else 'none'} -> {identity(new) if new else 'none'}"
    if old is not None and new is not None:
        for part in ("start", "increment", "minimum", "maximum", "cache", "cycle"):
            one, two = getattr(old, part), getattr(new, part)
            if one != two:
                yield f"identity {_PARTS.get(part, part)}: {word(one)} -> {word(two)}"
        if old.sequence != new.sequence:
            yield f"identity sequence: {name(*old.sequence)} -> {name(*new.sequence)}"


def _generated(_: str, old: Generated | None, new: Generated | None) -> Words:
    yield f"generated: {pair(generated(old) if old else 'no', generated(new) if new else 'no')}"


def _options(label: str, old: Sequence[str], new: Sequence[str]) -> Words:
    """``name=value``, one by one."""
    yield from _pairs(label, *((tuple(item.partition("=")[::2]) for item in items) for items in (old, new)))


def _pairs(label: str, old: Any, new: Any) -> Words:
    """Two mappings: of options, of defaults by column."""
    one, two = dict(old), dict(new)
    for key in sorted({*one, *two}):
        if one.get(key) != two.get(key):
            yield f"{label.removesuffix('s')} {key}: {pair(*(items.get(key, 'none') or 'yes' for items in (one, two)))}"


def _parts(_: str, old: Any, new: Any) -> Words:
    """Options, members, mappings, each by its own name."""
    yield from (words.strip() for words in _pairs("", old, new))


def _settings(_: str, old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> Words:
    yield from (f"column {name(column)}: {text}" for column, text in new if (column, text) not in old)
    yield from (f"column {name(column)}: no longer {text}" for column, text in old if (column, text) not in new)


def _foreign(_: str, old: Foreign | None, new: Foreign | None) -> Words:
    one, two = (item.server if item else None for item in (old, new))
    if one != two:
        yield f"server: {pair(name(one) if one else 'none', name(two) if two else 'none')}"
    yield from _options("options", old.options if old else (), new.options if new else ())


def _labels(label: str, old: Sequence[str], new: Sequence[str]) -> Words:
    """What came, with its place, what went, and whether the rest has another order."""
    come = [_placed(new, place) for place, item in enumerate(new) if item not in old]
    gone = [f"- {literal(item)}" for item in old if item not in new]
    if come or gone:
        yield f"{label}: {', '.join([*come, *gone])}"
    one, two = ([item for item in items if item in old and item in new] for items in (old, new))
    if one != two:
        yield f"order of {label}: {pair(', '.join(map(literal, one)), ', '.join(map(literal, two)))}"


def _placed(labels: Sequence[str], place: int) -> str:
    if place:
        return f"+ {literal(labels[place])} after {literal(labels[place - 1])}"
    return f"+ {literal(labels[0])}" + (f" before {literal(labels[1])}" if len(labels) > 1 else "")


def _attributes(label: str, old: Sequence[Attribute], new: Sequence[Attribute]) -> Words:
    one, two = ({item.name: item for item in items} for items in (old, new))
    yield from (f"attribute + {attribute(item)}" for item in new if item.name not in one)
    yield from (f"attribute - {name(item.name)}" for item in old if item.name not in two)
    for item in new:
        before = one.get(item.name)
        if before is not None and before != item:
            kinds = (attribute(part).removeprefix(name(part.name)).strip() for part in (before, item))
            yield f"attribute {name(item.name)}: {' -> '.join(kinds)}"
    orders = [[item.name for item in items if item.name in one and item.name in two] for items in (old, new)]
    if orders[0] != orders[1]:
        yield f"order of {label}: {names(orders[0])} -> {names(orders[1])}"


def _checks(_: str, old: Sequence[DomainCheck], new: Sequence[DomainCheck]) -> Words:
    one, two = ({item.name: item for item in items} for items in (old, new))
    yield from (f"check + {name(item.name)} {flat(item.definition)}" for item in new if item.name not in one)
    yield from (f"check - {name(item.name)}" for item in old if item.name not in two)
    for item in new:
        before = one.get(item.name)
        if before is None or before == item:
            continue
        if bare(before.definition) != bare(item.definition):
            yield f"check {name(item.name)}: {pair(before.definition, item.definition)}"
        else:
            yield f"check {name(item.name)} valid: {word(before.valid)} -> {word(item.valid)}"


def _members(label: str, old: Sequence[str], new: Sequence[str]) -> Words:
    """Roles, privileges: sets."""
    come, gone = (
        [f"{sign} {item}" for item in one if item not in two] for sign, one, two in (("+", new, old), ("-", old, new))
    )
    yield f"{label}: {', '.join([*come, *gone])}"


def _numbered(_: str, old: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]]) -> Words:
    one, two = dict(old), dict(new)
    for number in sorted({*one, *two}):
        if one.get(number) != two.get(number):
            before, after = (word(items.get(number), "default") for items in (one, two))
            yield f"statistics target of column {number}: {before} -> {after}"


def _fires(_: str, old: str, new: str) -> Words:
    yield f"{_fired(old)} -> {_fired(new)}"


def _key_firing(_: str, old: Sequence[KeyFiring], new: Sequence[KeyFiring]) -> Words:
    """The triggers that keep a key, one by one."""
    one, two = ({(item.event, item.table): item.enabled for item in items} for items in (old, new))
    for event, table in sorted({*one, *two}):
        before, after = (_fired(items.get((event, table), "origin")) for items in (one, two))
        if before != after:
            yield f"trigger on {name(*table)} for {_EVENTS[event]}: {before} -> {after}"


def _fired(mode: str) -> str:
    return _FIRES.get(mode, mode)


def _quoted(_: str, old: str, new: str) -> Words:
    yield pair(literal(old), literal(new))


def _role(_: str, old: str, new: str) -> Words:
    yield f"{name(old)} -> {name(new)}"


def _owned(label: str, old: Any, new: Any) -> Words:
    yield f"{label}: {named(old) if old else 'none'} -> {named(new) if new else 'none'}"


def _relation(label: str, old: tuple[str, str], new: tuple[str, str]) -> Words:
    yield f"{label}: {name(*old)} -> {name(*new)}"


def _permissive(_label: str, _old: bool, new: bool) -> Words:
    yield "restrictive -> permissive" if new else "permissive -> restrictive"


def _origin(_: str, old: Origin | None, new: Origin | None) -> Words:
    one, two = (f"{kind_word(item.of)} {named(item.of)}" if item else "nothing" for item in (old, new))
    yield f"came with: {one} -> {two}"


#: By kind and field, or by field alone.
SAY: dict[tuple[str, str], Say] = {
    ("", "not_null"): _not_null,
    ("", "not_null_constraint"): _not_null_constraint,
    ("", "identity"): _identity,
    ("", "generated"): _generated,
    ("", "options"): _options,
    ("", "defaults"): _pairs,
    ("", "parts"): _parts,
    ("", "settings"): _settings,
    ("", "foreign"): _foreign,
    ("", "labels"): _labels,
    ("", "attributes"): _attributes,
    ("", "checks"): _checks,
    ("", "roles"): _members,
    ("", "privileges"): _members,
    ("", "enabled"): _fires,
    ("", "firing"): _key_firing,
    ("", "text"): _quoted,
    ("owner", "role"): _role,
    ("", "owned_by"): _owned,
    ("", "origin"): _origin,
    ("", "row_security"): _switched,
    ("", "force_row_security"): _switched,
    ("", "permissive"): _permissive,
    ("", "references"): _relation,
    ("statistics", "table"): _relation,
    ("index", "statistics"): _numbered,
    ("view", "definition"): lines,
    ("materialized_view", "definition"): lines,
}
