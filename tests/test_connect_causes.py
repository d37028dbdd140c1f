"""Why a connection was refused: one cause for every error, with words that can be pasted."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest

from trueline.refused.causes import CAUSES, UNCLEAR, UNKNOWN
from trueline.refused.probe import Answer, Door, Probe
from trueline.refused.refusal import Refusal, cause_of, is_loopback, scrub

DOCUMENT = Path(__file__).parent.parent / "docs" / "connecting.md"

_CAUSE = {cause.name: cause for cause in (*CAUSES, UNKNOWN, UNCLEAR)}

OPEN = Probe(Answer.OPEN)


@pytest.mark.parametrize(
    ("error", "found", "name"),
    [
        (psycopg.OperationalError("failed to resolve host 'db': [Errno -3]"), Probe(Answer.UNRESOLVED), "unresolved"),
        (psycopg.OperationalError("failed to resolve host 'db': [Errno -3]"), OPEN, "unresolved"),
        (psycopg.errors.ConnectionTimeout("connection timeout expired"), OPEN, "timeout"),
        (psycopg.OperationalError("connection failed: Connection refused"), OPEN, "refused"),
        (psycopg.OperationalError("session is read-only"), OPEN, "other-role"),
        (psycopg.OperationalError("SSL error: certificate verify failed"), OPEN, "bad-tls"),
        (psycopg.OperationalError("SSL SYSCALL error: EOF detected"), OPEN, "closed"),
        (psycopg.OperationalError("das Datenbanksystem startet"), OPEN, "unclear"),
        (psycopg.errors.AdminShutdown("Verbindung wird abgebrochen"), OPEN, "starting-up"),
        (psycopg.errors.InvalidCatalogName("x"), Probe(Answer.REFUSED), "unknown-database"),
        (psycopg.ProgrammingError("missing ="), Probe(Answer.REFUSED), "option"),
        (UnicodeError("label too long"), Probe(Answer.UNRESOLVED), "unresolved"),
    ],
)
def test_cause(error: Exception, found: Probe, name: str) -> None:
    """The driver's code comes first, then libpq's own words, then what the server answered, then other words."""
    assert cause_of(error, found).name == name


def test_names_are_no_words() -> None:
    """A database or role whose name reads like a message is not taken for one."""
    error = psycopg.OperationalError('FATAL:  database "certificate of no password supplied" does not exist')
    assert cause_of(error, OPEN).name == "unknown-database"


@pytest.mark.parametrize("host", ["db", "10.0.0.1", "/run/pg", "localhost.example"])
def test_other_hosts_are_not_the_container(host: str) -> None:
    """Only the loopback is explained as the container itself."""
    refused = Refusal(Door(host, 5432, "app", "shop"), _CAUSE["refused"], "")
    assert "start the server" in refused.way_out("DATABASE_URL", in_container=True)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1"])
def test_loopback(host: str) -> None:
    """The loopback is known by its name and its addresses."""
    assert is_loopback(host)


def test_way_out_is_quoted_for_a_shell() -> None:
    """Names with odd characters can be pasted into a shell as they stand."""
    unknown = Refusal(Door("db", 5432, "o'neil", "my shop; rm"), _CAUSE["unknown-database"], "")
    way = unknown.way_out("DATABASE_URL", in_container=False)
    assert "createdb -h db -p 5432 -U 'o'\"'\"'neil' 'my shop; rm'" in way


@pytest.mark.parametrize("cause", [*CAUSES, UNKNOWN, UNCLEAR], ids=lambda cause: cause.name)
def test_every_cause_is_documented(cause: object) -> None:
    """docs/connecting.md has a row per cause that says whether it is tried again."""
    assert cause in _CAUSE.values()
    found = next(known for known in _CAUSE.values() if known == cause)
    says = re.sub(r"\{(\w+)\}", r"*\1*", found.says)
    assert f"| {says} | {'yes' if found.heals else 'no'} |" in DOCUMENT.read_text(encoding="utf-8")


def test_scrub_takes_out_every_form() -> None:
    """A secret is taken out plain, percent-encoded and escaped."""
    secret = "p@ss w'\\"
    text = f"{secret} p%40ss%20w%27%5C p%40ss+w%27%5C {secret!r}"
    assert scrub(text, [secret, ""]) == "*** *** *** " + repr(secret)[0] + "***" + repr(secret)[0]
