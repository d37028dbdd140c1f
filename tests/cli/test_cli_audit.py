"""`trueline audit`, `rules` and `explain` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from trueline.cli import application, main

BAD = "CREATE TABLE log (what text);\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(application(list(arguments)), list(arguments))


def test_findings_exit_with_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are named from where the command is typed, and the summary goes elsewhere than the findings."""
    (tmp_path / "sql").mkdir()
    (tmp_path / "sql/a.sql").write_text(BAD)
    monkeypatch.chdir(tmp_path)
    done = run("audit", "sql")
    assert done.exit_code == 1
    assert done.stdout.startswith("sql/a.sql:1 (table log)\n  error: table log has no primary key")
    assert done.stderr == "1 error in 1 file\n"
    found = json.loads(run("audit", "--format", "json").stdout)["findings"]
    assert [each["where"]["file"] for each in found] == ["sql/a.sql"]


def test_nothing_found_exits_with_zero(tmp_path: Path) -> None:
    """An empty folder holds no defect."""
    done = run("audit", str(tmp_path))
    assert (done.exit_code, done.stdout) == (0, "")


def test_settings_of_the_project_count(tmp_path: Path) -> None:
    """The nearest pyproject.toml from the project's folder on, not from where the command is typed."""
    (tmp_path / "a.sql").write_text(BAD)
    (tmp_path / "b.sql").write_text(BAD)
    allow = '[tool.trueline]\nallow = ["table-without-primary-key:a.sql: a log"]\nexclude = ["b.*"]\n'
    (tmp_path / "pyproject.toml").write_text(allow)
    done = run("audit", str(tmp_path))
    assert (done.exit_code, done.stderr) == (0, "no findings, 1 allowed in 1 file\n")


def test_patterns_begin_at_the_settings(tmp_path: Path) -> None:
    """Whichever part of the project is audited."""
    (tmp_path / "sql/old").mkdir(parents=True)
    (tmp_path / "sql/a.sql").write_text(BAD)
    (tmp_path / "sql/old/b.sql").write_text(BAD)
    allow = '[tool.trueline]\nallow = ["table-without-primary-key:sql/a.sql: a log"]\nexclude = ["sql/old/*"]\n'
    (tmp_path / "pyproject.toml").write_text(allow)
    for folder in (tmp_path, tmp_path / "sql"):
        done = run("audit", str(folder))
        assert (done.exit_code, done.stderr) == (0, "no findings, 1 allowed in 1 file\n")


def test_what_cannot_run_exits_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there, and a rule that is not there, with what to type instead."""
    for arguments, words in ((["audit", "does/not/exist"], "no such folder"), (["explain", "two-owner"], "two-owners")):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == 2
        assert words in capsys.readouterr().err


def test_rules_are_listed_and_explained(tmp_path: Path) -> None:
    """A line for each; all that a page has; and the pages themselves."""
    assert "two-owners" in run("rules").stdout
    told = run("explain", "two-owners").stdout
    assert "the way out" in told
    assert "001_users.sql" in told
    done = run("rules", "--write", str(tmp_path / "rules"))
    assert done.exit_code == 0
    assert (tmp_path / "rules/two-owners.md").is_file()


def test_the_configured_database_is_looked_at(
    tmp_path: Path, empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --database, and only then; the finding names an object, since there is no file."""
    model = "class A(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n"
    (tmp_path / "a.py").write_text(f"from sqlmodel import Field, SQLModel\n\n{model}")
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    monkeypatch.chdir(tmp_path)
    assert run("audit").exit_code == 0
    done = run("audit", "--database")
    assert done.exit_code == 1
    assert "a.py:3 (class A)\n  error: the database has no table public.a [model-without-table]" in done.stdout


def test_a_database_that_cannot_be_reached_exits_with_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is found without it, since half an audit would look like a whole one."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        main(["audit", "--database"])
    assert left.value.code == 2
    assert "DATABASE_URL" in capsys.readouterr().err
