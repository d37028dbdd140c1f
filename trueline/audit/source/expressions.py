"""libcst's expressions as `values`, with names resolved through the module's imports."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache

import libcst as cst

from trueline.audit.source.values import Call, Const, Either, Generic, Items, Name, Other, Pairs, Value

#: Fields of libcst's nodes that hold layout, never a declaration.
_LAYOUT = ("whitespace", "lpar", "rpar", "leading", "lines_", "header", "footer", "comma", "equal", "semicolon", "dot")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the expressions of one module.

    Attributes:
        line: where a node begins.
        aliases: local name -> what an import gave it.
        own: names that the module itself defines.
    """

    module: str
    line: Callable[[cst.CSTNode], int]
    aliases: Mapping[str, str]
    own: frozenset[str]

    def value(self, node: cst.BaseExpression | None) -> Value:
        """The expression as a value."""
        if node is None:
            return Const(None)
        line = self.line(node)
        if (path := dotted(node)) is not None:
            return _constant(path, line) or Name(self.resolve(path), line)
        reader = _READERS.get(type(node))
        return reader(self, node, line) if reader else Other(type(node).__name__, self._parts(node), (), line)

    def annotation(self, node: cst.Annotation | None) -> Value | None:
        """An annotation, also where it is written as a string."""
        if node is None:
            return None
        value = self.value(node.annotation)
        return self.quoted(value)

    def quoted(self, value: Value) -> Value:
        """A string as the expression that it is, as annotations are."""
        if not isinstance(value, Const) or not isinstance(value.value, str):
            return value
        try:
            inner = Reader(self.module, lambda _: value.line, self.aliases, self.own)
            return inner.value(cst.parse_expression(value.value))
        except cst.ParserSyntaxError:
            return value

    def resolve(self, path: str) -> str:
        """A local name as an absolute one."""
        head, _, tail = path.partition(".")
        full = self.aliases.get(head) or (f"{self.module}.{head}" if head in self.own else head)
        return f"{full}.{tail}" if tail else full

    def _parts(self, node: cst.CSTNode) -> tuple[Value, ...]:
        inner = (child for child in children(node) if isinstance(child, cst.BaseExpression))
        return tuple(self.value(child) for child in inner)

    def call(self, node: cst.Call) -> Call:
        """A call with its arguments."""
        path = dotted(node.func)
        function = self.resolve(path) if path else _method(node.func)
        plain = tuple(self.value(arg.value) for arg in node.args if arg.keyword is None and not arg.star)
        named = tuple((arg.keyword.value, self.value(arg.value)) for arg in node.args if arg.keyword is not None)
        on = self.value(node.func.value) if path is None and isinstance(node.func, cst.Attribute) else None
        return Call(function, plain, named, self.line(node), on)


@cache
def _layout_free(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if not field.name.startswith(_LAYOUT))


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """What a node consists of, without its layout; libcst's own way builds every node anew."""
    for name in _layout_free(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from (each for each in value if isinstance(each, cst.CSTNode))


def dotted(node: cst.CSTNode) -> str | None:
    """``a.b.c``, if the expression is such a name."""
    if isinstance(node, cst.Name):
        return node.value
    if isinstance(node, cst.Attribute) and (head := dotted(node.value)) is not None:
        return f"{head}.{node.attr.value}"
    return None


def _method(node: cst.BaseExpression) -> str:
    return f"().{node.attr.value}" if isinstance(node, cst.Attribute) else "()"


def _constant(path: str, line: int) -> Const | None:
    return (
        Const({"True": True, "False": False, "None": None}[path], line) if path in {"True", "False", "None"} else None
    )


def _text(_reader: Reader, node: cst.BaseExpression, line: int) -> Value:
    found = node.evaluated_value if isinstance(node, cst.SimpleString | cst.ConcatenatedString) else None
    return Const(found, line) if isinstance(found, str) else Other(type(node).__name__, (), (), line)


def _number(_reader: Reader, node: cst.BaseExpression, line: int) -> Value:
    assert isinstance(node, cst.Integer | cst.Float)  # noqa: S101 - the table below says so
    return Const(literal_eval(node.value), line)


def _call(reader: Reader, node: cst.BaseExpression, _line: int) -> Value:
    assert isinstance(node, cst.Call)  # noqa: S101 - the same
    return reader.call(node)


def _items(reader: Reader, node: cst.BaseExpression, line: int) -> Value:
    assert isinstance(node, cst.Tuple | cst.List | cst.Set)  # noqa: S101 - the same
    return Items(tuple(reader.value(each.value) for each in node.elements), line)


def _pairs(reader: Reader, node: cst.BaseExpression, line: int) -> Value:
    assert isinstance(node, cst.Dict)  # noqa: S101 - the same
    inner = (each for each in node.elements if isinstance(each, cst.DictElement))
    return Pairs(tuple((reader.value(each.key), reader.value(each.value)) for each in inner), line)


def _generic(reader: Reader, node: cst.BaseExpression, line: int) -> Value:
    assert isinstance(node, cst.Subscript)  # noqa: S101 - the same
    of = dotted(node.value)
    inner = (each.slice.value for each in node.slice if isinstance(each.slice, cst.Index))
    return Generic(reader.resolve(of) if of else "", tuple(reader.quoted(reader.value(each)) for each in inner), line)


def _either(reader: Reader, node: cst.BaseExpression, line: int) -> Value:
    assert isinstance(node, cst.BinaryOperation)  # noqa: S101 - the same
    sides = (reader.value(node.left), reader.value(node.right))
    if not isinstance(node.operator, cst.BitOr):
        return Other("BinaryOperation", sides, (type(node.operator).__name__,), line)
    flat = (each.items if isinstance(each, Either) else (each,) for each in sides)
    return Either(tuple(each for group in flat for each in group), line)


def _comparison(reader: Reader, node: cst.BaseExpression, line: int) -> Value:
    assert isinstance(node, cst.Comparison)  # noqa: S101 - the same
    sides = (reader.value(node.left), *(reader.value(each.comparator) for each in node.comparisons))
    return Other("Comparison", sides, tuple(type(each.operator).__name__ for each in node.comparisons), line)


def _unary(reader: Reader, node: cst.BaseExpression, line: int) -> Value:
    assert isinstance(node, cst.UnaryOperation)  # noqa: S101 - the same
    return Other("UnaryOperation", (reader.value(node.expression),), (type(node.operator).__name__,), line)


_READERS: dict[type[cst.CSTNode], Callable[[Reader, cst.BaseExpression, int], Value]] = {
    cst.SimpleString: _text,
    cst.ConcatenatedString: _text,
    cst.Integer: _number,
    cst.Float: _number,
    cst.Call: _call,
    cst.Tuple: _items,
    cst.List: _items,
    cst.Set: _items,
    cst.Dict: _pairs,
    cst.Subscript: _generic,
    cst.BinaryOperation: _either,
    cst.Comparison: _comparison,
    cst.UnaryOperation: _unary,
}
