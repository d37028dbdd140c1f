"""``trueline declare``: where it writes, and what it leaves alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import trueline.undeclared
from tests.catalog.test_copies import run
from tests.objects.drive import read
from tests.objects.test_write import SHOP, chosen
from trueline.catalog.catalog import Catalog
from trueline.cli import main
from trueline.undeclared import Undeclared

Command = Callable[..., tuple[int, str]]


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

    def find(_settings: object) -> Undeclared:
        module = Path("app/models/undeclared.py")
        seen.append(module.read_text(encoding="utf-8") if module.exists() else "")
        return Undeclared(tuple(chosen(catalog)), catalog, SQLModel.metadata)

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

    def fail(_settings: object) -> Undeclared:
        raise trueline.TruelineError("no database")

    monkeypatch.setattr(trueline.undeclared, "find_undeclared", fail, raising=False)
    assert declare(capsys, "--force")[0] == 2
    nothing = Undeclared((), Catalog((), 180000), SQLModel.metadata)
    monkeypatch.setattr(trueline.undeclared, "find_undeclared", lambda _: nothing, raising=False)
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


ENV = "from app.models import metadata\nfrom trueline.env import run_migrations\nrun_migrations(metadata)\n"

FILES = {
    "pyproject.toml": "[tool.trueline]\n",
    "alembic.ini": "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n",
    "migrations/env.py": ENV,
    "migrations/script.py.mako": Path("migrations/script.py.mako").read_text(encoding="utf-8"),
    "migrations/versions/0001.py": REVISION.format(sql=RAW.replace(":x", "\\\\:x")),
    "app/__init__.py": "",
    "app/models/__init__.py": 'from trueline import discover\nmetadata = discover("app.models")\n',
    "app/models/orders.py": MODELS,
}


def laid_out(folder: Path, files: Mapping[str, str], url: str) -> Command:
    """A project of these files; a function that runs a module's command in it."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    def command(*arguments: str) -> tuple[int, str]:
        environment = {**os.environ, "DATABASE_URL": url}
        typed = [sys.executable, "-m", *arguments]
        done = subprocess.run(typed, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return command


def test_a_project_of_raw_sql_is_clean_afterwards(tmp_path: Path, any_empty_url: str) -> None:
    """What revisions made by raw SQL is undeclared before the command, and declared exactly after it."""
    command = laid_out(tmp_path, FILES, any_empty_url)
    assert command("alembic", "upgrade", "head")[0] == 0
    before = command("alembic", "check")
    assert "shop.notes" in before[1], before[1]
    code, out = command("trueline", "declare")
    assert code == 0, out
    after = command("alembic", "check")
    assert after[0] == 0, after[1]
    assert "shop.notes" not in after[1]
    assert "nothing is undeclared" in command("trueline", "declare", "--output", "-")[1]


BASE = """
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

class Base(DeclarativeBase):
    metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s"})
"""

MAPPED = """
from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column
from shop.base import Base

class Order(Base):
    __tablename__ = "orders"
    __table_args__ = {"schema": "shop"}

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    note: Mapped[str | None] = mapped_column(Text)
"""


@pytest.mark.parametrize(
    ("base", "given", "imported"),
    [
        (BASE, "from shop.base import Base\nmetadata = Base.metadata\n", "from shop.base import Base\n"),
        (
            BASE + "own = Base.metadata\n",
            "from shop.base import own as metadata\n",
            "from shop.base import own\n",
        ),
        (
            "from sqlalchemy.orm import registry\nmapper = registry()\nBase = mapper.generate_base()\n",
            "from shop.base import mapper\nmetadata = mapper.metadata\n",
            "from shop.base import Base\n",
        ),
    ],
    ids=["a class", "a name", "a registry"],
)
def test_a_project_with_a_metadata_of_its_own(
    tmp_path: Path, any_empty_url: str, base: str, given: str, imported: str
) -> None:
    """The module declares on the metadata that env.py gives, which is imported from where it is made."""
    files = {name: text for name, text in FILES.items() if not name.startswith("app/")}
    files |= {"shop/__init__.py": "", "shop/base.py": base, "shop/orders.py": MAPPED}
    files["pyproject.toml"] += 'ignore = ["renames"]\n'
    files["migrations/env.py"] = ENV.replace("from app.models import metadata\n", f"import shop.orders\n{given}")
    command = laid_out(tmp_path, files, any_empty_url)
    assert command("alembic", "upgrade", "head")[0] == 0
    code, out = command("trueline", "declare", "--output", "shop/raw.py")
    assert code == 0, out
    assert "import it with the models: import shop.raw" in out
    assert imported in (tmp_path / "shop/raw.py").read_text(encoding="utf-8")
    env = tmp_path / "migrations/env.py"
    env.write_text("import shop.raw\n" + env.read_text(encoding="utf-8"), encoding="utf-8")
    after = command("alembic", "check")
    assert after[0] == 0, after[1]
    assert "nothing is undeclared" in command("trueline", "declare", "--output", "-")[1]
    assert "0 declarations" not in command("trueline", "declare", "--output", "shop/raw.py", "--force")[1]


def test_a_metadata_that_no_module_has(tmp_path: Path, any_empty_url: str) -> None:
    """The module says what to put in, and the command too."""
    files = {name: text for name, text in FILES.items() if not name.startswith("app/")}
    own = "from sqlalchemy import MetaData\nmetadata = MetaData()\n"
    files |= {"shop/__init__.py": ""}
    files["migrations/env.py"] = ENV.replace("from app.models import metadata\n", own)
    command = laid_out(tmp_path, files, any_empty_url)
    assert command("alembic", "upgrade", "head")[0] == 0
    code, out = command("trueline", "declare", "--output", "shop/raw.py")
    assert code == 0, out
    assert "no module has the models' metadata: say in this one where it is" in out
    text = (tmp_path / "shop/raw.py").read_text(encoding="utf-8")
    assert "No module has the metadata that migrations/env.py gives to run_migrations." in text
    assert "metadata: MetaData | None = None" in text
    assert "metadata=metadata" in text


def test_an_env_that_fails(tmp_path: Path, any_empty_url: str) -> None:
    """The error names the file, and how to see more."""
    command = laid_out(tmp_path, {**FILES, "migrations/env.py": f"import nowhere\n{ENV}"}, any_empty_url)
    code, out = command("trueline", "declare", "--output", "-")
    assert code == 2
    assert "env.py cannot be run: ModuleNotFoundError: No module named 'nowhere'" in out
