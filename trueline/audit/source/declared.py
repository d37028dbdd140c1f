"""Tables and relationships that a project's Python declares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from trueline.audit.source.bases import SQLMODEL, Bases, is_abstract, is_table_of_sqlmodel
from trueline.audit.source.columns import (
    COLUMN_CALLS,
    RELATIONSHIP_CALLS,
    Surroundings,
    column_names,
    constraints,
    key_to,
    read_column,
    table_arguments,
)
from trueline.audit.source.facts import Attribute, Class, Module
from trueline.audit.source.tables import Column, ForeignKey, Index, Table
from trueline.audit.source.values import Call, Const, Generic, Items, Name, Value, last, text_of
from trueline.finding import Place


@dataclass(frozen=True, slots=True)
class Relationship:
    """``relationship("Station")`` of a class; ``target`` is the last word of the class it names."""

    source: str
    name: str
    target: str
    owner: str
    place: Place


@dataclass(frozen=True, slots=True)
class Declared:
    """All of them."""

    tables: tuple[Table, ...]
    relationships: tuple[Relationship, ...]


def declared(bases: Bases) -> Declared:
    """Read every class and Core table of the project, revisions aside."""
    modules = [module for module in bases.names.modules.values() if module.role in {"code", "test", "env"}]
    mapped = [(module, each) for module in modules for each in module.classes if _has_table(each, bases)]
    named = {each.path: (_schema(each, bases), _name(each, bases)) for _, each in mapped}
    readers = [_ClassReader(bases, named, module, each) for module, each in mapped]
    tables = [reader.table() for reader in readers]
    tables += [table for module in modules for table in _core_tables(module, bases, named)]
    return Declared(tuple(tables), tuple(each for reader in readers for each in reader.relationships()))


def _has_table(class_: Class, bases: Bases) -> bool:
    root = bases.root(class_.path)
    if root is None or root == class_.path or is_abstract(class_):
        return False
    if is_table_of_sqlmodel(class_):
        return True
    if class_.keyword("table") is not None or _is_sqlmodel(root, bases):
        return False
    if root in bases.flask:
        return True
    return any(_names_table(each) for each in _own_and_mixins(class_, bases))


def _is_sqlmodel(root: str, bases: Bases) -> bool:
    class_ = bases.names.class_(root)
    return root == SQLMODEL or (class_ is not None and class_.keyword("registry") is not None)


def _own_and_mixins(class_: Class, bases: Bases) -> Iterator[Class]:
    """What a name of a table may come from: a parent that has a table of its own keeps it."""
    for each in bases.lineage(class_)[0]:
        if each is class_ or is_abstract(each) or bases.root(each.path) in {None, each.path}:
            yield each


def _names_table(class_: Class) -> bool:
    words = ("__tablename__", "__table__")
    return any(class_.attribute(word) for word in words) or "__tablename__" in class_.methods


def _name(class_: Class, bases: Bases) -> str:
    """A table's name; empty where only running the code could tell."""
    lineage = bases.lineage(class_)[0]
    if any("__table_args__" in each.computed for each in lineage):
        return ""  # the schema is a part of the name
    for each in lineage:
        if found := each.attribute("__tablename__"):
            return text_of(bases.names.literal(found.value)) or ""
        if "__tablename__" in each.methods:
            return ""
        if isinstance(table := _value(each, "__table__"), Call) and table.args:
            return text_of(table.args[0]) or ""
    if bases.root(class_.path) in bases.flask:
        return _flask_name(class_.name)
    return class_.name.lower() if is_table_of_sqlmodel(class_) else ""


def _flask_name(name: str) -> str:
    """What Flask-SQLAlchemy makes of a class's name: ``camel_to_snake_case()`` in its model.py."""
    words = re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\1", name)
    return words.lower().lstrip("_")


def _value(class_: Class, name: str) -> Value | None:
    found = class_.attribute(name)
    return found.value if found else None


def _default_schema(owner: str, bases: Bases) -> str | None:
    found = bases.metadatas.get(owner)
    return found.schema if found else None


def _schema(class_: Class, bases: Bases) -> str | None:
    for each in bases.lineage(class_)[0]:
        if found := each.attribute("__table_args__"):
            _, options = table_arguments(found.value, bases.names)
            if options and (text := text_of(bases.names.literal(options.get("schema")))):
                return text
            break
    return _default_schema(bases.owner(class_), bases)


class _ClassReader:
    """Reads one table class."""

    def __init__(self, bases: Bases, tables: dict[str, tuple[str | None, str]], module: Module, class_: Class) -> None:
        self.bases, self.class_, self.module = bases, class_, module
        self.lineage, self.whole = bases.lineage(class_)
        root = bases.root(class_.path) or ""
        self.sqlmodel = _is_sqlmodel(root, bases)
        self.owner = bases.owner(class_)
        base = bases.all.get(root)
        self.around = Surroundings(
            bases.names,
            tables,
            dict(base.types) if base else {},
            _default_schema(self.owner, bases),
            any(path.startswith("trueline.") for each in self.lineage for path in map(bases.names.resolve, each.bases)),
        )
        self.schema, self.name = tables[class_.path]
        self.whole = self.whole and not any(_is_opaque(each) for each in self.lineage)

    def attributes(self) -> dict[str, tuple[Class, Attribute]]:
        """By name; those of the class itself come before those of what it stands on."""
        found: dict[str, tuple[Class, Attribute]] = {}
        for each in self.lineage:
            for attribute in each.attributes:
                if not attribute.name.startswith("__"):
                    found.setdefault(attribute.name, (each, attribute))
        return found

    def table(self) -> Table:
        """The table with all that is declared on it."""
        place = replace(self.class_.place)
        inner = _value(self.class_, "__table__")
        if isinstance(inner, Call):
            core = _core_table(self.module, self.class_.path, inner, place, owner=self.owner, around=self.around)
            return replace(core, kind="class", schema=core.schema or self.schema)
        columns, keys, indexes = self._columns()
        table = Table(
            "class", self.name, self.schema, self.class_.path, self.module.name, self.owner, place,
            columns, keys, indexes, self.whole,
        )  # fmt: skip
        calls = [
            call
            for each in self.lineage
            if (found := each.attribute("__table_args__"))
            for call in table_arguments(found.value, self.bases.names)[0]
        ]
        return _with_constraints(table, tuple(calls), self.around)

    def _columns(self) -> tuple[tuple[Column, ...], tuple[ForeignKey, ...], tuple[Index, ...]]:
        read = [
            read_column(each, Place(owner.place.file, each.line, f"{owner.name}.{each.name}"), self.around)
            for owner, each in self.attributes().values()
            if self._is_column(each)
        ]
        own = tuple(each.column for each in read)
        others = tuple(each for each in self._from_trueline() if each.name not in {column.name for column in own})
        keys = tuple(each.key for each in read if each.key)
        indexes = tuple(each.index for each in read if each.index)
        if any(each.name == "tenant_id" for each in others):
            keys = (*keys, *self._tenant())
            indexes = (*indexes, Index(("tenant_id",), "", False, self.class_.place))
        return (*own, *others), keys, indexes

    def _tenant(self) -> Iterator[ForeignKey]:
        """The key of ``trueline.TenantScoped``."""
        found = next((each for each in map(_tenant_key, self.lineage) if each), "identity.tenants.id")
        key = key_to(("tenant_id",), (Const(found),), self.class_.place, self.around)
        yield from (each for each in (key,) if each)

    def _from_trueline(self) -> Iterator[Column]:
        """Columns of trueline's own mixins, of which the text is not in the project."""
        paths = {self.bases.names.resolve(path) for each in self.lineage for path in each.bases}
        for mixin, columns in _MIXINS.items():
            if f"trueline.{mixin}" in paths:
                for name, type_, key in columns:
                    yield Column(name, type_, self.class_.place, key=key, default=True)

    def _is_column(self, attribute: Attribute) -> bool:
        value, annotation = attribute.value, attribute.annotation
        if isinstance(annotation, Generic) and last(annotation.of) == "ClassVar":
            return False
        if isinstance(value, Call) and value.last in COLUMN_CALLS:
            return True
        if isinstance(value, Call) and (value.last in RELATIONSHIP_CALLS or not self.sqlmodel):
            return False
        if self.sqlmodel:
            return annotation is not None and not attribute.name.startswith(("_", "model_config"))
        return isinstance(annotation, Generic) and last(annotation.of) == "Mapped"

    def _known(self, target: str) -> str:
        """The class's name; nothing where it is one of another package's."""
        found = self.bases.names.resolve(target)
        elsewhere = "." in found and self.bases.names.class_(found) is None
        return "" if elsewhere and self.bases.names.module(found.rpartition(".")[0]) is None else target

    def relationships(self) -> Iterator[Relationship]:
        """What the class says of other classes."""
        for owner, each in self.attributes().values():
            if isinstance(each.value, Call) and each.value.last in RELATIONSHIP_CALLS:
                target = self._known(_target(each))
                place = Place(owner.place.file, each.line, f"{owner.name}.{each.name}")
                if target:
                    yield Relationship(self.class_.path, each.name, last(target), self.owner, place)


_MIXINS = {
    "Timestamps": (("created_at", "timestamptz", False), ("updated_at", "timestamptz", False)),
    "UuidKey": (("id", "uuid", True),),
    "SoftDelete": (("deleted_at", "timestamptz", False),),
    "TenantScoped": (("tenant_id", "integer", False),),
}


def _is_opaque(class_: Class) -> bool:
    """Whether it may have columns that only running the code would show."""
    computed = set(class_.computed) - {"__tablename__", "__table_args__", "__mapper_args__"}
    made = (each.value for each in class_.attributes if each.annotation is None and not each.name.startswith("__"))
    return bool(computed) or any(isinstance(each, Call) and each.last not in _NO_MYSTERY for each in made)


#: Calls whose value is known to be no column, or is read as one.
_NO_MYSTERY = COLUMN_CALLS | RELATIONSHIP_CALLS | {"MetaData", "registry", "Table", "ConfigDict", "association_proxy"}


def _tenant_key(class_: Class) -> str | None:
    return text_of(_value(class_, "__tenant_key__"))


def _target(attribute: Attribute) -> str:
    """The class that a relationship names, in its call or its annotation."""
    value = attribute.value
    given = value.args[0] if isinstance(value, Call) and value.args else None
    if given is None and isinstance(value, Call):
        given = value.get("argument")
    if isinstance(given, Const) and isinstance(given.value, str):
        return given.value.rpartition("->")[2].strip()
    if isinstance(given, Name):
        return given.path
    return _innermost(attribute.annotation)


def _innermost(value: Value | None) -> str:
    if isinstance(value, Generic) and value.items:
        return _innermost(value.items[-1])
    if isinstance(value, Name):
        return value.path
    if isinstance(value, Const) and isinstance(value.value, str):
        return value.value
    items = getattr(value, "items", ())
    return next((found for each in items if (found := _innermost(each))), "") if items else ""


def _core_tables(module: Module, bases: Bases, named: dict[str, tuple[str | None, str]]) -> Iterator[Table]:
    for each in module.assigned:
        call = each.value
        if not isinstance(call, Call) or call.last != "Table" or len(call.args) < 2:
            continue
        metadata = call.args[1]
        if isinstance(metadata, Name) and call.function in {"sqlalchemy.Table", "sqlalchemy.schema.Table"}:
            owner = bases.metadata_of(metadata.path)
            around = Surroundings(bases.names, named, schema=_default_schema(owner, bases))
            name = text_of(call.args[0]) or ""
            place = module.place(each.line, f"table {name}")
            path = f"{module.name}.{each.name}"
            yield _core_table(module, path, call, place, owner=owner, around=around)


def _core_table(module: Module, path: str, call: Call, place: Place, *, owner: str, around: Surroundings) -> Table:
    calls = tuple(each for each in call.args[2:] if isinstance(each, Call))
    schema = text_of(around.names.literal(call.get("schema"))) or around.schema
    name = text_of(call.args[0]) or ""
    columns = [each for each in calls if each.last == "Column" and each.args]
    read = [
        read_column(Attribute(text, each, None, each.line), module.place(each.line, f"{name}.{text}"), around)
        for each in columns
        if (text := text_of(each.args[0]))
    ]
    table = Table(
        "core", name, schema, path, module.name, owner, place,
        tuple(each.column for each in read),
        tuple(each.key for each in read if each.key),
        tuple(each.index for each in read if each.index),
        len(calls) == len(call.args[2:]),
    )  # fmt: skip
    return _with_constraints(table, calls, around)


def _with_constraints(table: Table, calls: tuple[Call, ...], around: Surroundings) -> Table:
    found = list(constraints(calls, table.place, around))
    primary = {name for each in found if isinstance(each, Items) for name in column_names(each.items)}
    return replace(
        table,
        columns=tuple(replace(each, key=each.key or each.name in primary) for each in table.columns),
        keys=(*table.keys, *(each for each in found if isinstance(each, ForeignKey))),
        indexes=(*table.indexes, *(each for each in found if isinstance(each, Index))),
    )
