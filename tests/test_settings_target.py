"""Which database is meant: the order of the sources, mounted secrets, single pieces."""

from __future__ import annotations

from pathlib import Path

import pytest

from trueline.errors import TruelineError
from trueline.settings import Settings, Target, find_target, no_target

URL = "postgresql://app:pw@db/shop"
PIECES = {
    "POSTGRES_HOST": "pieces",
    "POSTGRES_PORT": "5433",
    "POSTGRES_USER": "app",
    "POSTGRES_PASSWORD": "p@ss%25",
    "POSTGRES_DB": "shop",
}


def target(environ: dict[str, str]) -> Target:
    """The target that ``environ`` names."""
    found = find_target(Settings(), environ)
    assert found is not None
    return found


def text(found: Target) -> str:
    """The target's URL with its password."""
    return found.url.render_as_string(hide_password=False)


@pytest.fixture
def mounted(tmp_path: Path) -> Path:
    file = tmp_path / "database url"
    file.write_text("postgresql://app:pw@file/shop\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("empty", [{}, {"DATABASE_URL": ""}, {"DATABASE_URL": " \n"}, {"DATABASE_URL": '""'}])
def test_nothing_named(empty: dict[str, str]) -> None:
    """Nothing set, or set to nothing, names no database."""
    assert find_target(Settings(), {**empty, "DATABASE_URL_FILE": "", "POSTGRES_USER": ""}) is None


def test_order_of_the_sources(mounted: Path) -> None:
    """DATABASE_URL comes before DATABASE_URL_FILE, and that before POSTGRES_*; what is put aside is named."""
    env = {**PIECES, "DATABASE_URL_FILE": str(mounted), "DATABASE_URL": URL}
    first = target(env)
    assert (first.source, first.url.host) == ("DATABASE_URL", "db")
    assert first.notes == (
        "DATABASE_URL_FILE is ignored: DATABASE_URL comes first",
        "POSTGRES_HOST, POSTGRES_PORT, POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB are ignored: "
        "DATABASE_URL comes first",
    )
    second = target({**env, "DATABASE_URL": ""})
    assert (second.source, second.url.host) == ("DATABASE_URL_FILE", "file")
    assert [note.partition(" ")[0] for note in second.notes] == ["POSTGRES_HOST,"]
    third = target(PIECES)
    assert (third.source, third.url.host, third.notes) == ("POSTGRES_*", "pieces", ())


def test_bad_url_does_not_fall_through() -> None:
    """A DATABASE_URL that cannot be read is an error, however good the sources after it are."""
    with pytest.raises(TruelineError, match="for sqlite"):
        find_target(Settings(), {**PIECES, "DATABASE_URL": "sqlite://"})


def test_file_with_byte_order_mark_and_crlf(tmp_path: Path) -> None:
    """A secret written by a Windows editor is read as well."""
    file = tmp_path / "url"
    file.write_bytes(b"\xef\xbb\xbf" + URL.encode() + b"\r\n")
    assert text(target({"DATABASE_URL_FILE": str(file)})) == "postgresql+psycopg://app:pw@db/shop"


@pytest.mark.parametrize("variable", ["DATABASE_URL_FILE", "POSTGRES_PASSWORD_FILE", "POSTGRES_USER_FILE"])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "does not exist"),
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\xff\xfe", "is not UTF-8 text"),
        ("folder", "cannot be read: Is a directory"),
    ],
)
def test_file_that_cannot_be_used(variable: str, content: bytes | str | None, says: str, tmp_path: Path) -> None:
    """A secret's file that is missing, unreadable or empty is named with its variable."""
    file = tmp_path / "secret"
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content:
        file.mkdir()
    with pytest.raises(TruelineError) as caught:
        find_target(Settings(), {"POSTGRES_HOST": "db", variable: str(file)})
    assert caught.value.what == f"the file that {variable} names {says}"
    assert caught.value.where == (str(file),)
    assert variable in (caught.value.fix or "")


def test_bad_url_in_a_file_names_the_file(tmp_path: Path) -> None:
    """An address in a file that cannot be read is reported with variable and file, and not shown."""
    file = tmp_path / "url"
    file.write_text("MARKER", encoding="utf-8")
    with pytest.raises(TruelineError) as caught:
        find_target(Settings(), {"DATABASE_URL_FILE": str(file)})
    assert f"at DATABASE_URL_FILE ({file})" in str(caught.value)
    assert "MARKER" not in str(caught.value)


def test_pieces() -> None:
    """The pieces are taken as they are, without percent-decoding."""
    assert text(target(PIECES)) == "postgresql+psycopg://app:p%40ss%2525@pieces:5433/shop"


#: environment -> URL
DEFAULTS: dict[str, tuple[dict[str, str], str]] = {
    "host alone": ({"POSTGRES_HOST": "db"}, "postgres@db:5432/postgres"),
    "user names the database": ({"POSTGRES_HOST": "db", "POSTGRES_USER": "app"}, "app@db:5432/app"),
    "Kubernetes service link": (
        {"POSTGRES_HOST": "db", "POSTGRES_PORT": "tcp://10.0.0.1:5432"},
        "postgres@db:5432/postgres",
    ),
    "IPv6": ({"POSTGRES_HOST": "[::1]"}, "postgres@[::1]:5432/postgres"),
    "bare IPv6": ({"POSTGRES_HOST": "::1"}, "postgres@[::1]:5432/postgres"),
    "socket": ({"POSTGRES_HOST": "/run/pg"}, "postgres@:5432/postgres?host=%2Frun%2Fpg"),
    "several": (
        {"POSTGRES_HOST": "h1,h2", "POSTGRES_PORT": "1,2"},
        "postgres@/postgres?host=h1%2Ch2&port=1%2C2",
    ),
}


@pytest.mark.parametrize("case", DEFAULTS)
def test_defaults_of_the_pieces(case: str) -> None:
    """What is missing gets the default of PostgreSQL's own image; the host has none."""
    environ, expected = DEFAULTS[case]
    assert text(target(environ)) == f"postgresql+psycopg://{expected}"


def test_service_link_is_noted() -> None:
    """A POSTGRES_PORT that Kubernetes has set for a service of that name is put aside, and said to be."""
    found = target({"POSTGRES_HOST": "db", "POSTGRES_PORT": "tcp://10.0.0.1:5432"})
    assert found.notes == ("POSTGRES_PORT is ignored: it is a service link, not a port",)


@pytest.mark.parametrize("name", ["POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB"])
def test_piece_without_a_host(name: str) -> None:
    """A user, password or database without a host is an error: nothing falls back to localhost."""
    with pytest.raises(TruelineError) as caught:
        find_target(Settings(embedded=True), {name: "MARKER"})
    assert caught.value.what.startswith(f"{name} is set, but POSTGRES_HOST is not")
    assert "localhost" in caught.value.what
    assert "export POSTGRES_HOST=" in (caught.value.fix or "")
    assert "MARKER" not in str(caught.value)


def test_port_alone_names_nothing() -> None:
    """A port alone, as Kubernetes sets it for a service called postgres, is no database."""
    assert find_target(Settings(), {"POSTGRES_PORT": "tcp://10.0.0.1:5432"}) is None


def test_files_of_the_pieces(tmp_path: Path) -> None:
    """User, password and database may be mounted; only the line break at the end is cut off."""
    environ = {"POSTGRES_HOST": "db"}
    for name, content in (("USER", "app\n"), ("PASSWORD", " pw \r\n"), ("DB", "shop")):
        (tmp_path / name).write_text(content, encoding="utf-8")
        environ[f"POSTGRES_{name}_FILE"] = str(tmp_path / name)
    found = target(environ)
    assert (found.url.username, found.url.password, found.url.database) == ("app", " pw ", "shop")


def test_piece_beats_its_file(tmp_path: Path) -> None:
    """A piece given both ways is taken from the variable, and the file is said to be ignored."""
    found = target({**PIECES, "POSTGRES_PASSWORD_FILE": str(tmp_path / "missing")})
    assert found.url.password == "p@ss%25"
    assert found.notes == ("POSTGRES_PASSWORD_FILE is ignored: POSTGRES_PASSWORD comes first",)


def test_bad_piece_names_the_pieces() -> None:
    """A port that is none is reported for POSTGRES_*."""
    with pytest.raises(TruelineError, match="not a number from 1 to 65535") as caught:
        find_target(Settings(), {"POSTGRES_HOST": "db", "POSTGRES_PORT": "x"})
    assert "at POSTGRES_*" in str(caught.value)


def test_repr_of_a_target_masks_secrets() -> None:
    """Neither repr nor str of a target shows a password, wherever in the URL it stood."""
    found = target({"DATABASE_URL": "postgresql://db/shop?user=app&password=MARKER&sslpassword=MARKER"})
    assert "MARKER" not in repr(found)
    assert "MARKER" not in str(found)
    assert dict(found.hidden) == {"sslpassword": "MARKER"}


def test_no_target(tmp_path: Path) -> None:
    """The error for a project without a database shows every way to name one."""
    message = str(no_target(Settings(project=tmp_path)))
    assert message.startswith("no database is configured: DATABASE_URL is not set")
    for way in ("export DATABASE_URL=", "DATABASE_URL_FILE=", "POSTGRES_HOST", "[tool.trueline]\n", "embedded = true"):
        assert way in message
    assert str(tmp_path / "pyproject.toml") in message
