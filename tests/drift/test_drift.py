"""`trueline drift`: whose doing each difference is, and what resolves it; the database is only read."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import sqlalchemy as sa

from tests.drift.conftest import ENV, TABLE
from tests.looking.drive import Git, Project

COLUMN = 'op.add_column("t", sa.Column("c", sa.Integer))'
INDEX = """
with op.get_context().autocommit_block():
    op.create_index("ix", "t", ["a"], postgresql_concurrently=True)
    op.execute("SELECT 1 / (SELECT 1 - count(*) FROM t)")
"""


def drift(project: Project, *arguments: str) -> list[dict[str, Any]]:
    """The differences."""
    said = project.trueline("drift", "--format", "json", *arguments)
    assert said.code in {0, 1}, said.err
    document = json.loads(said.out)
    assert document["is_well"] == (said.code == 0) == (not document["differences"])
    differences: list[dict[str, Any]] = document["differences"]
    return differences


def short(found: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Culprit, sign and name."""
    return [(each["culprit"], each["sign"], each["name"]) for each in found]


def env(project: Project, before: str, after: str) -> None:
    """Change the models."""
    assert before in ENV
    (project.root / "migrations" / "env.py").write_text(ENV.replace(before, after), "utf-8")


def test_all_is_well(project: Project) -> None:
    """One line and exit code 0; nothing at all where that is wished for."""
    said = project.trueline("drift")
    assert (said.code, said.out) == (0, "no drift: models, revisions and database agree, at r1\n")
    assert project.trueline("drift", "--quiet").out == ""
    assert drift(project) == []


def test_pending(project: Project) -> None:
    """The models were changed, and no revision does it."""
    env(project, 'sa.Column("a", sa.Text)', 'sa.Column("a", sa.Text), sa.Column("b", sa.Text)')
    found = drift(project)
    assert short(found) == [("pending", "+", "public.t.b")]
    assert found[0]["where"] == {"file": "migrations/env.py", "line": 7, "object": ""}
    assert found[0]["fix"].startswith("alembic revision --autogenerate")
    said = project.trueline("drift", "--quiet")
    assert said.code == 1
    assert "pending: the models were changed, and no revision does it\n  + column public.t.b: text\n" in said.out


def test_out_of_band(project: Project) -> None:
    """The database was changed, and no revision did it; hostile names arrive as they are."""
    project.run('ALTER TABLE t ADD COLUMN "by %hand: x" int', "DROP TABLE IF EXISTS nothing")
    found = drift(project)
    assert short(found) == [("out of band", "+", 'public.t."by %hand: x"')]
    assert "undo it by hand" in found[0]["fix"]


def test_what_models_and_database_have_and_no_revision(project: Project) -> None:
    """The ledger knows that no file was edited: so somebody changed the database, and the models."""
    project.run("ALTER TABLE t ADD COLUMN b text")
    env(project, 'sa.Column("a", sa.Text)', 'sa.Column("a", sa.Text), sa.Column("b", sa.Text)')
    assert short(drift(project)) == [("out of band", "+", "public.t.b"), ("pending", "+", "public.t.b")]


def test_a_waiting_revision(project: Project) -> None:
    """It is named; what it does is no difference by itself."""
    project.add("r2", COLUMN, 'op.drop_column("t", "c")', down="r1", doc="the column")
    env(project, 'sa.Column("a", sa.Text)', 'sa.Column("a", sa.Text), sa.Column("c", sa.Integer)')
    found = drift(project)
    assert short(found) == [("waiting revision", "+", "r2")]
    assert (found[0]["what"], found[0]["fix"]) == ("the column", "alembic upgrade head")


def test_an_unknown_revision(project: Project) -> None:
    """The database is at one that no file has; what differs then is its doing."""
    project.run("UPDATE alembic_version SET version_num = 'r9'", "ALTER TABLE t ADD COLUMN n int")
    found = drift(project)
    assert short(found) == [("unknown revision", "?", "r9"), ("unknown revision", "+", "public.t.n")]
    assert "deploy the newer one" in found[0]["fix"]


def test_a_deploy_that_was_interrupted(project: Project) -> None:
    """What its half of a revision has left is its doing; what somebody else did beside it is not."""
    project.add("r2", INDEX, 'op.drop_index("ix")', down="r1")
    project.run("INSERT INTO t VALUES (1, 'x')")
    assert project.alembic("upgrade", "head").code != 0
    project.run("ALTER TABLE t ADD COLUMN n int")
    env(project, 'sa.Column("a", sa.Text)', 'sa.Column("a", sa.Text), sa.Index("ix", "a")')
    found = short(drift(project))
    assert ("failed deploy", "!", "r2") in found
    assert ("failed deploy", "+", "public.ix") in found
    assert ("out of band", "+", "public.t.n") in found


def test_a_deploy_that_failed(project: Project) -> None:
    """It has left nothing, and the revision is waiting."""
    project.add("r2", 'op.execute("SELECT 1 / (SELECT 1 - count(*) FROM t)")', down="r1")
    project.run("INSERT INTO t VALUES (1, 'x')")
    assert project.alembic("upgrade", "head").code != 0
    found = drift(project)
    assert [each["culprit"] for each in found] == ["failed deploy", "waiting revision"]
    assert "division by zero" in found[0]["why"]
    assert found[0]["fix"] == "alembic upgrade head"


def test_a_history_that_cannot_be_replayed(project: Project) -> None:
    """What can be told is told; what the models are compared with is not there, and that is said."""
    project.add("r2", 'op.execute("SELECT 1 / 0")', down="r1")
    project.run("ALTER TABLE t ADD COLUMN n int")
    said = project.trueline("drift")
    assert said.code == 1
    assert "+ column public.t.n" in said.out
    assert "note: models and revisions were not compared: PostgreSQL refused a statement: division by zero" in said.out


def test_an_unimported_model(project: Project) -> None:
    """A revision makes its table, its class is in the source, and nobody imports it."""
    (project.root / "lost.py").write_text(
        "import sqlalchemy as sa\n\nmetadata = sa.MetaData()\n"
        'lost = sa.Table("lost", metadata, sa.Column("id", sa.Integer, primary_key=True))\n',
        "utf-8",
    )
    table = 'op.create_table("lost", sa.Column("id", sa.Integer, primary_key=True))'
    project.add("r2", table, 'op.drop_table("lost")', down="r1")
    assert project.alembic("upgrade", "head").code == 0
    found = drift(project)
    assert short(found) == [("unimported model", "-", "public.lost")]
    assert (found[0]["where"]["file"], found[0]["where"]["line"]) == ("lost.py", 4)
    assert found[0]["fix"].startswith("import lost ")


def test_a_revision_that_makes_more(project: Project) -> None:
    """By SQL, which no model declares."""
    project.add("r2", 'op.execute("CREATE VIEW v AS SELECT 1 AS a")', 'op.execute("DROP VIEW v")', down="r1")
    assert project.alembic("upgrade", "head").code == 0
    found = drift(project)
    assert short(found) == [("hand-edited revision", "?", "public.v")]
    assert "trueline declare" in found[0]["fix"]


def test_a_revision_that_was_edited_after_it_was_run(project: Project) -> None:
    """The database has what the models say, and the file says another thing: named once, with the file."""
    project.add("r1", TABLE.replace("sa.Text", "sa.Integer"), 'op.drop_table("t")')
    found = drift(project)
    assert short(found) == [("hand-edited revision", "~", "public.t.a")]
    assert "migrations/versions/r1.py was edited after it was run" in found[0]["why"]
    project.run("DROP TABLE trueline_deploy, trueline_revision")
    found = drift(project)
    assert short(found) == [("hand-edited revision", "~", "public.t.a")]
    assert found[0]["why"].endswith("only the revisions do not")


def test_a_revision_that_was_edited_before_it_was_run(project: Project, git: Git) -> None:
    """Version control tells it from a model that was changed later."""
    project.add("r2", 'op.add_column("t", sa.Column("b", sa.Text))', 'op.drop_column("t", "b")', down="r1")
    env(project, 'sa.Column("a", sa.Text)', 'sa.Column("a", sa.Text), sa.Column("b", sa.Integer)')
    git("add", "migrations")
    git("commit", "-q", "-m", "b")
    assert project.alembic("upgrade", "head").code == 0
    found = drift(project)
    assert short(found) == [("hand-edited revision", "~", "public.t.b")]
    assert found[0]["where"]["file"] == "migrations/versions/r2.py"
    env(project, 'sa.Column("a", sa.Text)', 'sa.Column("a", sa.Text), sa.Column("b", sa.Numeric)')
    assert short(drift(project)) == [("pending", "~", "public.t.b")]


def test_a_snapshot(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalog that CI wrote stands for models and revisions: no scratch database is made."""
    file = project.root / "catalog.json"
    said = project.trueline("snapshot", "--migrated", str(file))
    assert said.code == 0
    assert said.out.startswith(f"wrote {file}: ")
    assert said.out.endswith("objects, at r1\n")

    def no_place(*_: Any, **__: Any) -> None:
        raise AssertionError("a scratch database was made")

    monkeypatch.setattr("trueline.scratch.places.database_on", no_place)
    assert drift(project, "--against", str(file)) == []
    project.run("CREATE INDEX by_hand ON t (a)")
    assert short(drift(project, "--against", str(file))) == [("out of band", "+", "public.by_hand")]


def test_a_snapshot_of_another_revision(project: Project) -> None:
    """A newer one means that revisions are waiting; an older one is refused."""
    file = project.root / "catalog.json"
    assert project.trueline("snapshot", "--migrated", str(file)).code == 0
    project.add("r2", COLUMN, 'op.drop_column("t", "c")', down="r1")
    newer = project.root / "newer.json"
    assert project.trueline("snapshot", "--migrated", str(newer)).code == 0
    assert short(drift(project, "--against", str(newer))) == [("waiting revision", "+", "r2")]
    assert project.alembic("upgrade", "head").code == 0
    assert drift(project, "--against", str(newer)) == []
    said = project.trueline("drift", "--against", str(file))
    assert said.code == 2
    assert "the catalog is of revision r1, and the database is at r2" in said.err


def test_snapshots_of_the_three_readings(project: Project) -> None:
    """Each is a catalog; where all is well they are one."""
    texts = {word: project.trueline("snapshot", *word.split()).out for word in ("", "--declared", "--migrated")}
    catalogs = {word: json.loads(text)["objects"] for word, text in texts.items()}
    assert [each for each in catalogs["--declared"] if each["kind"] == "table"]
    columns = {word: [each for each in found if each.get("table") == "t"] for word, found in catalogs.items()}
    assert columns["--declared"] == columns["--migrated"] == columns[""] != []
    assert json.loads(texts[""])["revisions"] == ["r1"]
    assert project.trueline("snapshot", "--declared", "--migrated").code == 2


def test_a_file_that_is_no_catalog(project: Project) -> None:
    """It is named, with what writes one; exit code 2."""
    said = project.trueline("drift", "--against", "nowhere.json")
    assert said.code == 2
    assert "trueline snapshot --migrated nowhere.json" in said.err
    (project.root / "x.json").write_text("[]", "utf-8")
    assert "this is no catalog" in project.trueline("drift", "--against", "x.json").err


def test_a_role_that_may_only_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """SELECT on the version table is enough; that the ledger may not be read is said, with the privilege for it."""
    file = project.root / "catalog.json"
    assert project.trueline("snapshot", "--migrated", str(file)).code == 0
    role = f"reader_{time.time_ns()}"
    project.run(
        "ALTER TABLE t ADD COLUMN n int", f"CREATE ROLE {role} LOGIN", f"GRANT SELECT ON alembic_version TO {role}"
    )
    monkeypatch.setenv("DATABASE_URL", sa.make_url(project.url).set(username=role).render_as_string(False))
    try:
        said = project.trueline("drift", "--against", str(file))
        assert said.code == 1
        assert "+ column public.t.n" in said.out
        assert "GRANT SELECT ON" in said.out
    finally:
        monkeypatch.setenv("DATABASE_URL", project.url)
        project.run(f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def test_markdown_and_github(project: Project) -> None:
    """A table for each culprit; an annotation for each difference."""
    project.run("CREATE INDEX by_hand ON t (a)")
    assert (
        "## the database was changed, and no revision did it" in project.trueline("drift", "--format", "markdown").out
    )
    said = project.trueline("drift", "--format", "github")
    assert said.code == 1
    assert said.out.startswith(
        "::error title=the database was changed%2C and no revision did it::index public.by_hand: + "
    )
