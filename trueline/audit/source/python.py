"""One file of Python, read by libcst in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from trueline.audit.source.expressions import Reader, children, dotted
from trueline.audit.source.facts import Attribute, Class, Function, Host, Import, Module, Role, Sql
from trueline.audit.source.hosts import host_of_attribute, host_of_call, host_of_text
from trueline.audit.source.values import Call, last
from trueline.finding import Place

#: What a file must hold one of to be read at all: most files of a project declare nothing. To look for plain words
#: takes a tenth of the time of a pattern.
_WORDS = (
    "__tablename__", "__table__", "__table_args__", "table=True", "table = True", "mapped_column(", "Column(", "Table(",
    "MetaData(", "declarative_base", "DeclarativeBase", "registry(", "relationship(", "create_all", "localhost",
    "127.0.0.1", "include_object", "include_name", "down_revision", "BaseModel", "SQLModel", "SQLAlchemy(", "Trigger(",
    "Policy(", "DDL(",
)  # fmt: skip
_CREATE_TABLE = re.compile(r"create\s+table\b", re.IGNORECASE)

#: Of tests only this is asked: how they come to their tables, and where they run.
_WORDS_OF_TESTS = ("create_all", "sqlite:", "sqlite+")


def is_relevant(role: Role, text: str) -> bool:
    """Whether a file can hold anything that a rule asks about."""
    if role == "test":
        return any(word in text for word in _WORDS_OF_TESTS)
    return any(word in text for word in _WORDS) or bool(_CREATE_TABLE.search(text))


#: Functions whose calls are facts, wherever they stand.
ASKED_ABOUT = frozenset(
    [
        "configure",
        "run_migrations",
        "create_engine",
        "create_async_engine",
        "discover",
        "getenv",
        "get",
        "Trigger",
        "Policy",
        "DDL",
    ]
)

_Line: TypeAlias = Callable[[cst.CSTNode], int]

_Text: TypeAlias = tuple[str, cst.CSTNode]

_STRINGS = (cst.SimpleString, cst.ConcatenatedString, cst.FormattedString)
_DDL = re.compile(r"\bcreate\s+(?:unlogged\s+|temp\w*\s+)?table\b", re.IGNORECASE)


class _Positions(MetadataWrapper):
    """libcst goes through the whole tree once more for visitors, also where there is none: a fifth of all the time."""

    def visit_batched(self, *_visitors: object, **_hooks: object) -> cst.CSTNode:
        """Positions need no visitor."""
        return self.module


@dataclass(slots=True)
class _Imports:
    """Gathered while the statements are gone through."""

    module: str
    package: bool
    found: list[Import] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)

    def add(self, node: cst.Import | cst.ImportFrom, line: int, *, executed: bool) -> None:
        for module, target, alias in self._named(node):
            if executed:
                self.found.append(Import(module, target, line))
            if alias == "*":
                self.stars.append(module)
            else:
                self.aliases.setdefault(alias, target)

    def _named(self, node: cst.Import | cst.ImportFrom) -> Iterator[tuple[str, str, str]]:
        """Module, whole name, and the local name that stands for it."""
        if isinstance(node, cst.Import):
            for each in node.names:
                name = dotted(each.name) or ""
                alias = _alias(each)
                yield name, (name if alias else name.partition(".")[0]), alias or name.partition(".")[0]
            return
        module = self._absolute(dotted(node.module) if node.module else "", len(node.relative))
        if isinstance(node.names, cst.ImportStar):
            yield module, module, "*"
            return
        for each in node.names:
            name = dotted(each.name) or ""
            yield module, f"{module}.{name}", _alias(each) or name

    def _absolute(self, module: str | None, dots: int) -> str:
        if not dots:
            return module or ""
        parts = self.module.split(".")
        parts = parts[: len(parts) - dots + (1 if self.package else 0)]
        return ".".join([*parts, *([module] if module else [])])


def _alias(node: cst.ImportAlias) -> str | None:
    return node.asname.name.value if node.asname and isinstance(node.asname.name, cst.Name) else None


def read_module(file: str, content: bytes, name: str, role: Role) -> Module:
    """The facts of one file.

    Raises:
        libcst.ParserSyntaxError: it is not Python.
    """
    tree = cst.parse_module(content)
    positions = _Positions(tree, unsafe_skip_copy=True).resolve(PositionProvider)
    package = file.rpartition("/")[2] == "__init__.py"
    imports = _Imports(name, package)
    top = list(_flat(tree.body))
    everything = list(_walk(tree))

    def line(node: cst.CSTNode) -> int:
        place = positions.get(node)
        return place.start.line if place else 0

    for node, executed in top:
        if isinstance(node, cst.Import | cst.ImportFrom):
            imports.add(node, line(node), executed=executed)
    seen = {id(node) for node, _ in top}
    for inner in everything:
        if isinstance(inner, cst.Import | cst.ImportFrom) and id(inner) not in seen:
            imports.add(inner, line(inner), executed=True)
    reader = Reader(name, line, imports.aliases, frozenset(_defined(node for node, _ in top)))
    classes = tuple(_class(node, reader, file) for node in everything if isinstance(node, cst.ClassDef))
    calls = [reader.call(each) for each in everything if isinstance(each, cst.Call) and _asked(each)]
    calls += [call for each in everything if (call := _create_all(each, reader))]
    assigned = tuple(each for node, _ in top for each in _attributes(node, reader))
    texts = list(_texts(everything))
    return Module(
        file=file,
        name=name,
        role=role,
        package=package,
        imports=tuple(imports.found),
        aliases=imports.aliases,
        stars=tuple(imports.stars),
        classes=classes,
        assigned=assigned,
        functions=tuple(_function(node, reader) for node, _ in top if isinstance(node, cst.FunctionDef)),
        calls=tuple(calls),
        sql=tuple(_sql(texts, line)),
        hosts=tuple(_hosts(texts, calls, (*assigned, *(a for c in classes for a in c.attributes)), line)),
    )


def _asked(node: cst.Call) -> bool:
    word = node.func.attr.value if isinstance(node.func, cst.Attribute) else dotted(node.func)
    return word in ASKED_ABOUT


def _create_all(node: cst.CSTNode, reader: Reader) -> Call | None:
    """``Base.metadata.create_all``, called here, or handed to what calls it."""
    if not isinstance(node, cst.Attribute) or node.attr.value != "create_all":
        return None
    path = dotted(node)
    return Call(reader.resolve(path) if path else "().create_all", line=reader.line(node))


def _flat(body: Iterable[cst.CSTNode], *, executed: bool = True) -> Iterator[tuple[cst.CSTNode, bool]]:
    """Statements at the top, through ``if`` and ``try``; and whether they are executed, or for type checkers only."""
    for node in body:
        if isinstance(node, cst.SimpleStatementLine):
            yield from ((small, executed) for small in node.body)
        elif isinstance(node, cst.ClassDef | cst.FunctionDef):
            yield node, executed
        else:
            yield from _branches(node, executed=executed)


def _branches(node: cst.CSTNode, *, executed: bool) -> Iterator[tuple[cst.CSTNode, bool]]:
    test = dotted(node.test) if isinstance(node, cst.If) else None
    typing = bool(test) and last(test or "") == "TYPE_CHECKING"
    for child in children(node):
        if isinstance(child, cst.IndentedBlock | cst.SimpleStatementSuite):
            yield from _flat(child.body, executed=executed and not typing)
        elif isinstance(child, cst.Else | cst.If | cst.ExceptHandler | cst.Finally):
            yield from _branches(child, executed=executed)


def _walk(tree: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Every node in the order of the text; without strings that only document."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, cst.Expr) and isinstance(node.value, _STRINGS):
            continue
        yield node
        stack.extend(reversed(list(children(node))))


def _defined(nodes: Iterable[cst.CSTNode]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, cst.ClassDef | cst.FunctionDef):
            yield node.name.value
        elif isinstance(node, cst.Assign):
            yield from (name for each in node.targets if (name := dotted(each.target)) is not None)
        elif isinstance(node, cst.AnnAssign) and (name := dotted(node.target)) is not None:
            yield name


def _attributes(node: cst.CSTNode, reader: Reader) -> Iterator[Attribute]:
    if isinstance(node, cst.Assign):
        names = [name for each in node.targets if (name := dotted(each.target)) is not None]
        value = reader.value(node.value) if names else None
        yield from (Attribute(name, value, None, reader.line(node)) for name in names)
    elif isinstance(node, cst.AnnAssign) and (found := dotted(node.target)) is not None:
        value = reader.value(node.value) if node.value is not None else None
        yield Attribute(found, value, reader.annotation(node.annotation), reader.line(node))


def _class(node: cst.ClassDef, reader: Reader, file: str) -> Class:
    body = [inner for inner, _ in _flat(node.body.body)]
    name = node.name.value
    return Class(
        path=f"{reader.module}.{name}",
        bases=tuple(reader.resolve(path) for path in map(_base, node.bases) if path),
        keywords=tuple((arg.keyword.value, reader.value(arg.value)) for arg in node.keywords if arg.keyword),
        attributes=tuple(each for inner in body for each in _attributes(inner, reader)),
        methods=tuple(inner.name.value for inner in body if isinstance(inner, cst.FunctionDef)),
        place=Place(file, reader.line(node), f"class {name}"),
        computed=tuple(
            inner.name.value for inner in body if isinstance(inner, cst.FunctionDef) and _is_computed(inner)
        ),
    )


def _is_computed(node: cst.FunctionDef) -> bool:
    decorators = (each.decorator for each in node.decorators)
    names = (dotted(each.func if isinstance(each, cst.Call) else each) or "" for each in decorators)
    return any("declared_attr" in name.split(".") for name in names)


def _base(node: cst.Arg) -> str | None:
    value = node.value.value if isinstance(node.value, cst.Subscript) else node.value
    return dotted(value.func) if isinstance(value, cst.Call) else dotted(value)


def _function(node: cst.FunctionDef, reader: Reader) -> Function:
    statements = [inner for inner, _ in _flat(node.body.body)]
    empty = all(isinstance(each, cst.Pass) or _says_nothing(each) for each in statements)
    return Function(node.name.value, empty and not _has_blocks(node), reader.line(node))


def _says_nothing(node: cst.CSTNode) -> bool:
    """A docstring, ``...``, or an error that there is no way back."""
    if isinstance(node, cst.Raise):
        return "NotImplemented" in (cst.Module([]).code_for_node(node))
    return isinstance(node, cst.Expr) and isinstance(node.value, (*_STRINGS, cst.Ellipsis))


def _has_blocks(node: cst.FunctionDef) -> bool:
    return any(isinstance(each, cst.BaseCompoundStatement) for each in node.body.body)


def text_in(node: cst.CSTNode) -> str | None:
    """The text of a string, of an f-string without what it fills in."""
    if isinstance(node, cst.FormattedString):
        return "".join(part.value if isinstance(part, cst.FormattedStringText) else "{}" for part in node.parts)
    if isinstance(node, cst.SimpleString | cst.ConcatenatedString):
        found = node.evaluated_value
        return found if isinstance(found, str) else None
    return None


def _texts(nodes: Iterable[cst.CSTNode]) -> Iterator[_Text]:
    inside: set[int] = set()
    for node in nodes:
        if isinstance(node, cst.ConcatenatedString):
            inside |= {id(node.left), id(node.right)}
        if id(node) not in inside and (text := text_in(node)) is not None:
            yield text, node


def _sql(texts: list[_Text], line: _Line) -> Iterator[Sql]:
    for text, node in texts:
        if _DDL.search(text):
            yield Sql(text, line(node))


def _hosts(texts: list[_Text], calls: list[Call], named: tuple[Attribute, ...], line: _Line) -> Iterator[Host]:
    """One for a line, and the one that knows a name where there are two."""
    found = [host for call in calls if (host := host_of_call(call))]
    found += [host for each in named if (host := host_of_attribute(each))]
    lines = {host.line for host in found}
    yield from found
    for text, node in texts:
        if line(node) not in lines and (host := host_of_text(text, line(node))):
            lines.add(host.line)
            yield host
