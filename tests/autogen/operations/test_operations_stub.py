"""``trueline/op.pyi`` says what `alembic.op` has: names, arguments, docstrings."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from pathlib import Path

import pytest
from alembic.operations import Operations

import trueline
from trueline.autogen.operations import registry

STUB = ast.parse((Path(trueline.__file__).parent / "op.pyi").read_text(encoding="utf-8"))
STUBS = {each.name: each for each in STUB.body if isinstance(each, ast.FunctionDef)}


def source(cls: type[object], name: str) -> ast.FunctionDef:
    """A class method as it is written: registration replaces its docstring."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(tree, ast.ClassDef)
    return next(each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == name)


def test_every_operation_is_in_the_stub() -> None:
    """No operation is missing, none is too many, and each is there for revisions."""
    names = [name for name, _ in registry.offered()]
    assert set(STUBS) == set(names)
    assert len(names) == len(set(names))
    assert all(callable(getattr(Operations, name)) for name in names)


@pytest.mark.parametrize(("name", "cls"), list(registry.offered()))
def test_the_stub_has_the_arguments(name: str, cls: type[object]) -> None:
    """Arguments, defaults, annotations and docstring are the operation's own."""
    own, stub = source(cls, name), STUBS[name]
    own.args.args = own.args.args[2:]
    assert ast.unparse(stub.args) == ast.unparse(own.args).replace("Several[", "Sequence[")
    assert ast.get_docstring(stub) == ast.get_docstring(own)


@pytest.mark.parametrize(("name", "cls"), list(registry.offered()))
def test_an_operation_reads_like_the_others(name: str, cls: type[object]) -> None:
    """The name comes first, ``schema`` last, and what is not essential goes by keyword."""
    arguments = source(cls, name).args
    keywords = [each.arg for each in arguments.kwonlyargs]
    assert not arguments.defaults
    assert "schema" not in keywords or keywords[-1] == "schema"


PAGE = (Path(trueline.__file__).parents[1] / "docs/operations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(STUBS))
def test_the_manual_has_every_operation(name: str) -> None:
    """Each is on the page of operations, with every argument that goes by keyword."""
    family = re.sub(r"_(procedure|aggregate)$", "_function", name)
    assert re.search(rf"`[^`]*\b{family}\b", PAGE)
    signature = re.search(rf"`{name}\((?P<arguments>[^`]*)\)`", PAGE)
    if signature and not signature["arguments"].endswith("…"):
        given = [each.partition("=")[0].strip() for each in signature["arguments"].split(",")]
        own = STUBS[name].args
        assert given == [each.arg for each in (*own.args, *own.kwonlyargs)]
