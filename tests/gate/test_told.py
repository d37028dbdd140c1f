"""The gate's outcome as text, and the places of findings."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from trueline.declared import origin
from trueline.errors import TruelineError
from trueline.finding import Finding, Place
from trueline.gate.outcome import Checked, Outcome
from trueline.gate.told import line, markdown
from trueline.placing import finding_of, place_of, places_of_tables, table_in

HOSTILE = Finding("gate/x", "a|b <b>`c`\n100%, d: e", Place("a,b:c.py", 3), "do `this`\nand that")


def test_markdown_means_nothing_else() -> None:
    """What a finding says is neither HTML nor Markdown."""
    text = markdown(Outcome((Checked("x", "about", 0.5, (HOSTILE,)),), 1.0))
    assert "a\\|b &lt;b&gt;\\`c\\` 100%, d: e" in text
    assert "  do 'this'\n  and that" in text


def test_a_check_that_was_not_made() -> None:
    """It is said why."""
    said = line(Checked("x", "about", 0.5, stopped="waits for y"))
    assert said.splitlines() == ["- not run  x           0.50 s  about", "    waits for y"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("app/m.py:12 (class User)", Place("app/m.py", 12, "class User")),
        ("app/m.py:12", Place("app/m.py", 12)),
        ("migrations/env.py", Place("migrations/env.py")),
        ("replayed in a scratch database on localhost", Place(object="replayed in a scratch database on localhost")),
    ],
)
def test_a_place_in_the_words_of_an_error(words: str, expected: Place) -> None:
    """File, line and object, as far as they are there."""
    assert place_of(words, Path.cwd()) == expected


def test_an_error_as_a_finding() -> None:
    """It stands where a file is; the other places are beside it."""
    error = TruelineError("it fails", where=("table t", "m.py:3"), fix="mend it")
    assert finding_of(error, "r", Path.cwd()) == Finding(
        "r", "it fails", Place("m.py", 3), "mend it", related=(Place(object="table t"),)
    )


def test_the_line_of_a_table() -> None:
    """Where a table was declared, on metadata that is watched."""
    metadata = sa.MetaData()
    origin.watch(metadata)
    sa.Table("t", metadata)
    place = places_of_tables(metadata, "public", Path(__file__).parent)[("public", "t")]
    assert (place.file, place.line > 1) == ("test_told.py", True)


def test_the_table_of_an_object() -> None:
    """What is on a table, and what is said about it, has its place."""
    assert table_in(("column", "s", "t", "c")) == ("s", "t")
    assert table_in(("comment", "column", "s", "t", "c")) == ("s", "t")
    assert table_in(("function", "s", "f", "")) is None
