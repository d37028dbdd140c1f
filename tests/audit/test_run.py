"""The audit as a whole: suppressions, files that are none, the reference application."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.conftest import AuditOf, write
from trueline.audit.run import audit
from trueline.errors import TruelineError
from trueline.settings import load_settings

ROOT = Path(__file__).parents[2]
RULE = "table-without-primary-key"


def rules(audit_of: AuditOf, files: dict[str, str]) -> list[str]:
    return [finding.rule for finding in audit_of(files).findings]


def test_the_reference_application_audits_clean() -> None:
    """This repository, by its own settings."""
    settings = load_settings(ROOT)
    done = audit(ROOT, allow=settings.allow, exclude=settings.exclude)
    assert done.findings == ()
    assert done.files > 40


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("-- trueline: allow table-without-primary-key: a log\n", []),
        ("-- trueline: allow table-without-primary-key: a log\n\n-- which nobody reads\n", []),
        ("-- trueline: allow table-without-primary-key\n", [RULE, "suppression-without-reason"]),
        ("-- trueline: allow no-such-rule: a log\n", ["suppression-without-reason", RULE]),
        ("-- trueline: allow naive-timestamp: a log\n", ["unused-suppression", RULE]),
    ],
)
def test_a_comment_above_allows_what_is_below(audit_of: AuditOf, comment: str, left: list[str]) -> None:
    """With a reason, for one rule, for the next line that says something."""
    assert sorted(rules(audit_of, {"a.sql": f"{comment}CREATE TABLE log (what text);\n"})) == sorted(left)


def test_a_comment_in_the_line_allows_that_line(audit_of: AuditOf) -> None:
    """A comment in Python, beside the code that it is about; what only looks like one is text."""
    head = "from datetime import datetime\nfrom sqlmodel import Field, SQLModel\n\nclass A(SQLModel, table=True):\n"
    one = (
        "    id: int = Field(primary_key=True)\n    at: datetime  # trueline: allow naive-timestamp: local on purpose\n"
    )
    text = "TEXT = '# trueline: allow naive-timestamp: no comment'\n"
    assert rules(audit_of, {"a.py": head + one + text}) == []


@pytest.mark.parametrize("pattern", ["sql/*", "*", "sql/a.sql", "sql/a.sql:1", "table log", "log"])
def test_settings_allow_by_pattern(tmp_path: Path, pattern: str) -> None:
    """A file, a line, an object, or everything."""
    write(tmp_path, {"sql/a.sql": "CREATE TABLE log (what text);\n"})
    done = audit(tmp_path, allow=[f"{RULE}:{pattern}: nobody reads it"])
    assert (done.findings, done.suppressed) == ((), 1)


def test_settings_need_a_reason_and_a_use(tmp_path: Path) -> None:
    """As comments do; the finding says which entry."""
    write(tmp_path, {"a.sql": "CREATE TABLE log (id int PRIMARY KEY);\n"})
    found = audit(tmp_path, allow=[f"{RULE}:*", f"{RULE}:b/*: old"]).findings
    assert sorted((each.rule, each.where.object) for each in found) == [
        ("suppression-without-reason", f"{RULE}:*"),
        ("unused-suppression", f"{RULE}:b/*: old"),
    ]


def test_files_that_are_not_what_they_are_called(tmp_path: Path) -> None:
    """Text that is no Python, bytes that are no text: findings with a line, and the rest is read."""
    write(tmp_path, {"a.py": "x = (\n\ny = }\n", "b.sql": "CREATE TABLE log (what text);"})
    (tmp_path / "c.py").write_bytes(b"# one\nx = '\xff'\n")
    (tmp_path / "d.py").write_bytes(b"x = 1\0\n")
    (tmp_path / "e.sql").write_bytes(b"\xff")
    found = [(each.rule, each.where.file, each.where.line) for each in audit(tmp_path).findings]
    bad = [place[1:] for place in found if place[0] == "file-not-readable"]
    assert [file for file, _ in bad] == ["a.py", "c.py", "d.py", "e.sql"]
    assert ("c.py", 2) in bad
    assert (RULE, "b.sql", 1) in found


def test_a_file_may_name_its_encoding(tmp_path: Path) -> None:
    """Python that is not UTF-8 and says so is read; an encoding that nobody knows is told."""
    (tmp_path / "a.py").write_bytes("# -*- coding: latin-1 -*-\nx = 'ä'  # BaseModel\n".encode("latin-1"))
    (tmp_path / "b.py").write_bytes(b"# coding: martian\nx = 1  # BaseModel\n")
    found = [(each.where.file, each.rule) for each in audit(tmp_path).findings]
    assert found == [("b.py", "file-not-readable")]


def test_what_is_not_the_projects_own_is_skipped(tmp_path: Path) -> None:
    """Virtual environments by their mark, hidden folders, node_modules, and what settings exclude."""
    log = "CREATE TABLE log (what text);\n"
    folders = ("env", ".hidden", "node_modules/x", "vendor")
    write(tmp_path, {f"{folder}/a.sql": log for folder in folders} | {"env/pyvenv.cfg": ""})
    done = audit(tmp_path, exclude=["vendor/*"])
    assert (done.files, done.findings) == (0, ())


def test_a_part_of_a_project_knows_its_packages(tmp_path: Path) -> None:
    """Names are resolved where only a package below the root is looked at."""
    model = (
        "from app.base import Base\n\nclass A(Base):\n    __tablename__ = 'a'\n    id: Mapped[int] = mapped_column()\n"
    )
    base = "from sqlalchemy.orm import DeclarativeBase\n\nclass Base(DeclarativeBase):\n    pass\n"
    write(tmp_path, {"app/__init__.py": "", "app/base.py": base, "app/a.py": model})
    assert [each.rule for each in audit(tmp_path / "app").findings] == [RULE]


def test_a_folder_that_is_not_there() -> None:
    """An error, with what to type."""
    with pytest.raises(TruelineError, match="no such folder"):
        audit(Path("does/not/exist"))
