"""Every way of writing a database address, and what the driver is handed for it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import make_url

from trueline.address.libpq import UrlError
from trueline.address.url import assemble, hosts_of, parse_url, read_url

PASSWORD = "p@ss/w:r%d?#"
ENCODED = quote(PASSWORD, "")


def arguments(text: str) -> dict[str, Any]:
    """What SQLAlchemy's dialect hands to psycopg for the address in ``text``."""
    return _handed(parse_url(text, source="DATABASE_URL"))


def _handed(url: Any) -> dict[str, Any]:
    found = dict(PGDialect_psycopg().create_connect_args(url)[1])
    found.pop("context", None)
    return found


PLAIN = {"host": "db", "user": "app", "password": "pw", "dbname": "shop"}

#: text -> exactly what psycopg is called with
FORMS: dict[str, dict[str, Any]] = {
    "postgres://app:pw@db/shop": PLAIN,
    "postgresql://app:pw@db/shop": PLAIN,
    "postgis://app:pw@db/shop": PLAIN,
    "pgsql://app:pw@db/shop": PLAIN,
    "PostgreSQL://app:pw@db/shop": PLAIN,
    "postgresql+asyncpg://app:pw@db/shop": PLAIN,
    "postgresql+psycopg2://app:pw@db/shop": PLAIN,
    "postgresql+psycopg2cffi://app:pw@db/shop": PLAIN,
    "postgresql+psycopg://app:pw@db/shop": PLAIN,
    "postgresql+psycopg_async://app:pw@db/shop": PLAIN,
    "postgresql+pg8000://app:pw@db/shop": PLAIN,
    "postgres+asyncpg://app:pw@db/shop": PLAIN,
    "  postgresql://app:pw@db/shop\n": PLAIN,
    '"postgresql://app:pw@db/shop"': PLAIN,
    "'postgresql://app:pw@db/shop'\n": PLAIN,
    "host=db user=app password=pw dbname=shop": PLAIN,
    "host = db user = app password = 'pw' dbname = shop": PLAIN,
    "postgresql://db/shop?user=app&password=pw": PLAIN,
    "postgresql://other:else@nowhere/nothing?user=app&password=pw&host=db&dbname=shop": PLAIN,
    "postgresql://app:pw@db:5433/shop": {**PLAIN, "port": 5433},
    "postgresql://app:pw@db?port=5433&dbname=shop": {**PLAIN, "port": 5433},
    "postgresql://app:pw@db?dbname=shop&host=db:5433": {**PLAIN, "port": 5433},
    "postgresql://app:pw@my_db-1.example./shop": {**PLAIN, "host": "my_db-1.example."},
    # passwords
    f"postgresql://app:{ENCODED}@db/shop": {**PLAIN, "password": PASSWORD},
    f"postgresql://db/shop?user=app&password={ENCODED}": {**PLAIN, "password": PASSWORD},
    "postgresql://app:p%40@db/shop": {**PLAIN, "password": "p@"},
    "postgresql://app:%25%2F%3A@db/shop": {**PLAIN, "password": "%/:"},
    "postgresql://app:p%C3%A4ss%E2%82%AC@db/shop": {**PLAIN, "password": "päss€"},
    "postgresql://app:päss€@db/shop": {**PLAIN, "password": "päss€"},
    "postgresql://app:a+b@db/shop": {**PLAIN, "password": "a+b"},
    "postgresql://db/shop?user=app&password=a+b": {**PLAIN, "password": "a+b"},
    "postgresql://app:a:b@db/shop": {**PLAIN, "password": "a:b"},
    "postgresql://app:a@b@db/shop": {**PLAIN, "password": "a@b"},
    "postgresql://app:a/b@db/shop": {**PLAIN, "password": "a/b"},
    "postgresql://app:a?b@db/shop": {**PLAIN, "password": "a?b"},
    "postgresql://app:100%@db/shop": {**PLAIN, "password": "100%"},
    "postgresql://app:@db/shop": {"host": "db", "user": "app", "dbname": "shop"},
    "postgresql://app@db/shop": {"host": "db", "user": "app", "dbname": "shop"},
    "postgresql://:pw@db/shop": {"host": "db", "password": "pw", "dbname": "shop"},
    "postgresql://app@server:pw@db/shop": {**PLAIN, "user": "app@server"},
    "postgresql://app%40server:pw@db/shop": {**PLAIN, "user": "app@server"},
    "postgresql://app:pw@db/my%2Fshop": {**PLAIN, "dbname": "my/shop"},
    # several hosts
    "postgresql://app:pw@h1:5432,h2:5433/shop?target_session_attrs=read-write": {
        **PLAIN,
        "host": "h1,h2",
        "port": "5432,5433",
        "target_session_attrs": "read-write",
    },
    "postgresql://app:pw@/shop?host=h1:5432&host=h2:5433": {**PLAIN, "host": "h1,h2", "port": "5432,5433"},
    "postgresql://app:pw@/shop?host=h1,h2&port=5432,5433": {**PLAIN, "host": "h1,h2", "port": "5432,5433"},
    "postgresql://app:pw@h1,h2:5433/shop": {**PLAIN, "host": "h1,h2", "port": "5432,5433"},
    "postgresql://app:pw@h1,h2/shop": {**PLAIN, "host": "h1,h2", "port": "5432,5432"},
    "postgresql://app:pw@/shop?host=h1,h2&port=5433": {**PLAIN, "host": "h1,h2", "port": "5433,5433"},
    "postgresql://app:pw@[::1]:5433,h2/shop": {**PLAIN, "host": "::1,h2", "port": "5433,5432"},
    "postgresql://h1:1,h2:2/shop?application_name=a@b": {
        "host": "h1,h2",
        "port": "1,2",
        "dbname": "shop",
        "application_name": "a@b",
    },
    "host=h1,h2 port=5432,5433 user=app password=pw dbname=shop": {**PLAIN, "host": "h1,h2", "port": "5432,5433"},
    # sockets and IPv6
    "postgresql://app@/shop?host=/var/run/postgresql": {
        "host": "/var/run/postgresql",
        "user": "app",
        "dbname": "shop",
    },
    "postgresql://app@%2Fvar%2Frun%2Fpostgresql:5433/shop": {
        "host": "/var/run/postgresql",
        "port": 5433,
        "user": "app",
        "dbname": "shop",
    },
    "postgresql://app@/shop?host=/run/with space&port=5433": {
        "host": "/run/with space",
        "port": 5433,
        "user": "app",
        "dbname": "shop",
    },
    "postgresql://app@/shop?host=/run/a%2Bb": {"host": "/run/a+b", "user": "app", "dbname": "shop"},
    "postgresql+pg8000://app@/shop?unix_sock=/run/pg/.s.PGSQL.5432": {
        "host": "/run/pg",
        "user": "app",
        "dbname": "shop",
    },
    "postgresql:///shop": {"dbname": "shop"},
    "postgresql://app:pw@[::1]:5433/shop": {**PLAIN, "host": "::1", "port": 5433},
    "postgresql://app:pw@[fe80::1%25eth0]/shop": {**PLAIN, "host": "fe80::1%eth0"},
    "host=::1 user=app password=pw dbname=shop": {**PLAIN, "host": "::1"},
    # options
    "postgresql://app:pw@db/shop?sslmode=verify-full&sslrootcert=/etc/ca.pem": {
        **PLAIN,
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ca.pem",
    },
    "postgresql://app:pw@db/shop?options=-c%20search_path%3Dcore,public": {
        **PLAIN,
        "options": "-c search_path=core,public",
    },
    "postgresql://app:pw@db/shop?options=-c+search_path%3Dcore": {**PLAIN, "options": "-c search_path=core"},
    "postgresql+asyncpg://app:pw@db/shop?ssl=require": {**PLAIN, "sslmode": "require"},
    "postgresql+asyncpg://app:pw@db/shop?ssl=true": {**PLAIN, "sslmode": "require"},
    "postgresql://app:pw@db/shop?ssl=false": {**PLAIN, "sslmode": "disable"},
    "postgresql://app:pw@db/shop?sslmode=no-verify": {**PLAIN, "sslmode": "require"},
    "postgresql+asyncpg://app:pw@db/shop?ssl=require&sslmode=verify-full": {**PLAIN, "sslmode": "verify-full"},
    "postgresql+asyncpg://app:pw@db/shop?timeout=2.5": {**PLAIN, "connect_timeout": "3"},
    "postgresql+asyncpg://app:pw@db/shop?command_timeout=60&prepared_statement_cache_size=100": PLAIN,
    "postgresql://app:pw@db/shop?sslmode=&application_name=": PLAIN,
    "postgresql://db/shop?hostaddr=10.0.0.1": {"host": "db", "dbname": "shop", "hostaddr": "10.0.0.1"},
    "postgresql:///?service=shop": {"service": "shop"},
}


@pytest.mark.parametrize("text", FORMS)
def test_form(text: str) -> None:
    """Each form becomes exactly the arguments that psycopg is to be called with."""
    assert arguments(text) == FORMS[text]


@pytest.mark.parametrize("text", FORMS)
def test_form_survives_being_written_out(text: str) -> None:
    """A URL that is written out and read again, by SQLAlchemy or by us, means the same."""
    written = parse_url(text, source="DATABASE_URL").render_as_string(hide_password=False)
    assert _handed(make_url(written)) == FORMS[text]
    assert arguments(written) == FORMS[text]


@pytest.mark.parametrize("text", FORMS)
def test_libpq_reads_the_arguments(text: str) -> None:
    """What the dialect hands over is a connection string that libpq itself takes."""
    expected = {name: str(value) for name, value in FORMS[text].items()}
    assert conninfo_to_dict(make_conninfo(**arguments(text))) == expected


@pytest.mark.parametrize("text", FORMS)
def test_driver_is_psycopg(text: str) -> None:
    """Whatever the scheme was, SQLAlchemy gets psycopg 3."""
    assert parse_url(text, source="DATABASE_URL").drivername == "postgresql+psycopg"


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_any_encoded_password_survives(password: str) -> None:
    """A percent-encoded password arrives as it was, whatever is in it."""
    text = f"postgresql://app:{quote(password, '')}@db:5432/shop"
    assert arguments(text) == {**PLAIN, "port": 5432, "password": password}


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands in the variable, the result is a URL or our error, never another exception."""
    try:
        found = parse_url(text, source="DATABASE_URL")
    except UrlError:
        return
    assert found.drivername == "postgresql+psycopg"


@given(st.text(st.sampled_from("ab1:/@?&=,[]%$#. ")))
def test_any_odd_url_is_read_or_refused(rest: str) -> None:
    """Delimiters in any order make a URL or our error, and what is read can be written out and read again."""
    try:
        found = parse_url(f"postgresql://{rest}", source="DATABASE_URL")
    except UrlError:
        return
    written = found.render_as_string(hide_password=False)
    assert parse_url(written, source="DATABASE_URL") == found


#: text -> what the error says and what the way out holds; SECRET is a piece of a password wherever it occurs.
REFUSED = {
    "sqlite:///SECRET.db": ("is for sqlite, not for PostgreSQL", "postgresql://user"),
    "mysql+pymysql://u:SECRET@h/db": ("is for mysql, not for PostgreSQL", "postgresql://user"),
    "SECRET": ("does not begin with postgresql://", "postgresql://user"),
    "SECRET://u:p@h/db": ("does not begin with postgresql://", "postgresql://user"),
    "h:5432/SECRET": ("does not begin with postgresql://", "postgresql://user"),
    "host=db SECRET": ("libpq's keyword=value pairs", "postgresql://user"),
    "hots=SECRET": ("libpq's keyword=value pairs", "postgresql://user"),
    "postgresql://u:SEC\nRET@h/db": ("line break", "postgresql://user"),
    "postgresql://u:SECRET/x@y@h:1/db@": ("'@' after the host", "percent-encoded"),
    "postgresql://u:a@SECRET/b@h/db": ("'@' after the host", "percent-encoded"),
    "postgresql://u:a@h?SECRET=b@h/db": ("'@' after the host", "percent-encoded"),
    "postgresql://u:a@h?SECRET@h/db": ("has no value", "percent-encoded"),
    "postgresql://u:12/SECRET@h/db": ("'@' after the host", "percent-encoded"),
    "postgresql://u:a@h:SECRET/db": ("port in the database URL is not a number", "%3A"),
    "postgresql://u:SECRET@h:0/db": ("not a number from 1 to 65535", "host:5432"),
    "postgresql://u:SECRET@h:65536/db": ("not a number from 1 to 65535", "host:5432"),
    "postgresql://u:SECRET@h:²/db": ("not a number from 1 to 65535", "host:5432"),
    "postgresql://u:a@SEC RET/db": ("neither a name nor an address", "percent-encode"),
    "postgresql://u:a@SECRET#x/db": ("neither a name nor an address", "percent-encode"),
    "postgresql://u:a@SECRET..x/db": ("neither a name nor an address", "percent-encode"),
    "postgresql://u:SECRET@h1,,h2/db": ("neither a name nor an address", "percent-encode"),
    "postgresql://u:SECRET@[::1/db": ("neither a name nor an address", "[::1]"),
    "postgresql://u:SECRET@${DB_HOST}/db": ("a variable that nobody has replaced", "set the variable"),
    "postgresql://u:SECRET@$DB_HOST:5432/db": ("a variable that nobody has replaced", "set the variable"),
    "postgresql://u:SECRET@/db": ("names no host", "HOST"),
    "postgresql://u:SECRET@:5432/db": ("names no host", "HOST"),
    "postgresql://:5432/db": ("names no host", "HOST"),
    "postgresql://u:SECRET@h1:1,h2:2,h3:3/db?port=1,2": ("3 hosts and 2 ports", "host1:5432,host2:5433"),
    "postgresql://u:SECRET@/db?host=h1:1&port=2": ("ports both with the hosts and in port=", "postgresql://user"),
    "postgresql://u:SECRET%00@h/db": ("not UTF-8", "percent-encoded"),
    "postgresql://u:SECRET%FF@h/db": ("not UTF-8", "percent-encoded"),
    "postgresql://u:SECRET@h/db?sslmod=require": ("no connection option 'sslmod'", "did you mean sslmode?"),
    "postgresql://u:SECRET@h/db?zzzzz=1": ("no connection option 'zzzzz'", "remove it"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    """What cannot be used is refused with the variable, the reason and the way out, and is never quoted."""
    with pytest.raises(UrlError) as caught:
        parse_url(text, source="DATABASE_URL")
    says, way = REFUSED[text]
    message = str(caught.value)
    assert says in message
    assert way in message
    assert "at DATABASE_URL" in message
    assert "SEC" not in message
    assert "RET" not in message


HIDDEN = {
    "postgresql+asyncpg://h/db?prepared_statement_cache_size=0": (("prepare_threshold", None),),
    "postgresql+asyncpg://h/db?statement_cache_size=0": (("prepare_threshold", None),),
    "postgresql://h/db?pgbouncer=true": (("prepare_threshold", None),),
    "postgresql://h/db?prepare_threshold=none": (("prepare_threshold", None),),
    "postgresql://h/db?prepare_threshold=0": (("prepare_threshold", 0),),
    "postgresql://h/db?sslpassword=key": (("sslpassword", "key"),),
    "postgresql://h/db": (),
}


@pytest.mark.parametrize("text", HIDDEN)
def test_hidden_arguments(text: str) -> None:
    """What a URL cannot carry, secrets and values that are not text, goes beside it."""
    found = read_url(text, source="DATABASE_URL")
    assert found.hidden == HIDDEN[text]
    assert arguments(text) == {"host": "h", "dbname": "db"}


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("ssl=require", "ssl is called sslmode here"),
        ("ssl=require&sslmode=disable", "ssl is dropped: sslmode is given too"),
        ("command_timeout=60", "command_timeout is dropped: psycopg has no such option"),
        ("statement_cache_size=100", "statement_cache_size is dropped: psycopg has no such option"),
        ("statement_cache_size=0", "statement_cache_size=0 is called prepare_threshold=None here"),
    ],
)
def test_notes(query: str, note: str) -> None:
    """Every translated and every dropped option is named, so that `trueline settings` can say it."""
    assert read_url(f"postgresql://h/db?{query}", source="DATABASE_URL").notes == (note,)


def test_repr_shows_no_secret() -> None:
    """The repr of what was read masks the password and leaves other secrets out."""
    found = read_url("postgresql://app:MARKER@db/shop?sslpassword=MARKER", source="DATABASE_URL")
    assert "MARKER" not in repr(found)
    assert "MARKER" not in repr(found.url)
    assert "MARKER" not in str(found)


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("postgresql://h/db", (("h", 5432),)),
        ("postgresql://h:1/db", (("h", 1),)),
        ("postgresql://h1:1,[::1]:2/db", (("h1", 1), ("::1", 2))),
        ("postgresql://%2Frun%2Fpg:1/db", (("/run/pg", 1),)),
        ("postgresql:///db", ()),
        ("postgresql:///db?hostaddr=10.0.0.1", (("10.0.0.1", 5432),)),
    ],
)
def test_hosts_of(text: str, hosts: tuple[tuple[str, int], ...]) -> None:
    """The servers that a URL names are listed in order, with the default port filled in."""
    assert hosts_of(parse_url(text, source="DATABASE_URL")) == hosts


def test_assemble_takes_pieces_as_they_are() -> None:
    """Single pieces are not percent-decoded: they never were part of a URL."""
    found = assemble({"host": "db", "user": "app", "password": "100%25"}, source="POSTGRES_*")
    assert found.url.password == "100%25"
