"""Formats a revision once it is written: with ruff where it is installed, else as it is."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path


def format_revision(path: str, _options: dict[str, str]) -> None:
    """Alembic's write hook ``trueline``: format the file, and never fail a revision that is already written."""
    if find_spec("ruff") is None:
        return
    for arguments in (["check", "--fix", "--quiet", "--select", "I,F401,UP"], ["format", "--quiet"]):
        subprocess.run(  # noqa: S603 - our own interpreter, a file that Alembic has just written
            [sys.executable, "-m", "ruff", *arguments, str(Path(path))], check=False, capture_output=True
        )
