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
    # A revision that is still empty keeps its imports: somebody is about to write the body.
    rules = "I,UP,F401" if "op." in Path(path).read_text(encoding="utf-8") else "I,UP"
    for arguments in (["check", "--fix", "--quiet", "--select", rules], ["format", "--quiet"]):
        subprocess.run(  # noqa: S603 - our own interpreter, a file that Alembic has just written
            [sys.executable, "-m", "ruff", *arguments, str(Path(path))], check=False, capture_output=True
        )
