"""`trueline gate`: open for what holds; a fault for every check shuts it, and keeps no other from being made."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.gate.conftest import COLUMN, ENV, KINDS, TABLE
from tests.looking.drive import Git, Project
from trueline.gate.run import CHECKS


def outcome(project: Project, *arguments: str) -> dict[str, Any]:
    """By the name of each check its rules that found something, and whether it was made."""
    said = project.trueline("gate", "--format", "json", *arguments)
    document = json.loads(said.out)
    checks = {each["name"]: each for each in document["checks"]}
    assert said.code == (0 if document["holds"] else 1 if any(each["findings"] for each in checks.values()) else 2)
    return checks


def found(checks: dict[str, Any]) -> dict[str, list[str]]:
    """The rules that found something, by check."""
    return {
        name: [finding["rule"].removeprefix("gate/") for finding in check["findings"]]
        for name, check in checks.items()
        if check["findings"]
    }


def stopped(checks: dict[str, Any]) -> dict[str, str]:
    """Why checks were not made."""
    return {name: check["stopped"] for name, check in checks.items() if check["stopped"]}


def env(project: Project, before: str, after: str) -> None:
    """Change the models."""
    assert before in ENV
    (project.root / "migrations" / "env.py").write_text(ENV.replace(before, after), "utf-8")


def test_a_project_in_order(project: Project) -> None:
    """A line for each check, and exit code 0; the database that is named stays as it is."""
    said = project.trueline("gate")
    assert said.code == 0, said.out
    lines = said.out.splitlines()
    assert [line.split()[2] for line in lines[:-1]] == list(CHECKS)
    assert all(line.startswith("✓ ok") for line in lines[:-1])
    assert lines[-1].startswith("the gate is open in ")
    with project.connect() as connection:
        assert connection.execute("SELECT to_regclass('t')").fetchone() == (None,)
        assert connection.execute("SELECT count(*) FROM pg_database WHERE datname LIKE '%scratch%'").fetchone() == (0,)


def test_an_empty_history(project: Project) -> None:
    """Without revisions and models nothing is wrong."""
    for file in (project.root / "migrations" / "versions").glob("*.py"):
        file.unlink()
    project.env()
    assert found(outcome(project)) == {}


def test_a_metadata_with_a_fault(project: Project) -> None:
    """The audit's rules are a check of the gate, with their own settings."""
    (project.root / "start.py").write_text("import shop\n\nshop.metadata.create_all(shop.engine)\n", "utf-8")
    assert found(outcome(project)) == {"metadata": ["create-all-at-start-up"]}
    assert found(outcome(project, "--skip", "metadata")) == {}


def test_several_heads(project: Project) -> None:
    """Two revisions after one; the others are still run."""
    project.add("r9", "pass", down="r2")
    checks = outcome(project)
    assert found(checks) == {"history": ["several-heads"]}
    finding = checks["history"]["findings"][0]
    assert finding["what"] == "there are 2 heads: r3, r9"
    assert finding["where"] == {"file": "migrations/versions/r9.py", "line": 5, "object": "revision r9"}
    assert stopped(checks) == {}


def test_a_missing_revision(project: Project) -> None:
    """One comes after a file that is not there: named, and what needs the chain is not run."""
    (project.root / "migrations" / "versions" / "r2.py").unlink()
    checks = outcome(project)
    assert found(checks)["history"] == ["missing-revision"]
    assert "which no file is" in checks["history"]["findings"][0]["what"]
    assert set(stopped(checks).values()) == {"waits for history"}


def test_what_is_said_in_other_words(project: Project) -> None:
    """A label of a branch is no missing revision, and what precedes one may be computed."""
    file = project.add("r1", KINDS, 'op.drop_table("kinds")')
    file.write_text(file.read_text("utf-8").replace("'r1', None, None, None", "'r1', None, 'shop', None"), "utf-8")
    file = project.add("r3", COLUMN, 'op.drop_column("t", "a")', down="r2")
    text = file.read_text("utf-8").replace("'r3', 'r2', None, None", "'r3', 'R2'.lower(), None, 'shop'")
    file.write_text(text, "utf-8")
    assert found(outcome(project, "--skip", "metadata")) == {}


def test_a_circle(project: Project) -> None:
    """Revisions of which each comes after another have no beginning."""
    project.add("r1", KINDS, down="r3")
    assert "circle" in found(outcome(project))["history"]


def test_a_revision_twice(project: Project) -> None:
    """Two files of one name."""
    file = project.root / "migrations" / "versions" / "r3.py"
    file.with_name("r3_copy.py").write_text(file.read_text("utf-8"), "utf-8")
    with pytest.warns(UserWarning, match="present more than once"):
        assert "revision-twice" in found(outcome(project))["history"]


def test_a_file_that_is_no_python(project: Project) -> None:
    """Its line is named."""
    (project.root / "migrations" / "versions" / "r4.py").write_text('revision = "r4"\ndef (:\n', "utf-8")
    checks = outcome(project)
    assert found(checks)["history"] == ["unreadable-revision"]
    assert checks["history"]["findings"][0]["where"]["line"] == 2


def test_a_file_that_cannot_be_executed(project: Project) -> None:
    """What only loading it shows is told with its line."""
    project.add("r4", "pass", down="r3").write_text('revision = "r4"\ndown_revision = "r3"\n1 / 0\n', "utf-8")
    checks = outcome(project)
    assert found(checks) == {"history": ["unreadable-revision"]}
    assert checks["history"]["findings"][0]["where"] == {"file": "migrations/versions/r4.py", "line": 3, "object": ""}


MODELS = """\
import sqlalchemy as sa

metadata = sa.MetaData()
T = sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True))
"""


def test_an_import_of_models(project: Project) -> None:
    """The audit's rule, which a comment with a reason allows."""
    package = project.root / "gated_shop"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "models.py").write_text(MODELS, "utf-8")
    line = "from gated_shop.models import T"
    names = 'revision, down_revision, branch_labels, depends_on = "r3", "r2", None, None\n'
    file = project.root / "migrations" / "versions" / "r3.py"
    text = file.read_text("utf-8")
    assert names.replace('"', "'") in text
    text = text.replace(names.replace('"', "'"), f'revision = "r3"\ndown_revision = "r2"\n{line}\n')
    file.write_text(text, "utf-8")
    checks = outcome(project, "--skip", "metadata")
    assert found(checks) == {"history": ["revision-imports-models"]}
    assert checks["history"]["findings"][0]["where"]["line"] == 7
    reason = "  # trueline: allow revision-imports-models: only its name"
    file.write_text(text.replace(line, line + reason), "utf-8")
    assert found(outcome(project, "--skip", "metadata")) == {}


@pytest.mark.usefixtures("git")
def test_an_edited_revision(project: Project) -> None:
    """Against the base its statements count, and comments and the docstring do not."""
    assert found(outcome(project, "--base", "main")) == {}
    project.add("r3", f"{COLUMN}  # a word", 'op.drop_column("t", "a")', down="r2", doc="other words")
    assert found(outcome(project, "--base", "main")) == {}
    project.add("r3", f"{COLUMN}\nop.execute('SELECT 1')", 'op.drop_column("t", "a")', down="r2")
    checks = outcome(project, "--base", "main")
    assert found(checks) == {"history": ["edited-revision"]}
    assert checks["history"]["findings"][0]["where"]["file"] == "migrations/versions/r3.py"
    assert found(outcome(project)) == {}


def test_a_new_revision_is_free(project: Project, git: Git) -> None:
    """What is not in the base may be written and rewritten; what the base got meanwhile is not asked for."""
    git("checkout", "-q", "-b", "work")
    project.add("r4", "op.execute('SELECT 1')", down="r3")
    git("checkout", "-q", "main")
    (project.root / "migrations" / "versions" / "r3.py").write_text("# gone on\n")
    git("commit", "-q", "-a", "-m", "main goes on")
    git("checkout", "-q", "work")
    assert found(outcome(project, "--base", "main")) == {}


def test_a_removed_revision(project: Project, git: Git) -> None:
    """It is gone from the files, and others have run it."""
    project.add("r4", "pass", down="r3")
    git("add", "migrations")
    git("commit", "-q", "-m", "r4")
    (project.root / "migrations" / "versions" / "r4.py").unlink()
    checks = outcome(project, "--base", "HEAD")
    assert found(checks) == {"history": ["edited-revision"]}
    assert "is gone" in checks["history"]["findings"][0]["what"]


def test_a_new_merge(project: Project, git: Git) -> None:
    """A merge that is new can still be put in line; one that the base has is as it is."""
    project.add("r4", "pass", down="r2")
    project.add("r5", "pass", down=("r3", "r4"))
    assert found(outcome(project, "--base", "main")) == {"history": ["merge"]}
    git("add", "migrations")
    git("commit", "-q", "-m", "merged")
    assert found(outcome(project, "--base", "main")) == {}


@pytest.mark.usefixtures("git")
def test_a_base_that_git_does_not_know(project: Project) -> None:
    """The way out is named, and the other checks are made."""
    checks = outcome(project, "--base", "origin/nowhere")
    assert found(checks) == {"history": ["history"]}
    assert "fetch-depth: 0" in checks["history"]["findings"][0]["fix"]
    assert stopped(checks) == {}


def test_env_py_that_fails(project: Project) -> None:
    """Its error is a finding; what needs the models says so, and the files are read all the same."""
    (project.root / "migrations" / "env.py").write_text("from trueline.env import nothing\n", "utf-8")
    project.add("r9", "pass", down="r2")
    checks = outcome(project)
    assert found(checks) == {"history": ["several-heads"], "models": ["models"]}
    assert "cannot be run: ImportError" in checks["models"]["findings"][0]["what"]
    assert set(stopped(checks).values()) == {"waits for models"}


@pytest.fixture(params=[24, 1], ids=["one", "two"])
def walkers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stairs of a few revisions, walked as those of many are."""
    monkeypatch.setattr("trueline.gate.checks.stairway.BY_TWO", request.param)


@pytest.mark.usefixtures("walkers")
def test_stairs_that_hold(project: Project) -> None:
    """Nothing is found, whoever walks."""
    assert found(outcome(project)) == {}
    assert found(outcome(project, "--since", "r2")) == {}


@pytest.mark.usefixtures("walkers")
def test_a_revision_that_fails(project: Project) -> None:
    """Its file and line; the stairs are walked up to it, and what needs all of them is not made."""
    project.add("r3", f"{COLUMN}\nop.execute('SELECT 1 / 0')", down="r2")
    project.add("r2", TABLE, "pass", down="r1")
    checks = outcome(project)
    assert found(checks)["replay"] == ["replay"]
    assert checks["replay"]["findings"][0]["where"]["file"] == "migrations/versions/r3.py"
    assert checks["replay"]["findings"][0]["where"]["line"] == 10
    assert found(checks)["stairway"] == ["downgrade-leads-elsewhere", "upgrade-again-fails", "upgrade-fails"]
    assert stopped(checks) == {"pending": "waits for replay", "rows": "waits for replay", "offline": "waits for replay"}


@pytest.mark.usefixtures("walkers")
def test_a_downgrade_that_does_nothing(project: Project) -> None:
    """What it leaves is named, and the revisions after it are walked all the same."""
    project.add("r2", TABLE, "pass", down="r1")
    project.add("r3", COLUMN, "op.execute('SELECT 1 / 0')", down="r2")
    checks = outcome(project)
    assert found(checks) == {
        "stairway": ["downgrade-leads-elsewhere", "upgrade-again-fails", "downgrade-fails"],
    }
    first, _, last = checks["stairway"]["findings"]
    assert "+ table public.t" in first["what"]
    assert first["where"]["file"] == "migrations/versions/r2.py"
    assert last["where"]["file"] == "migrations/versions/r3.py"


@pytest.mark.usefixtures("walkers")
def test_a_downgrade_that_is_not_written(project: Project) -> None:
    """`raise NotImplementedError` is a downgrade that fails; from a later revision on it is not asked for."""
    project.add("r2", TABLE, "raise NotImplementedError", down="r1")
    assert found(outcome(project)) == {"stairway": ["downgrade-fails"]}
    assert found(outcome(project, "--since", "r3")) == {}
    assert found(outcome(project, "--skip", "stairway")) == {}


@pytest.mark.usefixtures("walkers")
def test_a_second_upgrade_that_leads_elsewhere(project: Project) -> None:
    """A revision that remembers what it did is found at the end of the walk."""
    up = f'{COLUMN}\nimport os\nif os.environ["GATE_TEST"] == "x":\n    op.create_index("ix", "t", ["a"])'
    project.add("r3", f'{up}\nos.environ["GATE_TEST"] = "x"', 'op.drop_column("t", "a")', down="r2")
    os.environ["GATE_TEST"] = ""
    try:
        assert found(outcome(project, "--skip", "offline")) == {"stairway": ["stairway-leads-elsewhere"]}
    finally:
        del os.environ["GATE_TEST"]


def test_a_pending_difference(project: Project) -> None:
    """A model that no revision makes; reference rows are a check of their own."""
    env(project, 'sa.Column("a", sa.Text)', 'sa.Column("a", sa.Integer), sa.Column("b", sa.Text)')
    checks = outcome(project)
    assert found(checks) == {"pending": ["pending-difference", "pending-difference"]}
    assert checks["pending"]["findings"][0]["what"] == "no revision adds column public.t.b: text"


def test_what_no_model_declares(project: Project) -> None:
    """What a revision makes by SQL alone, as `alembic check` would refuse it."""
    project.add("r4", 'op.execute("CREATE VIEW v AS SELECT 1 AS a")', 'op.execute("DROP VIEW v")', down="r3")
    checks = outcome(project)
    assert found(checks) == {"pending": ["undeclared"]}
    assert "trueline declare" in checks["pending"]["findings"][0]["fix"]


def test_rows_that_differ(project: Project) -> None:
    """A reference row that no revision brings."""
    env(project, '"label": "A"}', '"label": "A"}, {"code": "b", "label": "B"}')
    checks = outcome(project)
    assert found(checks) == {"rows": ["rows-differ"]}
    assert "1 to insert" in checks["rows"]["findings"][0]["what"]


def test_offline_sql_that_leads_elsewhere(project: Project) -> None:
    """A revision that does something only where there is a connection."""
    up = f"if not op.get_context().as_sql:\n    {COLUMN}"
    project.add("r3", up, 'op.drop_column("t", "a")', down="r2")
    checks = outcome(project)
    assert found(checks) == {"offline": ["offline-leads-elsewhere"]}
    assert "- column public.t.a" in checks["offline"]["findings"][0]["what"]


def test_offline_sql_that_fails(project: Project) -> None:
    """A revision that can only be written as SQL with a fault in it."""
    up = f'{COLUMN}\nif op.get_context().as_sql:\n    op.execute("SELECT 1 / 0")'
    project.add("r3", up, 'op.drop_column("t", "a")', down="r2")
    checks = outcome(project)
    assert found(checks) == {"offline": ["offline"]}
    assert "division by zero" in checks["offline"]["findings"][0]["what"]


def test_no_server(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that needs one could run: exit code 2, and the files were read."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x")
    checks = outcome(project)
    assert found(checks) == {}
    assert "127.0.0.1" in stopped(checks)["replay"]
    assert checks["history"]["outcome"] == "ok"
    assert project.trueline("gate").out.splitlines()[-1].startswith("the gate could not run: replay")


def test_no_alembic_ini(project: Project) -> None:
    """Nothing could run: exit code 2."""
    (project.root / "alembic.ini").unlink()
    said = project.trueline("gate")
    assert said.code == 2
    assert "there is no alembic.ini here" in said.out


def test_a_fault_of_its_own(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that fails itself keeps no other from being made, and shows no secret."""

    def check(_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("trueline.gate.checks.replay.check", check)
    checks = outcome(project)
    assert found(checks) == {}
    assert list(stopped(checks)) == ["replay"]
    assert "RuntimeError at " in checks["replay"]["stopped"]
    assert "secret" not in checks["replay"]["stopped"]


def test_an_unknown_check(project: Project) -> None:
    """What there is, is named."""
    said = project.trueline("gate", "--skip", "stairs")
    assert said.code == 2
    assert "known: metadata, history, models, replay, stairway" in said.err


def test_github(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An annotation for each finding at its line, and the summary of the job."""
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    project.add("r9", "pass", down="r2")
    said = project.trueline("gate", "--format", "github")
    assert said.code == 1
    assert (
        "::error file=migrations/versions/r9.py,line=5,title=gate/several-heads::"
        "there are 2 heads: r3, r9 [gate/several-heads]%0Afix: " in said.out
    )
    assert "### trueline gate: the gate is shut: 1 finding" in summary.read_text("utf-8")
    assert said.out.splitlines()[-1].startswith("the gate is shut: 1 finding in ")


def test_a_project_in_a_folder_of_its_repository(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub wants paths from the repository's top."""
    monkeypatch.setenv("GITHUB_WORKSPACE", str(project.root.parent))
    project.add("r9", "pass", down="r2")
    assert (
        f"file={project.root.name}/migrations/versions/r9.py,line=5"
        in project.trueline("gate", "--format", "github").out
    )


def test_sarif(project: Project) -> None:
    """What code hosts show."""
    project.add("r9", "pass", down="r2")
    document = json.loads(project.trueline("gate", "--format", "sarif").out)
    assert [each["ruleId"] for each in document["runs"][0]["results"]] == ["gate/several-heads"]


def test_markdown(project: Project) -> None:
    """A table of the checks."""
    said = project.trueline("gate", "--format", "markdown")
    assert said.code == 0
    assert "| ✓ ok | history | one line of revisions, " in said.out
