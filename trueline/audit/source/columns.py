"""What an attribute of a table class, or an argument of ``Table``, says about a column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from trueline.audit.source import words
from trueline.audit.source.facts import Attribute
from trueline.audit.source.names import Names
from trueline.audit.source.tables import Column, ForeignKey, Index
from trueline.audit.source.values import (
    Call,
    Const,
    Either,
    Generic,
    Items,
    Name,
    Other,
    Pairs,
    Value,
    is_true,
    last,
    text_of,
)  # fmt: skip
from trueline.finding import Place

#: Calls that make a column.
COLUMN_CALLS = frozenset({"Column", "mapped_column", "Field"})
RELATIONSHIP_CALLS = frozenset({"relationship", "Relationship"})

#: Wrappers of a type in an annotation that say how it is mapped.
_WRAPPERS = frozenset({"Mapped", "Optional", "Required", "Final"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What one has to know to read a column.

    Attributes:
        types: Python's type, by its last word -> what the base maps it to.
        tables: dotted name of a class -> schema and name of its table.
        schema: of tables that name none, in this metadata.
        aware: whether the base makes ``datetime`` a ``timestamptz``, as ``trueline.Model`` does.
    """

    names: Names
    tables: Mapping[str, tuple[str | None, str]]
    types: Mapping[str, Value] = field(default_factory=dict)
    schema: str | None = None
    aware: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A column with what is declared on it."""

    column: Column
    key: ForeignKey | None = None
    index: Index | None = None


@dataclass(frozen=True, slots=True)
class _Type:
    word: str = ""
    dialect: bool = False


def read_column(attribute: Attribute, place: Place, around: Surroundings) -> Read:
    """The column that an attribute with its annotation declares."""
    annotation, calls = _unfold(attribute, around)
    name = next((text for call in calls if (text := _name_in(call))), attribute.name)
    opaque = isinstance(attribute.value, Call) and attribute.value.last not in COLUMN_CALLS
    type_ = _Type() if opaque else _declared_type(calls, around) or _annotated_type(annotation, around)
    key = next((found for call in calls if (found := _key(call, name, place, around))), None)
    primary = any(is_true(call.get("primary_key")) for call in calls)
    column = Column(
        name,
        type_.word,
        place,
        nullable=_nullable(annotation, calls) and not primary,
        key=primary,
        dialect=type_.dialect,
        default=any(call.get(word) for call in calls for word in ("default", "default_factory", "server_default")),
    )
    return Read(column, key, _index(calls, name, place))


def _unfold(attribute: Attribute, around: Surroundings) -> tuple[Value | None, list[Call]]:
    """The annotation without its wrappers, and every call that describes the column."""
    calls = [attribute.value] if isinstance(attribute.value, Call) else []
    inner = calls[0].get("sa_column") if calls else None
    calls += [inner] if isinstance(inner, Call) else []
    annotation = attribute.annotation
    while isinstance(annotation, Generic) and last(annotation.of) in _WRAPPERS and annotation.items:
        annotation = annotation.items[0]
    if isinstance(annotation, Name):
        assigned = around.names.assigned(around.names.resolve(annotation.path))
        annotation = assigned.value if assigned and isinstance(assigned.value, Generic) else annotation
    if isinstance(annotation, Generic) and last(annotation.of) == "Annotated" and annotation.items:
        calls += [each for each in annotation.items[1:] if isinstance(each, Call) and each.last in COLUMN_CALLS]
        annotation = annotation.items[0]
    return annotation, calls


def _name_in(call: Call) -> str | None:
    """A column's name where it is another than the attribute's."""
    return text_of(call.args[0]) if call.args and call.last != "Field" else text_of(call.get("name"))


def _options(annotation: Value | None) -> tuple[Value, ...]:
    """The types that an annotation leaves to choose from."""
    if isinstance(annotation, Either):
        return annotation.items
    if isinstance(annotation, Generic) and last(annotation.of) in {"Optional", "Union"}:
        return (*annotation.items, *([Const(None)] if last(annotation.of) == "Optional" else []))
    return (annotation,) if annotation is not None else ()


def _nullable(annotation: Value | None, calls: list[Call]) -> bool:
    for call in calls:
        said = call.get("nullable")
        if isinstance(said, Const):
            return bool(said.value)
    if annotation is None:
        return True
    return any(isinstance(each, Const) and each.value is None for each in _options(annotation))


def _declared_type(calls: list[Call], around: Surroundings) -> _Type | None:
    for call in calls:
        given = (call.get("sa_type") or call.get("type_"), *(call.args if call.last != "Field" else ()))
        for each in given:
            if each is not None and (found := type_of(each, around)).word:
                return found
    return None


def type_of(value: Value, around: Surroundings) -> _Type:
    """A type of SQLAlchemy as PostgreSQL's word; an empty one for what is none."""
    if isinstance(value, Call) and value.last == "with_variant":
        inner = value.on if value.on is not None else Name(value.function.removesuffix(".with_variant"))
        return _Type(type_of(inner, around).word)
    if not isinstance(value, Name | Call):
        return _Type()
    path = around.names.resolve(value.path if isinstance(value, Name) else value.function)
    word = words.of_sqlalchemy(last(path))
    if word == "timestamp" and isinstance(value, Call) and _with_zone(value):
        word = "timestamptz"
    return _Type(word, _is_dialects(path, word))


def _with_zone(call: Call) -> bool:
    return is_true(call.get("timezone")) or (bool(call.args) and is_true(call.args[0]))


def _is_dialects(path: str, word: str) -> bool:
    if path.startswith("sqlalchemy.dialects.postgresql"):
        return word in words.ONLY_POSTGRESQL or last(path) == "UUID"
    return path.startswith("sqlalchemy.") and word == "array"


def _annotated_type(annotation: Value | None, around: Surroundings) -> _Type:
    """What SQLAlchemy or SQLModel makes of Python's type."""
    for each in _options(annotation):
        path = each.path if isinstance(each, Name) else each.of if isinstance(each, Generic) else ""
        name = last(path)
        if name in around.types:
            return type_of(around.types[name], around)
        if word := words.of_python(name):
            return _Type("timestamptz" if word == "timestamp" and around.aware else word)
    return _Type()


def _key(call: Call, name: str, place: Place, around: Surroundings) -> ForeignKey | None:
    given = call.get("foreign_key")
    if given is None:
        inner = next((arg for arg in call.args if isinstance(arg, Call) and arg.last == "ForeignKey"), None)
        given = (inner.args[0] if inner.args else inner.get("column")) if inner else None
    return key_to((name,), (given,), place, around) if given is not None else None


def key_to(
    columns: tuple[str, ...], targets: tuple[Value, ...], place: Place, around: Surroundings
) -> ForeignKey | None:
    """A foreign key to columns that are named by text, or as attributes of a class."""
    named = [_target(around.names.literal(each), around) for each in targets]
    found = [each for each in named if each is not None]
    if not found or len(found) < len(named):
        return None
    schema, table, _ = found[0]
    return ForeignKey(columns, schema or around.schema, table, tuple(column for _, _, column in found), place)


def _target(value: Value | None, around: Surroundings) -> tuple[str | None, str, str] | None:
    if (text := text_of(value)) is not None:
        parts = text.split(".")
        return (".".join(parts[:-2]) or None, parts[-2], parts[-1]) if len(parts) > 1 else (None, parts[0], "")
    if isinstance(value, Name):
        head, _, column = around.names.resolve(value.path).rpartition(".")
        if head in around.tables:
            schema, table = around.tables[head]
            return schema, table, column
    return None


def _index(calls: list[Call], name: str, place: Place) -> Index | None:
    for call in calls:
        if is_true(call.get("unique")):
            return Index((name,), "", True, place, constraint=True)
        if is_true(call.get("index")):
            return Index((name,), "", False, place)
    return None


def table_arguments(value: Value | None, names: Names) -> tuple[tuple[Call, ...], Pairs | None]:
    """The constraints and the options of ``__table_args__``."""
    value = names.literal(value)
    given = value.items if isinstance(value, Items) else (value,)
    calls = tuple(each for each in given if isinstance(each, Call))
    return calls, next((each for each in given if isinstance(each, Pairs)), None)


def column_names(values: tuple[Value, ...]) -> tuple[str, ...]:
    """Columns that are named by text or as attributes; nothing where one is an expression."""
    found = [text_of(each) or (last(each.path) if isinstance(each, Name) else "") for each in values]
    return tuple(found) if all(found) else ()


def constraints(calls: tuple[Call, ...], place: Place, around: Surroundings) -> Iterator[ForeignKey | Index | Items]:
    """Keys and indexes among a table's arguments; a primary key comes as the names of its columns."""
    for call in calls:
        here = Place(place.file, call.line, place.object)
        if call.last == "ForeignKeyConstraint" and len(call.args) > 1 and isinstance(call.args[1], Items):
            targets = call.args[1].items
            inner = call.args[0].items if isinstance(call.args[0], Items) else ()
            if key := key_to(column_names(inner), targets, here, around):
                yield key
        elif call.last == "PrimaryKeyConstraint":
            yield Items(call.args)
        elif call.last == "UniqueConstraint":
            name = text_of(call.get("name")) or ""
            yield Index(column_names(call.args), name, True, here, constraint=True)
        elif call.last == "Index" and call.args:
            where = call.get("postgresql_where")
            unique = is_true(call.get("unique"))
            name, columns = text_of(call.args[0]) or "", column_names(call.args[1:])
            yield Index(columns, name, unique, here, where is not None, evaluated=_is_evaluated(where))


def _is_evaluated(where: Value | None) -> bool:
    """``col is True``, ``not col``, ``a and b`` and the like: SQLAlchemy gets what Python makes of it."""
    if isinstance(where, Const):
        return isinstance(where.value, bool)
    if not isinstance(where, Other):
        return False
    return where.kind == "BooleanOperation" or bool({"Is", "IsNot", "In", "NotIn", "Not"} & set(where.operators))
