"""Start, join, leave: who uses a server, and what is left of it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.embedded.server_users import NewUser, ask, until
from trueline.embedded import scratch_server, serve, tools
from trueline.embedded.keeping import status
from trueline.embedded.locks import is_held
from trueline.embedded.place import Place
from trueline.errors import TruelineError

_KILLED = """
import os
from trueline.embedded import scratch_server
with scratch_server() as server:
    print(server.data.parent, flush=True)
    os.kill(os.getpid(), 9)
"""


def runs(data: Path) -> bool:
    return is_held(Place(data).alive)


def test_a_durable_server_keeps_its_data_and_its_durability(folder: Path) -> None:
    """What one session writes the next one reads, and fsync is on."""
    with serve(folder / "data") as server:
        ask(server, "CREATE TABLE t AS SELECT 7 AS n")
    assert not runs(folder / "data")
    with serve(folder / "data") as server:
        assert ask(server, "SELECT n FROM t") == 7
        assert [ask(server, f"SHOW {name}") for name in ("fsync", "full_page_writes")] == ["on", "on"]


@pytest.mark.parametrize("version", [18, 16])
def test_every_version_has_the_same_locale_and_no_network(version: int) -> None:
    """Text is UTF-8 sorted by code point, letters of every script have cases, times are UTC, nothing listens."""
    with scratch_server(version) as server:
        assert server.version == version
        assert ask(server, "SELECT lower('ÄÉЖ')") == "äéж"
        assert ask(server, "SELECT 'Z' < 'a'") is True
        shown = [ask(server, f"SHOW {name}") for name in ("server_encoding", "TimeZone", "listen_addresses", "fsync")]
        assert shown == ["UTF8", "UTC", "", "off"]


def test_the_url_leads_there_for_sqlalchemy_and_for_libpq() -> None:
    """SQLAlchemy's URL, libpq's words and the psql line name the same socket."""
    with scratch_server() as server:
        ask(server, """CREATE DATABASE "it's a \\ name" """)
        engine = create_engine(server.url("it's a \\ name"))
        with engine.connect() as connection:
            assert connection.execute(text("SELECT current_database()")).scalar() == "it's a \\ name"
        engine.dispose()
        with psycopg.connect(server.conninfo("it's a \\ name")) as plain:
            assert plain.info.dbname == "it's a \\ name"
        line = shlex.split(server.psql_line("it's a \\ name"))
        done = subprocess.run([*line, "-Atc", "SELECT current_database()"], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "it's a \\ name"


@pytest.mark.parametrize("name", ["a b", "Zoë's “данные”", 'quo"te $HOME `x` \\', "per%cent #1,2"])
def test_any_character_may_be_in_the_path(folder: Path, name: str) -> None:
    """Spaces, quotes, dollars and other scripts in the data's path do no harm."""
    with serve(folder / name / "data", durable=False) as server:
        assert ask(server) == 1


def test_the_last_of_several_users_in_one_process_stops_the_server(folder: Path) -> None:
    """Nested and parallel uses in one process count one by one."""
    data = folder / "data"
    with serve(data, durable=False) as outer:
        with ExitStack() as stack:
            inner = [stack.enter_context(serve(data, durable=False)) for _ in range(3)]
            assert {server.socket_dir for server in inner} == {outer.socket_dir}
        assert ask(outer) == 1
    assert not runs(data)
    assert not outer.socket_dir.exists()


def test_threads_that_start_at_the_same_time_share_one_server(folder: Path) -> None:
    """Four threads start a server that is not there yet; there is one, and it stops after the last."""
    found: list[object] = []
    together = threading.Barrier(4)

    def use() -> None:
        with serve(folder / "data", durable=False) as server:
            found.append(ask(server, "SELECT pg_postmaster_start_time()"))
            together.wait(60)

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 4
    assert len(set(found)) == 1
    assert not runs(folder / "data")


def test_two_first_starts_at_the_same_time_share_one_server(folder: Path, new_user: NewUser) -> None:
    """Of two processes that start at once one creates the data, and both are served; the last one's end stops it."""
    data = folder / "data"
    one, other = new_user(data), new_user(data)
    assert one.joined() == other.joined() != ""
    one.leave()
    assert runs(data)
    other.leave()
    assert not runs(data)


def test_a_user_who_is_killed_does_not_keep_the_server(folder: Path, new_user: NewUser) -> None:
    """After kill -9 of its only user the server stops, and the next start works."""
    data = folder / "data"
    user = new_user(data)
    assert user.joined()
    pid = Place(data).read_info()
    user.kill()
    until(lambda: not runs(data))
    assert pid is not None
    assert not Path(f"/proc/{pid['pid']}").exists()
    with serve(data, durable=False) as server:
        assert ask(server) == 1


def test_a_user_who_is_killed_leaves_the_server_to_the_others(folder: Path, new_user: NewUser) -> None:
    """kill -9 of one user does not disturb another."""
    with serve(folder / "data", durable=False) as server:
        user = new_user(folder / "data")
        assert user.joined() == str(server.socket_dir)
        user.kill()
        assert ask(server) == 1


def test_a_supervisor_that_is_killed_takes_the_server_along(folder: Path, new_user: NewUser) -> None:
    """After kill -9 of the supervisor PostgreSQL stops, and the next start works though the users are still there."""
    data = folder / "data"
    user = new_user(data)
    assert user.joined()
    info = Place(data).read_info()
    assert info is not None
    os.kill(info["supervisor"], 9)
    until(lambda: not runs(data))
    with serve(data, durable=False) as server:
        assert ask(server) == 1
        now = Place(data).read_info()
        assert now is not None
        assert now["pid"] != info["pid"]
    user.kill()
    until(lambda: not runs(data))


def test_a_server_that_is_killed_is_started_anew(folder: Path) -> None:
    """After kill -9 of PostgreSQL itself, as by the kernel when memory is short, the next start recovers."""
    data = folder / "data"
    with serve(data) as server:
        ask(server, "CREATE TABLE t AS SELECT 7 AS n")
        info = Place(data).read_info()
        assert info is not None
        os.kill(info["pid"], 9)
        until(lambda: not runs(data))
        with serve(data) as again:
            assert ask(again, "SELECT n FROM t") == 7


@contextmanager
def beside(data: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the server's own user: PostgreSQL takes no notice of those of others."""
    owner = data.stat().st_uid if os.geteuid() == 0 else None
    with subprocess.Popen(command, user=owner, stderr=subprocess.DEVNULL) as process:
        yield process
        process.kill()


def test_a_reused_process_number_does_not_block_the_start(folder: Path) -> None:
    """A postmaster.pid that names a living process that is no PostgreSQL is put aside, and the process lives on."""
    data = folder / "data"
    with serve(data, durable=False):
        lines = (data / "postmaster.pid").read_text().splitlines()
    with beside(data, "sleep", "600") as other:
        (data / "postmaster.pid").write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        with serve(data, durable=False) as server:
            assert ask(server) == 1
        assert other.poll() is None


def test_an_orphan_is_ended_before_the_data_is_served_again(folder: Path) -> None:
    """A PostgreSQL without a supervisor, as killed supervisors may leave it, is stopped."""
    data = folder / "data"
    with serve(data, durable=False):
        pass
    # The socket lies in the data, which the server works in: short, and nobody else's.
    options = ["-c", "listen_addresses=", "-c", "unix_socket_directories=."]
    with beside(data, str(tools(18) / "postgres"), "-D", str(data), *options) as orphan:
        until(lambda: (data / "postmaster.pid").exists() and "ready" in (data / "postmaster.pid").read_text())
        with serve(data, durable=False) as server:
            assert ask(server) == 1
            assert orphan.wait(60) == 0


def test_a_forked_child_does_not_keep_the_server(folder: Path) -> None:
    """A child that outlives its parent's use holds no lock, and its own end is not the server's."""
    data = folder / "data"
    reading, writing = os.pipe()
    with serve(data, durable=False) as server:
        child = os.fork()
        if child == 0:
            os.close(writing)
            os.read(reading, 1)
            os._exit(0)
        assert ask(server) == 1
    assert not runs(data)
    os.close(reading)
    os.close(writing)
    os.waitpid(child, 0)


def test_a_forked_child_that_leaves_does_not_stop_the_server(folder: Path) -> None:
    """A child that runs through the end of the parent's with block leaves the server to the parent."""
    child = -1
    try:
        with serve(folder / "data", durable=False) as server:
            child = os.fork()
            if child:
                os.waitpid(child, 0)
                assert ask(server) == 1
    finally:
        if child == 0:
            os._exit(0)


def test_an_initdb_that_was_killed_is_begun_again(folder: Path, new_user: NewUser) -> None:
    """After everything was killed in the middle of initdb, the next start makes whole data and clears the half away."""
    data = folder / "data"
    user = new_user(data)
    until(lambda: list(folder.glob("data.new-*/base")))
    for process in psutil.process_iter(["cmdline"]):
        if str(data) in (process.info["cmdline"] or []) and "supervisor.py" in str(process.info["cmdline"]):
            process.kill()
    user.kill()
    assert not data.exists()
    with serve(data, durable=False) as server:
        assert ask(server) == 1
    until(lambda: not list(folder.glob("data.new-*/base")))


def test_data_of_another_version_is_refused_with_every_way_out(folder: Path) -> None:
    """The error names both versions and how to stay, to move or to start empty."""
    joining = pytest.raises(TruelineError, match=r"made by PostgreSQL 16, and PostgreSQL 18 is wanted")
    with serve(folder / "data", version=16, durable=False), joining:
        serve(folder / "data", version=18, durable=False).__enter__()
    with pytest.raises(TruelineError) as caught:
        serve(folder / "data", version=18).__enter__()
    assert all(way in str(caught.value) for way in ("embedded_version = 16", "pg_dump", "rm -r"))


def test_a_folder_with_something_else_in_it_is_left_alone(folder: Path) -> None:
    """A data directory that holds other files is refused, and they stay."""
    (folder / "data").mkdir()
    (folder / "data" / "letter.txt").write_text("dear")
    with pytest.raises(TruelineError, match="holds no PostgreSQL data"):
        serve(folder / "data").__enter__()
    assert (folder / "data" / "letter.txt").read_text() == "dear"


def test_data_that_may_be_lost_and_data_that_may_not_do_not_share(folder: Path) -> None:
    """A durable use of a server that runs without fsync is refused."""
    with serve(folder / "data", durable=False), pytest.raises(TruelineError, match="may be lost"):
        serve(folder / "data", durable=True).__enter__()


def test_a_server_whose_socket_is_out_of_reach_is_named(folder: Path) -> None:
    """Where the locks say that it runs and the socket is missing, the error says so."""
    with serve(folder / "data", durable=False) as server:
        (server.socket_dir / ".s.PGSQL.5432").unlink()
        with pytest.raises(TruelineError, match="its socket is missing") as caught:
            serve(folder / "data", durable=False).__enter__()
        assert str(server.socket_dir) in str(caught.value)


def test_a_server_that_does_not_start_quotes_its_log(folder: Path) -> None:
    """The error has the last lines of the server's log and the log's place, and nothing is left running."""
    data = folder / "data"
    with serve(data, durable=False):
        pass
    (data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(TruelineError) as caught:
        serve(data, durable=False).__enter__()
    assert "no_such_setting" in str(caught.value)
    assert str(Place(data).log) in str(caught.value)
    assert not runs(data)


def test_the_environment_of_the_user_does_not_reach_the_server(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PGPORT, PGOPTIONS, PGDATA and a foreign language change nothing."""
    for name, value in {"PGPORT": "1", "PGDATA": "/nowhere", "PGTZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8"}.items():
        monkeypatch.setenv(name, value)
    with serve(folder / "data", durable=False) as server:
        assert ask(server, "SHOW port") == "5432"
        assert ask(server, "SHOW lc_messages") == "C"


def test_a_killed_user_of_a_scratch_server_leaves_no_data() -> None:
    """The data of a scratch server goes with it even when its user cannot clean up."""
    done = subprocess.run([sys.executable, "-c", _KILLED], capture_output=True, text=True, check=False)
    left = Path(done.stdout.strip())
    assert done.returncode == -9
    assert left.name.startswith("trueline-scratch-")
    until(lambda: not left.exists())


def test_the_status_names_the_users(folder: Path, new_user: NewUser) -> None:
    """A running server's status has the version, the socket and each user's process."""
    data = folder / "data"
    assert not status(data).running
    user = new_user(data)
    socket_dir = user.joined()
    found = status(data)
    assert (found.running, found.version, str(found.socket_dir), found.kept) == (True, 18, socket_dir, False)
    assert [one.pid for one in found.users] == [user.process.pid]
    assert found.size > 1_000_000
    user.leave()
    assert not status(data).running
    assert status(data).version == 18
