"""Which edits of a revision's file make it another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from trueline.deploy.source import source_digest

SOURCE = '''"""Add a table

Revision ID: r1
"""

# revision identifiers
revision = "r1"  # ours


def upgrade():
    op.execute("SELECT '#1', 'it''s'")  # a hash in a text
    op.execute(\'\'\'SELECT "#2" -- no comment of Python's
    \'\'\')
'''


def digest(folder: Path, text: str) -> str | None:
    file = folder / "revision.py"
    file.write_text(text, encoding="utf-8")
    return source_digest(file)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Add a table", "Add the table\n\nproved: 3 objects"),
        ('"""Add a table\n\nRevision ID: r1\n"""\n', ""),
        ("# revision identifiers\n", ""),
        ("  # ours", "   # theirs"),
        ("  # a hash in a text", ""),
        ("\n\n\ndef", "\n\ndef"),
        ("\n", "\r\n"),
    ],
)
def test_what_changes_nothing(tmp_path: Path, old: str, new: str) -> None:
    """Comments, blank lines, ends of lines and the docstring."""
    assert old in SOURCE
    assert digest(tmp_path, SOURCE.replace(old, new)) == digest(tmp_path, SOURCE)


@pytest.mark.parametrize(("old", "new"), [("#1", "#3"), ("#2", "#3"), ("-- no", "-- a"), ('op.execute("', 'op.run("')])
def test_what_changes_something(tmp_path: Path, old: str, new: str) -> None:
    """Everything else, such as what only looks like a comment."""
    assert old in SOURCE
    assert digest(tmp_path, SOURCE.replace(old, new)) != digest(tmp_path, SOURCE)


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """A file that is gone, or no text, is nothing that was edited."""
    assert source_digest(tmp_path / "gone.py") is None
    (tmp_path / "bytes.py").write_bytes(b"\xff\xfe")
    assert source_digest(tmp_path / "bytes.py") is None
