"""A whole project as facts. The only module of the audit that opens files."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import libcst as cst

from trueline.audit.source.allowed import allowed_in
from trueline.audit.source.bases import Base, Bases, Metadata
from trueline.audit.source.ddl import Ddl, read_ddl
from trueline.audit.source.declared import Relationship, declared
from trueline.audit.source.facts import Allowed, Module
from trueline.audit.source.files import find_files, module_name, packages_above, role_of
from trueline.audit.source.names import Names
from trueline.audit.source.python import is_relevant, read_module
from trueline.audit.source.shapes import Shape, shapes
from trueline.audit.source.tables import Table
from trueline.errors import TruelineError
from trueline.finding import Place


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that is not what its name says, and why."""

    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class Project:
    """All that the text of a project tells.

    Attributes:
        tables: by Python and by files of SQL; those that only tests have are left out.
        test_tables: the ones that only tests have.
    """

    names: Names
    bases: tuple[Base, ...] = ()
    metadatas: tuple[Metadata, ...] = ()
    tables: tuple[Table, ...] = ()
    test_tables: tuple[Table, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    shapes: tuple[Shape, ...] = ()
    sql: tuple[Ddl, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    files: int = 0
    _by_identity: dict[tuple[str, str], tuple[Table, ...]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for table in self.tables:
            if table.name:
                self._by_identity[table.identity] = (*self._by_identity.get(table.identity, ()), table)

    @property
    def modules(self) -> Iterable[Module]:
        """Every module that was read."""
        return self.names.modules.values()

    def declarations(self, schema: str | None, name: str) -> tuple[Table, ...]:
        """All declarations of one table."""
        return self._by_identity.get((schema or "public", name), ())

    def named(self, name: str) -> tuple[Table, ...]:
        """All declarations of tables of that name, in whatever schema."""
        return tuple(table for table in self.tables if table.name == name)


class _Files:
    """The files of a project, each read when it is needed, and once."""

    def __init__(self, root: Path, exclude: Sequence[str], within: str) -> None:
        self.root = root
        self.above = packages_above(root)
        self.paths = list(find_files(root, exclude, within))
        self.waiting = {self._name(path): path for path in self.paths if path.endswith(".py")}
        self.modules: dict[str, Module] = {}
        self.sql: list[Ddl] = []
        self.unreadable: list[Unreadable] = []
        self.allowed: list[Allowed] = []

    def read(self) -> None:
        """What declares anything, and what is on the way from one to the other."""
        for path in self.paths:
            content = self._bytes(path)
            text = self._text(path, content) if content is not None else None
            if content is None or text is None:
                continue
            self.allowed += allowed_in(path, text)
            if path.endswith(".sql"):
                self._sql(path, text)
            elif is_relevant(role_of(path, content), text) or path.endswith(("__init__.py", "env.py")):
                self._module(path, content)
            elif not self._parses(path, content):
                self.waiting.pop(self._name(path), None)
        self._follow()

    def _name(self, path: str) -> str:
        return module_name(path, self.above)

    def _bytes(self, path: str) -> bytes | None:
        try:
            return (self.root / path).read_bytes()
        except OSError as error:
            self.unreadable.append(Unreadable(Place(path), f"it cannot be read: {error.strerror}"))
            return None

    def _text(self, path: str, content: bytes) -> str | None:
        try:
            return content.decode(_encoding(path, content))
        except UnicodeDecodeError as error:
            line, why = content.count(b"\n", 0, error.start) + 1, f"it is not {error.encoding.upper()}"
        except (SyntaxError, LookupError):
            line, why = 1, "it names an encoding that there is not"
        self.unreadable.append(Unreadable(Place(path, line), why))
        self.waiting.pop(self._name(path), None)
        return None

    def _sql(self, path: str, text: str) -> None:
        if role_of(path, b"") != "test" and "table" in text.lower():
            found = read_ddl(text, path)
            self.sql += [found] if found.tables or found.schemas else []

    def _parses(self, path: str, content: bytes) -> bool:
        """Python's own parser takes a tenth of the time, and most files are of no more interest than that."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                ast.parse(content)
        except SyntaxError as error:
            self.unreadable.append(Unreadable(Place(path, error.lineno or 0), f"it is not Python: {error.msg}"))
            return False
        except (ValueError, RecursionError, MemoryError) as error:
            self.unreadable.append(Unreadable(Place(path), f"it is not Python: {error}"))
            return False
        return True

    def _module(self, path: str, content: bytes) -> None:
        name = self._name(path)
        self.waiting.pop(name, None)
        try:
            self.modules[name] = read_module(path, content, name, role_of(path, content))
        except (cst.ParserSyntaxError, RecursionError, UnicodeDecodeError) as error:
            if self._parses(path, content):  # else Python's own words are told
                line = error.raw_line if isinstance(error, cst.ParserSyntaxError) else 0
                why = "it is Python that the parser of the audit does not know"
                self.unreadable.append(Unreadable(Place(path, line), why))

    def _follow(self) -> None:
        """Modules that declare nothing, between env.py and those that do, and those that hand a base on."""
        reached = [name for name, module in self.modules.items() if module.role in {"env", "code"}]
        while reached and self.waiting:
            module = self.modules[reached.pop()]
            wanted = [each for found in module.imports for each in (found.module, found.target)]
            if module.role != "env" and not module.package:
                wanted = [path for class_ in module.classes for path in map(_parent, class_.bases)]
            for name in wanted:
                path = self.waiting.get(name)
                content = self._bytes(path) if path else None
                if path and content is not None:
                    self._module(path, content)
                    reached += [name] if name in self.modules else []


def _encoding(path: str, content: bytes) -> str:
    """UTF-8, unless a file of Python says otherwise in its first lines: https://peps.python.org/pep-0263/."""
    if not path.endswith(".py") or b"coding" not in content[:400]:
        return "utf-8-sig"
    return tokenize.detect_encoding(io.BytesIO(content).readline)[0]


def _parent(path: str) -> str:
    return path.rpartition(".")[0]


def read_project(root: Path, exclude: Sequence[str] = (), within: str = "") -> Project:
    """Read the source below a folder; nothing of it is imported.

    Args:
        root: the folder.
        exclude: patterns of paths that are left out.
        within: what stands before a path where it is held against a pattern.

    Raises:
        TruelineError: there is no such folder.
    """
    if not root.is_dir():
        raise TruelineError("there is no such folder to audit", where=str(root), fix="trueline audit path/to/project")
    files = _Files(root, exclude, within)
    files.read()
    return project_of(files.modules.values(), files.sql, files.unreadable, files.allowed, len(files.paths))


def project_of(
    modules: Iterable[Module],
    sql: Sequence[Ddl],
    unreadable: Sequence[Unreadable] = (),
    allowed: Sequence[Allowed] = (),
    files: int = 0,
) -> Project:
    """What modules and files of SQL say together."""
    names = Names(modules)
    bases = Bases(names)
    found = declared(bases)
    tests = {module.name for module in names.modules.values() if module.role == "test"}
    python = [table for table in found.tables if table.module not in tests]
    return Project(
        names=names,
        bases=tuple(each for each in bases.all.values() if _module_of(each.path, names) not in tests),
        metadatas=tuple(each for each in bases.metadatas.values() if _module_of(each.path, names) not in tests),
        tables=(*python, *(table for ddl in sql for table in ddl.tables)),
        test_tables=tuple(table for table in found.tables if table.module in tests),
        relationships=tuple(each for each in found.relationships if _module_of(each.source, names) not in tests),
        shapes=tuple(shapes(bases)),
        sql=tuple(sql),
        unreadable=tuple(unreadable),
        allowed=tuple(allowed),
        files=files,
    )


def _module_of(path: str, names: Names) -> str:
    while path and path not in names.modules:
        path = path.rpartition(".")[0]
    return path
