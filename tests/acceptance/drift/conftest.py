"""A project for stories."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.acceptance.drift.models import NAMING
from tests.acceptance.drift.stories import Declare, Tell
from tests.acceptance.project import Project, new_project


@pytest.fixture
def told(tmp_path: Path, empty_database_url: str) -> Tell:
    """The project with these models; told again, the same one with others."""

    def tell(declare: Declare) -> Project:
        metadata = sa.MetaData(naming_convention=NAMING)
        declare(metadata)
        if (tmp_path / "migrations").exists():
            return Project(tmp_path, empty_database_url, metadata)
        return new_project(tmp_path, empty_database_url, metadata)

    return tell
