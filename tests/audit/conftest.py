"""Small projects, written down where the tests are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from trueline.audit.run import Audit, audit

#: Writes a project, path -> text, and audits it.
AuditOf = Callable[[Mapping[str, str]], Audit]


def write(root: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def audit_of(tmp_path: Path) -> AuditOf:
    return lambda files: audit(write(tmp_path, files))
