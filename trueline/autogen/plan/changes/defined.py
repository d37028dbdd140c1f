"""What one statement makes, changed part by part where PostgreSQL has an ALTER for the part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from alembic.operations import MigrateOperation

from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.plan.changes.actions import alter
from trueline.autogen.plan.sides import Sides
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Defined, Key, Operator
from trueline.catalog.objects.defined import Parts
from trueline.catalog.render.defined import (
    FIRES,
    assigned,
    foreign_options,
    foreign_words,
    mappings,
    member,
    publication_objects,
    publication_options,
)
from trueline.catalog.render.words import name, operator_name

#: Actions there and back, or None: the object must be made anew.
Actions = Iterator[tuple[str, str]]


def defined(old: Defined, new: Defined, fields: frozenset[str], sides: Sides) -> list[MigrateOperation] | None:
    """Its parts, where each of those that differ can be altered."""
    if isinstance(old, Operator) and isinstance(new, Operator):
        return _operator(old, new, sides)
    change = _BY_KIND.get(new.kind)
    if "definition" in fields or change is None or _held(old, new):
        return None
    return [alter(new.key, *words) for words in change(old.parts, new.parts)]


#: Parts that stay as long as the object does.
_FIXED = {"text_search_dictionary": "template", "server": "FOREIGN DATA WRAPPER"}


def _held(old: Defined, new: Defined) -> bool:
    part = _FIXED.get(new.kind, "")
    return dict(old.parts).get(part) != dict(new.parts).get(part)


def _dictionary(old: Parts, new: Parts) -> Actions:
    """An option without a value is taken away."""
    there, back = (
        [assigned(option, value) for option, value in side if (option, value) not in other]
        + [option for option, _ in other if option not in dict(side)]
        for side, other in ((new, old), (old, new))
    )
    yield f"({', '.join(there)})", f"({', '.join(back)})"


def _configuration(old: Parts, new: Parts) -> Actions:
    before, after = dict(old), dict(new)
    if gone := [token for token in before if token not in after]:
        yield _unmapped(gone), ""
    for tokens, dictionaries in mappings(tuple(part for part in new if part[0] not in before)):
        yield f"ADD MAPPING FOR {tokens} WITH {dictionaries}", _unmapped([tokens])
    changed = tuple((token, value) for token, value in new if before.get(token, value) != value)
    for tokens, dictionaries in mappings(changed):
        was = [before[token] for token in tokens.split(", ")]
        back = f"ALTER MAPPING FOR {tokens} WITH {was[0]}" if len(set(was)) == 1 else ""
        yield f"ALTER MAPPING FOR {tokens} WITH {dictionaries}", back


def _unmapped(tokens: list[str]) -> str:
    return f"DROP MAPPING FOR {', '.join(tokens)}"


def _family(old: Parts, new: Parts) -> Actions:
    """Members have no other way to change than to go and come."""
    gone, come = ([part for part in side if part not in other] for side, other in ((old, new), (new, old)))
    removed, added = (", ".join(head for head, _ in parts) for parts in (gone, come))
    before, after = (", ".join(member(*part) for part in parts) for parts in (gone, come))
    if gone:
        yield f"DROP {removed}", f"ADD {before}"
    if come:
        yield f"ADD {after}", f"DROP {added}"


def _event_trigger(old: Parts, new: Parts) -> Actions:
    there, back = (FIRES[dict(parts).get("enabled", "origin")] for parts in (new, old))
    yield there, back


_PUBLISHED = {
    "publish": "'insert, update, delete, truncate'",
    "publish_via_partition_root": "false",
    "publish_generated_columns": "none",
}


def _publication(old: Parts, new: Parts) -> Actions:
    if publication_objects(old) != publication_objects(new):
        yield _published(old, new), _published(new, old)
    sides = [dict(publication_options(parts)) for parts in (new, old)]
    differ = [option for option in _PUBLISHED if sides[0].get(option) != sides[1].get(option)]
    if differ:
        there, back = (
            ", ".join(assigned(option, side.get(option, _PUBLISHED[option])) for option in differ) for side in sides
        )
        yield f"SET ({there})", f"SET ({back})"


def _published(old: Parts, new: Parts) -> str:
    """The whole list anew; an empty one cannot be said."""
    if objects := publication_objects(new):
        return f"SET {objects}"
    return "DROP " + ", ".join(part for part, _ in old if part.startswith("TABLE"))


def _wrapper(old: Parts, new: Parts) -> Actions:
    yield _foreign(old, new, "NO {}"), _foreign(new, old, "NO {}")


def _server(old: Parts, new: Parts) -> Actions:
    yield _foreign(old, new, "{} NULL"), _foreign(new, old, "{} NULL")


def _foreign(old: Parts, new: Parts, nothing: str) -> str:
    before, after = dict(foreign_words(old)), dict(foreign_words(new))
    words = [f"{word} {value}" for word, value in after.items() if before.get(word) != value]
    words += [nothing.format(word) for word in before if word not in after]
    options = list(_options(dict(foreign_options(old)), dict(foreign_options(new))))
    return " ".join([*words, *([f"OPTIONS ({', '.join(options)})"] if options else [])])


def _options(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for option, value in after.items():
        if option not in before:
            yield f"ADD {name(option)} {value}"
        elif before[option] != value:
            yield f"SET {name(option)} {value}"
    yield from (f"DROP {name(option)}" for option in before if option not in after)


_BY_KIND: dict[str, Callable[[Parts, Parts], Actions]] = {
    "text_search_dictionary": _dictionary,
    "text_search_configuration": _configuration,
    "operator_family": _family,
    "event_trigger": _event_trigger,
    "publication": _publication,
    "foreign_data_wrapper": _wrapper,
    "server": _server,
}

#: What the planner knows of an operator.
_ESTIMATORS = ("restrict", "join")
_PARTNERS = ("commutator", "negator")
#: What it can be given later, since 17, and never lose.
_ACQUIRED = frozenset({*_PARTNERS, "hashes", "merges"})


def _operator(old: Operator, new: Operator, sides: Sides) -> list[MigrateOperation] | None:
    before, after = dict(old.parts), dict(new.parts)
    differ = {part for part in {*before, *after} if before.get(part) != after.get(part)}
    differ -= {part for part in _PARTNERS if part in differ and _follows(old, new, part, sides)}
    acquired = {part for part in differ & _ACQUIRED if part not in before and sides.new.major >= 17}
    if differ - acquired - {*_ESTIMATORS}:
        return None
    there = [assigned(part, after.get(part, "NONE")) for part in _ESTIMATORS if part in differ]
    back = [assigned(part, before.get(part, "NONE")) for part in _ESTIMATORS if part in differ]
    there += [assigned(part, after[part]) for part in sorted(acquired)]
    undo = f"SET ({', '.join(back)})" if back and not acquired else ""
    return [AlterObjectOp(new.key, f"SET ({', '.join(there)})", undo)] if there else []


def _follows(old: Operator, new: Operator, part: str, sides: Sides) -> bool:
    """Whether its partner comes or goes: PostgreSQL keeps both ends of such a link."""
    before, after = dict(old.parts).get(part), dict(new.parts).get(part)
    if before is None:
        return after is not None and any(key not in sides.old for key in _partners(new, after, part, sides.new))
    return after is None and any(key not in sides.new for key in _partners(old, before, part, sides.old))


def _partners(thing: Operator, shown: str, part: str, catalog: Catalog) -> Iterator[Key]:
    """The operator that a part names: a commutator has the arguments the other way round."""
    left, right = (dict(thing.parts).get(side) for side in ("leftarg", "rightarg"))
    sides = (right, left) if part == "commutator" else (left, right)
    for other in catalog.of_kind(Operator):
        types = tuple(dict(other.parts).get(side) for side in ("leftarg", "rightarg"))
        if types == sides and shown == f"OPERATOR({operator_name(other.schema, other.name)})":
            yield other.key
