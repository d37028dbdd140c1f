from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.project import Folder, Forker


@pytest.fixture(scope="session")
def forker() -> Iterator[Forker]:
    """One for all tests."""
    forker = Forker()
    yield forker
    forker.close()


@pytest.fixture
def folder(tmp_path: Path, forker: Forker) -> Folder:
    """A project without revisions."""
    return Folder(tmp_path / "project", forker)
