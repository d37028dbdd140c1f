"""Extensions, enums, domains, composite types and sequences, changed where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from alembic.operations import MigrateOperation

from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.plan.changes.actions import alter
from trueline.autogen.plan.enum_values import added_values
from trueline.autogen.plan.sides import Sides
from trueline.autogen.plan.typed import tables_of
from trueline.autogen.stock.bounds import begins_anew, led_inside
from trueline.catalog.objects import (
    Attribute,
    Column,
    Composite,
    Domain,
    DomainCheck,
    Enum,
    Extension,
    Key,
    Sequence,
    Table,
)
from trueline.catalog.render.words import literal, name
from trueline.errors import TruelineError


def extension(old: Extension, new: Extension, fields: frozenset[str], _sides: Sides) -> list[MigrateOperation]:
    """Another schema, another version."""
    found: list[MigrateOperation] = []
    if "schema" in fields:
        found.append(alter(new.key, f"SET SCHEMA {name(new.schema)}", f"SET SCHEMA {name(old.schema)}"))
    if "version" in fields:
        found.append(alter(new.key, f"UPDATE TO {literal(new.version)}", f"UPDATE TO {literal(old.version)}"))
    return found


def enum(old: Enum, new: Enum, _fields: frozenset[str], sides: Sides) -> list[MigrateOperation] | None:
    """Values that were added, each at its place; anything else takes a new type."""
    return added_values(old, new, sides)


def domain(old: Domain, new: Domain, fields: frozenset[str], sides: Sides) -> list[MigrateOperation] | None:
    """Default, NOT NULL and checks; another type below or collation takes a new domain.

    Raises:
        TruelineError: PostgreSQL would have to look into values that it has no way to look into.
    """
    if fields & {"type", "collation"}:
        return None
    found: list[MigrateOperation] = list(_checks_dropped(old, new))
    if "default" in fields:
        found.append(alter(new.key, _default(new), _default(old)))
    if "not_null" in fields:
        found += _not_null(old, new)
    elif "not_null_constraint" in fields and old.not_null_constraint and new.not_null_constraint:
        one, other = name(old.not_null_constraint.name), name(new.not_null_constraint.name)
        found.append(alter(new.key, f"RENAME CONSTRAINT {one} TO {other}", f"RENAME CONSTRAINT {other} TO {one}"))
    added = list(_checks_added(old, new))
    if (added or new.not_null > old.not_null) and (column := _hidden_in(new.key, sides)) is not None:
        raise _hidden(new, column)
    return [*found, *added]


def _hidden_in(key: Key, sides: Sides, *, inside: bool = False) -> Column | None:
    """A column whose values have the domain inside: PostgreSQL checks only those that are of it themselves."""
    for each in sorted(sides.dependents.get(key, ())):
        user = sides.old.get(each)
        if isinstance(user, Column) and (inside or user.type.endswith("[]")):
            return user
        if isinstance(user, Composite) and (found := _hidden_in(each, sides, inside=True)) is not None:
            return found
    return None


def _hidden(thing: Domain, column: Column) -> TruelineError:
    place, own = name(column.schema, column.table), name(column.name)
    return TruelineError(
        f"domain {name(thing.schema, thing.name)} cannot get a constraint: "
        f"column {name(*column.key[1:])} has it inside its type, {column.type}",
        fix=(
            "take the column to text for the while, in a revision of your own:\n"
            f"op.execute('ALTER TABLE {place} ALTER COLUMN {own} TYPE text USING {own}::text')\n"
            f"change the domain, then op.execute('ALTER TABLE {place} ALTER COLUMN {own} "
            f"TYPE {column.type} USING {own}::{column.type}')"
        ),
    )


def _default(thing: Domain) -> str:
    return "DROP DEFAULT" if thing.default is None else f"SET DEFAULT {thing.written}"


def _not_null(old: Domain, new: Domain) -> Iterator[AlterObjectOp]:
    constraint = new.not_null_constraint or old.not_null_constraint
    add = f"ADD CONSTRAINT {name(constraint.name)} NOT NULL" if constraint else "SET NOT NULL"
    actions = (add, "DROP NOT NULL")
    yield alter(new.key, *(actions if new.not_null else reversed(actions)))


def _checks_dropped(old: Domain, new: Domain) -> Iterator[AlterObjectOp]:
    for check in old.checks:
        if _likeness(check) not in map(_likeness, new.checks) and not _twin(check, old, new):
            yield alter(new.key, f"DROP CONSTRAINT {name(check.name)}", f"ADD {_words(check)}")


def _checks_added(old: Domain, new: Domain) -> Iterator[AlterObjectOp]:
    for check in new.checks:
        twin = _twin(check, new, old)
        before = next((each for each in old.checks if _likeness(each) == _likeness(check)), None)
        if before is not None and check.valid and not before.valid:
            yield alter(new.key, f"VALIDATE CONSTRAINT {name(check.name)}", f"DROP CONSTRAINT {name(check.name)}")
        elif before is None and twin is not None:
            one, other = name(twin.name), name(check.name)
            yield alter(new.key, f"RENAME CONSTRAINT {one} TO {other}", f"RENAME CONSTRAINT {other} TO {one}")
        elif before is None:
            yield alter(new.key, f"ADD {_words(check)}", f"DROP CONSTRAINT {name(check.name)}")


def checks_kept(old: Domain, new: Domain) -> Iterator[tuple[str, str]]:
    """The names, before and after, of the checks that are neither dropped nor made anew."""
    same = {_likeness(check) for check in new.checks}
    for check in old.checks:
        if (twin := _twin(check, old, new)) is not None or _likeness(check) in same:
            yield check.name, twin.name if twin is not None else check.name


def _likeness(check: DomainCheck) -> tuple[str, str, bool]:
    """A check that was not valid and is now is the same one; the other way it has to be made anew."""
    return (check.name, check.definition.removesuffix(" NOT VALID"), check.valid or not check.definition)


def _twin(check: DomainCheck, here: Domain, there: Domain) -> DomainCheck | None:
    """The check on the other side that differs in its name only."""
    names = {each.name for each in here.checks} & {each.name for each in there.checks}
    if check.name in names:
        return None
    mine = [each for each in here.checks if each.definition == check.definition and each.name not in names]
    others = [each for each in there.checks if each.definition == check.definition and each.name not in names]
    position = mine.index(check)
    return others[position] if position < len(others) else None


def _words(check: DomainCheck) -> str:
    return f"CONSTRAINT {name(check.name)} {check.definition}"


def composite(old: Composite, new: Composite, _fields: frozenset[str], sides: Sides) -> list[MigrateOperation] | None:
    """Attributes that were dropped, changed, and added at the end; another order takes a new type.

    Nor can an attribute change its type while a column is of the composite type. Tables of the type follow it.

    Raises:
        TruelineError: a table would need its columns in another order.
    """
    typed = tables_of(old.key, sides)
    if not _can_be_altered(old, new, sides):
        if typed:
            raise _bound(old, typed[0])
        return None
    before, after = ({item.name: item for item in thing.attributes} for thing in (old, new))
    cascade = " CASCADE" if typed else ""
    found: list[MigrateOperation] = []
    for item in old.attributes:
        if item.name not in after:
            drop = f"DROP ATTRIBUTE {name(item.name)}{cascade}"
            found.append(alter(new.key, drop, f"ADD ATTRIBUTE {_words_of(item)}{cascade}"))
        elif item != after[item.name]:
            ways = (f"ALTER ATTRIBUTE {_words_of(each, ' TYPE')}{cascade}" for each in (after[item.name], item))
            found.append(alter(new.key, *ways))
    for item in new.attributes:
        if item.name not in before:
            add = f"ADD ATTRIBUTE {_words_of(item)}{cascade}"
            found.append(alter(new.key, add, f"DROP ATTRIBUTE {name(item.name)}{cascade}"))
    return found


def _can_be_altered(old: Composite, new: Composite, sides: Sides) -> bool:
    used = any(key[0] == "column" for key in sides.dependents.get(old.key, ()))
    if used and any(one != other for one in old.attributes for other in new.attributes if one.name == other.name):
        return False
    kept = [item.name for item in old.attributes if item.name in {each.name for each in new.attributes}]
    return [item.name for item in new.attributes][: len(kept)] == kept


def _words_of(item: Attribute, verb: str = "") -> str:
    return f"{name(item.name)}{verb} {item.type}{f' COLLATE {item.collation}' if item.collation else ''}"


def _bound(old: Composite, table: Table) -> TruelineError:
    kind, place = name(old.schema, old.name), name(table.schema, table.name)
    return TruelineError(
        f"composite type {kind} cannot become what it shall be while table {place} is of it",
        fix=(
            "add attributes at the end of the type, or let go of the table first, in a revision of its own:\n"
            f'op.execute("ALTER TABLE {place} NOT OF")'
        ),
    )


def sequence(old: Sequence, new: Sequence, fields: frozenset[str], _sides: Sides) -> list[MigrateOperation]:
    """Everything about a sequence can be altered; how far it has got stays, as far as its bounds allow."""
    found: list[MigrateOperation] = []
    words = [word for word in _OPTIONS if word in fields or (word == "restart" and begins_anew(old, new))]
    if words:
        found += led_inside((old.schema, old.name), old, new)
        found.append(alter(new.key, *(" ".join(_option(thing, word) for word in words) for thing in (new, old))))
    if "persistence" in fields:
        actions = ("SET UNLOGGED", "SET LOGGED")
        found.append(alter(new.key, *(actions if new.persistence == "unlogged" else reversed(actions))))
    if "owned_by" in fields:
        found.append(alter(new.key, _owned(new), _owned(old)))
    return found


_OPTIONS = ("type", "start", "increment", "minimum", "maximum", "cache", "cycle", "restart")


def _option(thing: Sequence, field: str) -> str:
    match field:
        case "type":
            return f"AS {thing.type}"
        case "start":
            return f"START {thing.start}"
        case "increment":
            return f"INCREMENT {thing.increment}"
        case "minimum":
            return f"MINVALUE {thing.minimum}"
        case "maximum":
            return f"MAXVALUE {thing.maximum}"
        case "cache":
            return f"CACHE {thing.cache}"
        case "restart":
            return "RESTART"
        case _:
            return "CYCLE" if thing.cycle else "NO CYCLE"


def _owned(thing: Sequence) -> str:
    return f"OWNED BY {name(*thing.owned_by[1:])}" if thing.owned_by else "OWNED BY NONE"
