"""Names that a package hands on without loading what they are from."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest


@pytest.mark.parametrize("package", ["trueline.readings", "trueline.scratch"])
def test_every_name_that_is_promised_is_there(package: str) -> None:
    """Each name of ``__all__`` can be imported, and is the object of the module that it is from."""
    module = import_module(package)
    for name in module.__all__:
        value = getattr(module, name)
        assert getattr(import_module(value.__module__), name) is value


def test_a_name_that_is_not_there() -> None:
    """Asking for another one is an AttributeError that names package and name."""
    with pytest.raises(AttributeError, match=r"'trueline\.readings' has no attribute 'nonsense'"):
        _ = import_module("trueline.readings").nonsense


def test_what_a_check_does_not_load() -> None:
    """Importing the environment brings neither SQLModel nor what only plans, proves, replays and prints."""
    costly = {"sqlmodel", "sqlalchemy.orm", "rich", "trueline.proof", "trueline.outcome", "trueline.autogen.differing"}
    costly |= {"trueline.readings.replay", "trueline.readings.making", "trueline.scratch.database"}
    code = "import sys, trueline.env\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not costly & set(done.stdout.split())
