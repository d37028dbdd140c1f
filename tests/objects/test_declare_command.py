"""``trueline declare``: where it writes, and what it leaves alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import trueline.undeclared
from tests.catalog.test_copies import run
from tests.objects.drive import read
from tests.objects.test_write import SHOP, chosen
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject
from trueline.cli import main

Found = tuple[tuple[CatalogObject, ...], Catalog]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a package of models."""
    (tmp_path / "app" / "models").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def undeclared(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A database with things that no model declares, and what was in the module when they were looked for."""
    run(empty_database_url, SHOP)
    catalog = read(empty_database_url)
    seen: list[str] = []

    def find(_settings: object) -> Found:
        module = Path("app/models/undeclared.py")
        seen.append(module.read_text(encoding="utf-8") if module.exists() else "")
        return tuple(chosen(catalog)), catalog

    monkeypatch.setattr(trueline.undeclared, "find_undeclared", find, raising=False)
    return seen


def declare(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        main(["declare", *arguments])
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


@pytest.mark.usefixtures("undeclared")
def test_module_is_written_among_the_models(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says what it wrote, and what to do next."""
    code, out, _ = declare(capsys)
    assert code == 0
    assert "wrote app/models/undeclared.py: 9 declarations\n  1 composite\n  1 domain\n" in out
    assert "\n  1 row security\n" in out
    assert "discover('app.models') imports it\nthen: alembic check\n" in out
    assert "Trigger.from_sql(" in (project / "app/models/undeclared.py").read_text(encoding="utf-8")


@pytest.mark.usefixtures("undeclared")
def test_module_elsewhere_has_to_be_imported(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line to import is printed."""
    _, out, _ = declare(capsys, "--output", "app/legacy.py")
    assert "import it with the models: import app.legacy  # noqa: F401" in out
    assert (project / "app/legacy.py").is_file()


@pytest.mark.usefixtures("undeclared")
def test_module_can_be_printed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written then."""
    _, out, _ = declare(capsys, "--output", "-")
    assert out.startswith('"""What the database has and no model declares')
    assert list((project / "app/models").iterdir()) == []


def test_nothing_is_overwritten(project: Path, undeclared: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What is there stays, and the database is not even asked."""
    file = project / "app/models/undeclared.py"
    file.write_text("mine = True\n", encoding="utf-8")
    code, _, err = declare(capsys)
    assert code == 2
    assert "the module is there already\n  at app/models/undeclared.py" in err
    assert "trueline declare --output app/models/undeclared_2.py" in err
    assert file.read_text(encoding="utf-8") == "mine = True\n"
    assert undeclared == []


def test_force_writes_anew(project: Path, undeclared: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What the module declares is looked for as if it were not declared, so that nothing of it is lost."""
    file = project / "app/models/undeclared.py"
    file.write_text("mine = True\n", encoding="utf-8")
    code, _, _ = declare(capsys, "--force")
    assert code == 0
    assert "mine" not in undeclared[0]
    assert "mine" not in file.read_text(encoding="utf-8")


def test_force_gives_back_what_it_could_not_replace(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where looking fails, or finds nothing, the module is as it was."""
    file = project / "app/models/undeclared.py"
    file.write_bytes(b"mine = True\r\n")

    def fail(_settings: object) -> Found:
        raise trueline.TruelineError("no database")

    monkeypatch.setattr(trueline.undeclared, "find_undeclared", fail, raising=False)
    assert declare(capsys, "--force")[0] == 2
    monkeypatch.setattr(trueline.undeclared, "find_undeclared", lambda _: ((), Catalog((), 180000)), raising=False)
    assert declare(capsys, "--force")[1] == "nothing is undeclared\n"
    assert file.read_bytes() == b"mine = True\r\n"


@pytest.mark.usefixtures("project")
def test_folder_must_be_there(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there is not made up."""
    code, _, err = declare(capsys, "--output", "nowhere/undeclared.py")
    assert code == 2
    assert "there is no folder for the module" in err


def test_models_in_one_module(project: Path, capsys: pytest.CaptureFixture[str], undeclared: list[str]) -> None:
    """Beside a module of models there is a place as well."""
    (project / "app/models").rmdir()
    (project / "app/models.py").write_text("", encoding="utf-8")
    _, out, _ = declare(capsys)
    assert "wrote app/undeclared.py" in out
    assert "import app.undeclared" in out
    assert undeclared == [""]


REVISION = """
import sqlalchemy as sa
from trueline import op
revision, down_revision, branch_labels, depends_on = "0001", None, None, None

def upgrade():
    op.execute("CREATE SCHEMA shop")
    key = sa.PrimaryKeyConstraint("id", name="pk_orders")
    op.create_table("orders", sa.Column("id", sa.Integer), sa.Column("note", sa.Text), key, schema="shop")
    op.execute({sql!r})

def downgrade():
    op.execute("DROP SCHEMA shop CASCADE")
"""

RAW = r"""
CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS $x$ BEGIN NEW.note := '%s \\:x'; RETURN NEW; END $x$;
CREATE TRIGGER touch BEFORE UPDATE ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.touch();
CREATE VIEW shop.notes AS SELECT note FROM shop.orders WHERE note LIKE '100%';
CREATE MATERIALIZED VIEW shop.many AS SELECT count(*) AS n FROM shop.notes;
CREATE UNIQUE INDEX uq_many ON shop.many (n);
COMMENT ON INDEX shop.uq_many IS 'one';
CREATE POLICY own ON shop.orders USING (note IS NOT NULL);
ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;
CREATE DOMAIN shop.word AS text CHECK (VALUE <> '');
CREATE SEQUENCE shop.numbers INCREMENT 5;
CREATE TYPE shop.pair AS (a shop.word, b integer);
CREATE RULE keep AS ON DELETE TO shop.orders DO INSTEAD NOTHING;
CREATE STATISTICS shop.st (ndistinct) ON id, note FROM shop.orders;
CREATE AGGREGATE shop.total(bigint) (SFUNC = int8pl, STYPE = bigint);
"""

MODELS = """
from trueline import Field, Model, discover

class Order(Model, table=True):
    __unenforced__ = "comment"
    __tablename__ = "orders"
    __table_args__ = {"schema": "shop"}

    id: int | None = Field(default=None, primary_key=True)
    note: str | None = Field(default=None, sa_type=__import__("sqlalchemy").Text)
"""


def test_a_project_of_raw_sql_is_clean_afterwards(tmp_path: Path, any_empty_url: str) -> None:
    """What revisions made by raw SQL is undeclared before the command, and declared exactly after it."""
    files = {
        "pyproject.toml": "[tool.trueline]\n",
        "alembic.ini": "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n",
        "migrations/env.py": "from app.models import metadata\nfrom trueline.env import run_migrations\n"
        "run_migrations(metadata)\n",
        "migrations/script.py.mako": Path("migrations/script.py.mako").read_text(encoding="utf-8"),
        "migrations/versions/0001.py": REVISION.format(sql=RAW.replace(":x", "\\\\:x")),
        "app/__init__.py": "",
        "app/models/__init__.py": 'from trueline import discover\nmetadata = discover("app.models")\n',
        "app/models/orders.py": MODELS,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    def command(*arguments: str) -> tuple[int, str]:
        environment = {**os.environ, "DATABASE_URL": any_empty_url}
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    assert command("alembic", "upgrade", "head")[0] == 0
    before = command("alembic", "check")
    assert "shop.notes" in before[1], before[1]
    code, out = command("trueline", "declare")
    assert code == 0, out
    after = command("alembic", "check")
    assert after[0] == 0, after[1]
    assert "shop.notes" not in after[1]
    assert "nothing is undeclared" in command("trueline", "declare", "--output", "-")[1]
