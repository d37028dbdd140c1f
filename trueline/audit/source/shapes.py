"""Classes of an API: what it takes and gives, beside the tables that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trueline.audit.source.bases import SQLMODEL, Bases, is_table_of_sqlmodel
from trueline.audit.source.facts import Attribute, Class
from trueline.audit.source.values import Call, Const, Generic, Name, Other, Value, last
from trueline.finding import Place


@dataclass(frozen=True, slots=True)
class ShapeField:
    """A field; ``type`` is the last word of its annotation."""

    name: str
    required: bool
    type: str
    place: Place


@dataclass(frozen=True, slots=True)
class Shape:
    """A class of pydantic, or of SQLModel without a table."""

    path: str
    place: Place
    fields: tuple[ShapeField, ...]

    @property
    def name(self) -> str:
        """Without the module."""
        return last(self.path)


def shapes(bases: Bases) -> Iterator[Shape]:
    """All of them, tests and revisions aside."""
    for module in bases.names.modules.values():
        if module.role == "code":
            yield from (_shape(each, bases) for each in module.classes if _is_shape(each, bases))


def _is_shape(class_: Class, bases: Bases) -> bool:
    return not is_table_of_sqlmodel(class_) and (
        bases.root(class_.path) == SQLMODEL
        or any(bases.names.resolve(path).startswith("pydantic.BaseModel") for path in _ancestry(class_, bases))
    )


def _ancestry(class_: Class, bases: Bases) -> Iterator[str]:
    for each in bases.lineage(class_)[0]:
        yield from each.bases


def _shape(class_: Class, bases: Bases) -> Shape:
    found: dict[str, ShapeField] = {}
    for each in bases.lineage(class_)[0]:
        for attribute in each.attributes:
            if attribute.annotation is not None and not attribute.name.startswith("_") and _is_field(attribute):
                place = Place(each.place.file, attribute.line, f"{class_.name}.{attribute.name}")
                field = ShapeField(attribute.name, _required(attribute), _word(attribute.annotation), place)
                found.setdefault(attribute.name, field)
    return Shape(class_.path, class_.place, tuple(found.values()))


def _is_field(attribute: Attribute) -> bool:
    annotation = attribute.annotation
    of_class = isinstance(annotation, Generic) and last(annotation.of) == "ClassVar"
    related = isinstance(attribute.value, Call) and attribute.value.last in {"Relationship", "computed_field"}
    return not of_class and not related and attribute.name != "model_config"


def _required(attribute: Attribute) -> bool:
    value = attribute.value
    if isinstance(value, Call) and value.last == "Field":
        first = value.args[0] if value.args else value.get("default")
        return value.get("default_factory") is None and (first is None or _is_ellipsis(first))
    return value is None or _is_ellipsis(value)


def _is_ellipsis(value: Value) -> bool:
    return isinstance(value, Other) and value.kind == "Ellipsis"


def _word(value: Value | None) -> str:
    if isinstance(value, Name):
        return last(value.path)
    if isinstance(value, Const):
        return "None" if value.value is None else str(value.value)
    items = getattr(value, "items", ())
    return next((word for each in items if (word := _word(each)) != "None"), "")
