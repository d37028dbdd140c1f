"""Importing all models."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from trueline import TruelineError, discover
from trueline.declared.discover import DiscoveryError
from trueline.declared.guards import SecondOwnerError
from trueline.declared.metadata import metadata

MODEL = "from trueline import Field, Model\nclass {0}(Model, table=True):\n    id: int = Field(primary_key=True)\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to write a package ``shop`` into; what it imports is forgotten afterwards."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "shop").mkdir()
    yield tmp_path / "shop"
    for name in [name for name in sys.modules if name.partition(".")[0] == "shop"]:
        del sys.modules[name]


def test_every_module_below_is_imported(project: Path) -> None:
    """Modules, packages and packages without ``__init__.py`` are imported; ``__main__`` is not."""
    (project / "__init__.py").write_text("")
    (project / "__main__.py").write_text("raise SystemExit(1)")
    (project / "one.py").write_text(MODEL.format("One"))
    (project / "deep" / "er").mkdir(parents=True)
    (project / "deep" / "er" / "two.py").write_text(MODEL.format("Two"))
    (project / "data").mkdir()
    (project / "data" / "notes.txt").write_text("no module")
    assert discover("shop") is metadata
    assert {"one", "two"} <= metadata.tables.keys()
    assert "shop.__main__" not in sys.modules
    assert "shop.data" not in sys.modules


def test_a_single_module_will_do(project: Path) -> None:
    """The name of a module imports that one."""
    (project / "one.py").write_text(MODEL.format("One"))
    discover("shop.one")
    assert "one" in metadata.tables


def test_modules_come_in_alphabetical_order(project: Path) -> None:
    """The order of imports does not depend on the file system."""
    (project / "__init__.py").write_text("seen = []")
    for name in ("b", "a", "c"):
        (project / f"{name}.py").write_text(f"from shop import seen; seen.append('{name}')")
    discover("shop")
    assert sys.modules["shop"].seen == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("source", "what", "line"),
    [
        ("x = 1\nraise ValueError('too bad')\n", "ValueError: too bad", 2),
        ("import nothing_of_that_name\n", "No module named 'nothing_of_that_name'", 1),
        ("from shop import missing\n", "cannot import name 'missing'", 1),
        ("x = (\n", "SyntaxError", 1),
        ("def f():\n    return undefined\n\nf()\n", "NameError", 2),
    ],
)
def test_a_module_that_fails_is_named(project: Path, source: str, what: str, line: int) -> None:
    """An import error names the module, the file and line, and keeps its cause."""
    (project / "__init__.py").write_text("")
    (project / "broken.py").write_text(source)
    with pytest.raises(DiscoveryError) as caught:
        discover("shop")
    message = str(caught.value)
    assert "module shop.broken cannot be imported" in message
    assert what in message
    assert f"{project / 'broken.py'}:{line}" in message
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize("address", ["postgresql://ada:{0}@db/shop", "host=db password={0} user=ada"])
def test_a_password_in_a_modules_error_is_masked(project: Path, address: str) -> None:
    """An address in the error of a module is shown without its password."""
    (project / "__init__.py").write_text("")
    (project / "broken.py").write_text(f"raise ValueError('cannot use {address.format('s3cr3t-marker')}')\n")
    with pytest.raises(DiscoveryError) as caught:
        discover("shop")
    assert "***" in str(caught.value)
    assert "s3cr3t-marker" not in str(caught.value)


def test_a_missing_package_tells_where_it_was_looked_for(project: Path) -> None:
    """A package that is not there gets the folders searched and the setting that adds one."""
    with pytest.raises(DiscoveryError) as caught:
        discover("shopp.models")
    message = str(caught.value)
    assert "there is no shopp" in message
    assert str(project.parent) in message
    assert "prepend_sys_path" in message


def test_a_missing_module_of_a_package_is_named(project: Path) -> None:
    """A module that its package lacks is named without the folders, which are right."""
    (project / "__init__.py").write_text("")
    with pytest.raises(DiscoveryError, match=r"there is no shop\.models") as caught:
        discover("shop.models")
    assert str(project.parent) not in str(caught.value)


def test_a_refused_class_is_reported_as_it_is(project: Path) -> None:
    """The guards' own errors are not wrapped."""
    (project / "a.py").write_text(MODEL.format("Thing"))
    (project / "b.py").write_text(MODEL.format("Thing"))
    with pytest.raises(SecondOwnerError) as caught:
        discover("shop")
    assert "a.py:2 (class Thing)" in str(caught.value)
    assert "b.py:2 (class Thing)" in str(caught.value)


def test_all_tables_are_looked_at_together(project: Path) -> None:
    """A key that finds nothing once everything is imported is an error."""
    (project / "a.py").write_text(MODEL.format("Thing") + "    user_id: int = Field(foreign_key='nobody.id')\n")
    with pytest.raises(TruelineError, match=r"thing\.user_id points at nobody\.id"):
        discover("shop")
