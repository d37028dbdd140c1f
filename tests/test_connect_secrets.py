"""No password in a log line, error, traceback, repr or report, whatever goes wrong and however it was given."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from tests.fake_server import Behaviour, FakeServer, fake_server, hang_up, refuse, refuse_after_password
from trueline.cli import unexpected
from trueline.cli.settings import describe, lines
from trueline.connect import Outside, connect, create_engine
from trueline.errors import TruelineError
from trueline.settings import Settings, find_target, read_settings

MARKER = "s3cret/p@ss wörd:%&?#'\\"
FORMS = (
    MARKER,
    quote(MARKER, ""),
    quote(MARKER),
    quote_plus(MARKER),
    repr(MARKER)[1:-1],
    "s3cret",  # and no piece of it either
)
ONE_RETRY = Settings(connect_retries=1)
OUTSIDE = Outside(container=lambda: True)


def assert_hidden(*texts: str) -> None:
    """No form of the marker occurs in ``texts``."""
    for text in texts:
        assert not [form for form in FORMS if form in text], text


def assert_error_hides(error: BaseException) -> None:
    """Neither the error nor its traceback, chained causes and all, shows the marker."""
    assert_hidden(str(error), repr(error), "".join(traceback.format_exception(error)))


#: how a password is given -> the environment, for a host and port
WAYS: dict[str, Callable[[int, Path], dict[str, str]]] = {
    "url": lambda port, _: {"DATABASE_URL": f"postgresql://app:{quote(MARKER, '')}@127.0.0.1:{port}/shop"},
    "driver's url": lambda port, _: {
        "DATABASE_URL": f"postgresql+asyncpg://app:{quote(MARKER, '')}@127.0.0.1:{port}/shop?ssl=prefer"
    },
    "query": lambda port, _: {
        "DATABASE_URL": f"postgresql://127.0.0.1:{port}/shop?user=app&password={quote(MARKER, '')}"
    },
    "key": lambda port, _: {
        "DATABASE_URL": f"postgresql://app:pw@127.0.0.1:{port}/shop?sslpassword={quote(MARKER, '')}"
    },
    "keyword=value": lambda port, _: {
        "DATABASE_URL": f"host=127.0.0.1 port={port} user=app dbname=shop password='{_escaped(MARKER)}'"
    },
    "several hosts": lambda port, _: {
        "DATABASE_URL": f"postgresql://app:{quote(MARKER, '')}@127.0.0.1:{port},127.0.0.1:{port}/shop"
    },
    "file": lambda port, folder: {
        "DATABASE_URL_FILE": _written(folder / "url", f"postgresql://app:{quote(MARKER, '')}@127.0.0.1:{port}/shop")
    },
    "passfile": lambda port, folder: {
        "DATABASE_URL": f"postgresql://app@127.0.0.1:{port}/shop?passfile="
        + _written(folder / "pgpass", f"*:*:*:*:{MARKER}".replace(MARKER, _escaped_colons(MARKER)))
    },
    "pieces": lambda port, _: {
        "POSTGRES_HOST": "127.0.0.1",
        "POSTGRES_PORT": str(port),
        "POSTGRES_USER": "app",
        "POSTGRES_PASSWORD": MARKER,
        "POSTGRES_DB": "shop",
    },
    "piece in a file": lambda port, folder: {
        "POSTGRES_HOST": "127.0.0.1",
        "POSTGRES_PORT": str(port),
        "POSTGRES_PASSWORD_FILE": _written(folder / "password", MARKER),
    },
}


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _escaped_colons(text: str) -> str:
    return text.replace("\\", "\\\\").replace(":", "\\:")


def _written(file: Path, text: str) -> str:
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    return str(file)


#: how a server fails; the last two say the password back
FAILURES: dict[str, Behaviour] = {
    "hangs up": hang_up,
    "starting up": refuse("57P03", "the database system is starting up"),
    "wrong password": refuse_after_password("28P01", 'password authentication failed for user "app"'),
    "unknown database": refuse("3D000", 'database "shop" does not exist'),
    "says it back": refuse_after_password("XX000", f"you said {MARKER}"),
    "says it back encoded": refuse("XX000", f"you said {quote(MARKER, '')}"),
}


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with fake_server(hang_up) as running:
        yield running


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("failure", [name for name in FAILURES if "back" not in name])
def test_failed_connection(
    way: str, failure: str, server: FakeServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """However the password is given and however the server fails, no log line, at any level, and no error shows it."""
    _fail(way, failure, server, tmp_path, caplog)
    assert_hidden(*caplog.messages)


@pytest.mark.parametrize("way", [way for way in WAYS if way != "passfile"])
@pytest.mark.parametrize("failure", [name for name in FAILURES if "back" in name])
def test_server_that_says_the_password_back(
    way: str, failure: str, server: FakeServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Even a server's own words are cleaned before we show them."""
    _fail(way, failure, server, tmp_path, caplog)


def _fail(way: str, failure: str, server: FakeServer, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    server.behaviour = FAILURES[failure]
    caplog.set_level(logging.DEBUG)
    target = find_target(ONE_RETRY, WAYS[way](server.port, folder))
    assert target is not None
    engine = create_engine(target, ONE_RETRY, echo="debug", echo_pool="debug")
    with pytest.raises(TruelineError) as caught:
        connect(engine, ONE_RETRY, sleep=lambda _: None, outside=OUTSIDE)
    assert_error_hides(caught.value)
    with_locals = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    frames = [frame for frame in with_locals.stack if frame.filename.endswith("connect.py")]
    assert frames
    assert_hidden(*(str(frame.locals) for frame in frames))
    assert_hidden(repr(target), repr(engine), repr(engine.url), str(engine.url))
    ours = [record.getMessage() for record in caplog.records if record.name == "trueline.connect"]
    assert ours
    assert_hidden(*ours)


@pytest.mark.parametrize("way", WAYS)
def test_report(way: str, tmp_path: Path) -> None:
    """`trueline settings` shows that there is a password, not which."""
    environ = WAYS[way](5432, tmp_path)
    reading = read_settings(tmp_path, environ)
    report = describe(reading, find_target(reading.settings, environ))
    assert_hidden(repr(reading), json.dumps(report), json.dumps(report, ensure_ascii=False), *lines(report))


#: environments that cannot be read, with the marker where a password may have slipped to
UNREADABLE = {
    "other database": {"DATABASE_URL": f"mysql://app:{quote(MARKER, '')}@db/shop"},
    "no scheme": {"DATABASE_URL": f"app:{quote(MARKER, '')}@db/shop"},
    "scheme of its own": {"DATABASE_URL": f"s3cret://app:{quote(MARKER, '')}@db/shop"},
    "not encoded": {"DATABASE_URL": f"postgresql://app:{MARKER}@db/shop"},
    "not encoded, in the query": {"DATABASE_URL": f"postgresql://db/shop?password={MARKER}"},
    "not quoted": {"DATABASE_URL": f"host=db password={MARKER}"},
    "as the port": {"DATABASE_URL": "postgresql://db:s3cret/shop"},
    "as the host": {"DATABASE_URL": "postgresql://app:x@s3cret pw/shop"},
    "as an option": {"DATABASE_URL": "postgresql://app:x@y?s3cret@db/shop"},
    "alone": {"DATABASE_URL": MARKER},
    "no host": {"DATABASE_URL": f"postgresql://app:{quote(MARKER, '')}@/shop"},
    "unknown option": {"DATABASE_URL": f"postgresql://app:{quote(MARKER, '')}@db/shop?sslmod=require"},
    "pieces without a host": {"POSTGRES_PASSWORD": MARKER, "POSTGRES_USER": "app"},
    "bad port": {"POSTGRES_PASSWORD": MARKER, "POSTGRES_HOST": "db", "POSTGRES_PORT": "x"},
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_unreadable(case: str) -> None:
    """What cannot be read is not shown, and neither is what libpq says about it."""
    with pytest.raises(TruelineError) as caught:
        find_target(Settings(), UNREADABLE[case])
    assert_error_hides(caught.value)


@pytest.mark.parametrize("case", [case for case in UNREADABLE if "DATABASE_URL" in UNREADABLE[case]])
def test_unreadable_file(case: str, tmp_path: Path) -> None:
    """The same holds for an address in a mounted secret."""
    file = _written(tmp_path / "url", UNREADABLE[case]["DATABASE_URL"])
    with pytest.raises(TruelineError) as caught:
        find_target(Settings(), {"DATABASE_URL_FILE": file})
    assert_error_hides(caught.value)


@pytest.mark.parametrize("way", WAYS)
def test_unforeseen_error(way: str, tmp_path: Path) -> None:
    """An error that nobody foresaw is printed without what the environment keeps secret."""
    environ = WAYS[way](5432, tmp_path)
    said = [MARKER, quote(MARKER, ""), *(value for name, value in environ.items() if name == "DATABASE_URL")]
    if way == "passfile":
        said = said[2:]
    text = unexpected(ValueError(f"cannot use {' or '.join(said)}"), environ)
    assert text.startswith("error: ValueError: cannot use ***" if said else "error: ValueError")
    assert_hidden(text)
