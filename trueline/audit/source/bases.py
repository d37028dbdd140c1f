"""Declarative bases and metadatas: which there are, and which of them a class belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trueline.audit.source.facts import Attribute, Class, Module
from trueline.audit.source.names import Names
from trueline.audit.source.values import Call, Const, Generic, Name, Pairs, Value, is_true, last, text_of
from trueline.finding import Place

SQLMODEL = "sqlmodel.SQLModel"

#: Classes of libraries that are SQLModel's base or stand on it.
_SQLMODELS = frozenset(
    {SQLMODEL, "sqlmodel.main.SQLModel"}
    | {f"trueline.{name}" for name in ("Model", "Timestamps", "UuidKey", "SoftDelete", "TenantScoped")}
)
_DECLARATIVE = frozenset(
    f"sqlalchemy.{home}.{name}"
    for home in ("orm", "orm.decl_api", "ext.declarative")
    for name in ("DeclarativeBase", "DeclarativeBaseNoMeta")
)
_NOTHING = frozenset({"object", "abc.ABC", "typing.Protocol", "typing.Generic"})
_MIXINS = frozenset({"sqlalchemy.orm.MappedAsDataclass", "sqlalchemy.ext.asyncio.AsyncAttrs", "builtins.object"})


@dataclass(frozen=True, slots=True)
class Base:
    """A declarative base.

    Attributes:
        metadata: dotted name of the one that its tables are in.
        types: ``type_annotation_map``: last word of a Python type -> SQLAlchemy's type.
    """

    path: str
    metadata: str
    place: Place
    types: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """A ``MetaData``; that of a base without one of its own has the base's place.

    Attributes:
        schema: of tables that name none.
        convention: whether it is made with a naming convention.
    """

    path: str
    place: Place
    schema: str | None = None
    convention: bool = False


class Bases:
    """All bases of a project; ``flask`` are those of Flask-SQLAlchemy, which names tables itself."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.all: dict[str, Base] = {}
        self.flask: set[str] = set()
        self.metadatas: dict[str, Metadata] = {}
        self._roots: dict[str, str | None] = {}
        self._given: dict[str, Value | None] = {}
        for module in names.modules.values():
            if module.role != "revision":
                self._read(module)
        self._settle()

    def _read(self, module: Module) -> None:
        for each in module.assigned:
            if isinstance(each.value, Call):
                self._assigned(module, each, each.value)
        for class_ in module.classes:
            own = class_.attribute("metadata")
            if own and isinstance(own.value, Call) and own.value.last == "MetaData":
                path = f"{class_.path}.metadata"
                self.metadatas[path] = _metadata(path, class_.place, own.value)
            if self._is_base(class_):
                self._add(class_.path, self._own_metadata(class_), class_.place, _types(class_))

    def _assigned(self, module: Module, each: Attribute, call: Call) -> None:
        path, place = f"{module.name}.{each.name}", module.place(each.line, each.name)
        if call.last == "MetaData":
            self.metadatas[path] = _metadata(path, place, call)
        elif call.last in {"declarative_base", "automap_base", "generate_base"}:
            given = call.get("metadata") or (call.args[0] if call.args and call.last == "generate_base" else None)
            self._add(path, given, place)
        elif call.last == "SQLAlchemy" and "flask_sqlalchemy" in call.function:
            self.flask.add(f"{path}.Model")
            self._add(f"{path}.Model", call.get("metadata"), place)

    def _is_base(self, class_: Class) -> bool:
        bases = {self.names.resolve(base) for base in class_.bases}
        return bool(bases & _DECLARATIVE) or (class_.keyword("registry") is not None and bool(bases & _SQLMODELS))

    def _own_metadata(self, class_: Class) -> Value | None:
        found = class_.attribute("metadata")
        return found.value if found else class_.keyword("metadata")

    def _add(self, path: str, metadata: Value | None, place: Place, types: tuple[tuple[str, Value], ...] = ()) -> None:
        self.all[path] = Base(path, f"{path}.metadata", place, types)
        self._given[path] = metadata

    def _settle(self) -> None:
        """Say which metadata each base has; a base may take that of another, which had to be known first."""
        for path, metadata in self._given.items():
            base = self.all[path]
            if isinstance(metadata, Name):
                self.all[path] = replace(base, metadata=self.metadata_of(metadata.path))
            elif isinstance(metadata, Call) and metadata.last == "MetaData":
                self.metadatas[base.metadata] = _metadata(base.metadata, base.place, metadata)
            else:
                self.metadatas.setdefault(base.metadata, Metadata(base.metadata, base.place))

    def owner(self, class_: Class) -> str:
        """The metadata that a class's table is in: one that it or its parents name, else that of its base."""
        root = self.root(class_.path) or ""
        for each in self.lineage(class_)[0]:
            own = each.attribute("metadata")
            if own is not None and isinstance(own.value, Name):
                return self.metadata_of(own.value.path)
            if own is not None and f"{each.path}.metadata" in self.metadatas:
                return f"{each.path}.metadata"
        return self.all[root].metadata if root in self.all else f"{root}.metadata"

    def metadata_of(self, path: str, left: int = 8) -> str:
        """The metadata that a name leads to: its own, or that of a base."""
        found = self.names.resolve(path)
        if found == "trueline.metadata":
            return f"{SQLMODEL}.metadata"
        if found in self.metadatas or not left:
            return found
        if (assigned := self.names.assigned(found)) is not None:
            if isinstance(assigned.value, Name):
                return self.metadata_of(assigned.value.path, left - 1)
            if isinstance(assigned.value, Call) and assigned.value.last == "discover":
                return f"{SQLMODEL}.metadata"
        head = found.removesuffix(".metadata")
        root = self.root(head) if head != found else None
        if root is None:
            return found
        return self.all[root].metadata if root in self.all else f"{root}.metadata"

    def root(self, path: str, seen: frozenset[str] = frozenset()) -> str | None:
        """The declarative base that a class stands on: its path, or SQLModel's."""
        found = self.names.resolve(path)
        if found in self._roots:
            return self._roots[found]
        root = self._find_root(found, seen)
        self._roots[found] = root
        return root

    def _find_root(self, path: str, seen: frozenset[str]) -> str | None:
        if path in self.all:
            return path
        if path in _SQLMODELS:
            return SQLMODEL
        class_ = self.names.class_(path)
        if class_ is None or path in seen:
            return None
        roots = (self.root(base, seen | {path}) for base in class_.bases)
        return next((root for root in roots if root), None)

    def lineage(self, class_: Class) -> tuple[tuple[Class, ...], bool]:
        """The class and what it stands on, nearest first; and whether all of it is known."""
        found: list[Class] = []
        whole = True
        waiting = [class_.path]
        while waiting:
            path = self.names.resolve(waiting.pop(0))
            each = self.names.class_(path)
            if each is None:
                whole = whole and self._is_known(path)
            elif each not in found:
                found.append(each)
                waiting += each.bases
        return tuple(found), whole

    def _is_known(self, path: str) -> bool:
        return (
            path in self.all or path in _SQLMODELS | _DECLARATIVE | _NOTHING | _MIXINS or path == "pydantic.BaseModel"
        )


def _metadata(path: str, place: Place, call: Call) -> Metadata:
    schema = text_of(call.get("schema"))
    return Metadata(path, place, schema, call.get("naming_convention") is not None)


def _types(class_: Class) -> tuple[tuple[str, Value], ...]:
    own, registry = class_.attribute("type_annotation_map"), class_.attribute("registry")
    found = own.value if own else None
    if found is None and registry is not None and isinstance(registry.value, Call):
        found = registry.value.get("type_annotation_map")
    return tuple(_typed(found.pairs if isinstance(found, Pairs) else ()))


def _typed(pairs: tuple[tuple[Value, Value], ...]) -> Iterator[tuple[str, Value]]:
    for key, value in pairs:
        if isinstance(key, Name):
            yield last(key.path), value
        elif isinstance(key, Generic):
            yield last(key.of), value


def is_abstract(class_: Class) -> bool:
    """Whether it says that it has no table."""
    found = class_.attribute("__abstract__")
    return found is not None and is_true(found.value)


def is_table_of_sqlmodel(class_: Class) -> bool:
    """Whether it says ``table=True``."""
    return is_true(class_.keyword("table"))


def is_nothing(value: Value | None) -> bool:
    """A literal None."""
    return isinstance(value, Const) and value.value is None
