"""A small project on each supported version."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.looking.drive import Project, new_project


@pytest.fixture
def project(
    tmp_path: Path, any_empty_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    return new_project(tmp_path, any_empty_url, monkeypatch, capsys)
