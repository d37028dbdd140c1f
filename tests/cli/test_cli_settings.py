"""The trueline command: its errors, its exit codes, and `trueline settings`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from trueline import cli
from trueline.cli import main
from trueline.errors import TruelineError

ROOT = Path(__file__).parent.parent.parent
SOURCES = ("DATABASE_URL", "DATABASE_URL_FILE", "POSTGRES_HOST", "POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that chose the embedded server, and an environment that names no database."""
    (tmp_path / "pyproject.toml").write_text("[tool.trueline]\nembedded = true\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in (*SOURCES, "PGPASSWORD", "PGSSLMODE", "TRUELINE_ENV", "TRUELINE_CONNECT_RETRIES"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def run(*arguments: str) -> int:
    """The exit code of the command."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    return int(stopped.value.code or 0)


def report(capsys: pytest.CaptureFixture[str]) -> Any:
    """What `trueline settings --format json` prints."""
    assert run("settings", "--format", "json") == 0
    return json.loads(capsys.readouterr().out)


def test_embedded(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Values and their origins are printed, one per line, and that the embedded server would be used."""
    assert run("settings") == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert f"embedded true ({project / 'pyproject.toml'})" in lines
    assert "connect_wait_max 32.0 (default)" in lines
    assert "unenforced none (default)" in lines
    assert f"project {project}" in lines
    assert "database source embedded PostgreSQL 18" in lines


def test_no_database(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A project without a database can still read its settings."""
    (project / "pyproject.toml").unlink()
    assert report(capsys)["database"] == {"source": "none: DATABASE_URL is not set"}


def test_database(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The database's parts are printed, secrets masked, with what was translated and ignored."""
    url = "postgresql+asyncpg://app:MARKER@db1:5432,db2/shop?ssl=require&sslpassword=MARKER&statement_cache_size=0"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DATABASE_URL_FILE", "/nowhere")
    monkeypatch.setenv("TRUELINE_CONNECT_RETRIES", "9")
    monkeypatch.setenv("PGPASSWORD", "MARKER")
    monkeypatch.setenv("PGSSLCERT", "client.pem")
    found = report(capsys)
    assert found["settings"]["connect_retries"] == {"value": 9, "source": "TRUELINE_CONNECT_RETRIES"}
    assert found["database"] == {
        "source": "DATABASE_URL",
        "hosts": ["db1:5432", "db2:5432"],
        "user": "app",
        "password": "***",
        "name": "shop",
        "options": {"sslmode": "require", "sslpassword": "***", "prepare_threshold": None},
        "url": "postgresql+psycopg://app:***@/shop?host=db1%2Cdb2&port=5432%2C5432&sslmode=require",
    }
    assert found["notes"] == [
        "ssl is called sslmode here",
        "statement_cache_size=0 is called prepare_threshold=None here",
        "DATABASE_URL_FILE is ignored: DATABASE_URL comes first",
        "PGSSLCERT is set: libpq takes sslcert from it",
    ]
    assert run("settings") == 0
    printed = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "database password ***" in printed
    assert "note: ssl is called sslmode here" in printed
    assert not [line for line in printed if "MARKER" in line]


def test_socket(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A Unix socket is shown as its folder and number."""
    monkeypatch.setenv("DATABASE_URL", "postgresql:///shop?host=/run/pg&port=5433")
    assert report(capsys)["database"]["hosts"] == ["/run/pg (port 5433)"]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "mysql://app:MARKER@db/shop", "error: the database URL is for mysql, not for PostgreSQL\n"),
        ("DATABASE_URL_FILE", "/nowhere", "error: the file that DATABASE_URL_FILE names does not exist\n"),
        ("POSTGRES_PASSWORD", "MARKER", "error: POSTGRES_PASSWORD is set, but POSTGRES_HOST is not"),
        ("TRUELINE_CONNECT_RETRIES", "many", "error: connect_retries is set to 'many'"),
    ],
)
def test_unreadable(
    name: str, value: str, says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be read is one message on stderr and exit code 2, without a traceback."""
    monkeypatch.setenv(name, value)
    assert run("settings") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(says)
    assert "fix:" in printed.err
    assert "Traceback" not in printed.err
    assert "MARKER" not in printed.err


def test_unknown_key(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt key is an error that names the right one."""
    (project / "pyproject.toml").write_text("[tool.trueline]\nembeded = true\n", encoding="utf-8")
    assert run("settings") == 2
    assert "did you mean embedded?" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [("setings",), ("settings", "--format", "yaml"), ("settings", "extra")])
def test_misuse(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """A command or option that does not exist is exit code 2 with a hint, without a traceback."""
    assert run(*arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command is there and has a help text."""
    assert run(name, "--help") == 0
    assert f"trueline {name}" in capsys.readouterr().out


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The command's help names all subcommands."""
    assert run("--help") == 0
    printed = capsys.readouterr().out
    assert [name for name in cli.COMMANDS if f" {name} " not in printed] == []


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version can be asked for."""
    assert run("--version") == 0
    assert capsys.readouterr().out.startswith("trueline 0.")


def failing(error: Exception) -> dict[str, str]:
    """A table of commands whose only one fails."""
    module = type(sys)("failing_command")

    def fail() -> None:
        password = "MARKER"
        raise error.with_traceback(None) from ValueError(password)

    module.__dict__["fail"] = fail
    sys.modules["failing_command"] = module
    return {"fail": "failing_command:fail"}


def test_trueline_error_decides_the_exit_code(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of ours is printed with its places and its way out, and exits with its own code."""

    class FoundSomething(TruelineError):  # noqa: N818 - the name says what it stands for in this test
        exit_code = 1

    monkeypatch.setattr(cli, "COMMANDS", failing(FoundSomething("it is so", where="here", fix="do this")))
    assert run("fail") == 1
    assert capsys.readouterr().err == "error: it is so\n  at here\n  fix: do this\n"


def test_unforeseen_error(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody foresaw is one line, the places, and exit code 2: no traceback, no variable, no secret."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:MARKER@db/shop")
    monkeypatch.setattr(cli, "COMMANDS", failing(RuntimeError("cannot use MARKER")))
    assert run("fail") == 2
    printed = capsys.readouterr().err
    assert printed.startswith("error: RuntimeError: cannot use ***\n  at ")
    assert "MARKER" not in printed
    assert "Traceback" not in printed


def test_exit_of_a_command_passes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that exits with a code of its own keeps it."""
    monkeypatch.setattr(cli, "COMMANDS", failing(typer.Exit(1)))
    assert run("fail") == 1


def test_siblings_are_not_imported(project: Path) -> None:
    """Calling one command imports no other's module, and not what those need."""
    code = (
        "import sys; from trueline.cli import main\n"
        "try: main(['settings'])\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name.startswith('trueline.cli.')])\n"
        "print('trueline.embedded' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-2:] == ["['trueline.cli.settings']", "False"]
