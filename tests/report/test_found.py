"""Findings as text, whatever their words hold."""

from __future__ import annotations

import json

import pytest

from trueline.finding import Finding, Place
from trueline.report.found import Format, counted, render

NAMES = {"two-owners": "A table has two owners", "odd": "100%, odd: yes"}
PLAIN = Finding(
    "two-owners",
    "table users has two owners",
    Place("a b.py", 3, "class User"),
    "one\ntwo",
    related=(Place("b.sql", 1),),
)
HOSTILE = Finding("odd", "50%\r\n::error::x | <b>`y`", Place("a,b:c%.py", 7), "x", "warning")
IN_DATABASE = Finding("odd", "it is full", Place(object="table s.t"), severity="warning")


def test_a_terminal() -> None:
    """Place, severity, rule, what to see beside it, and the way out."""
    assert render([PLAIN], Format.terminal, NAMES) == (
        "a b.py:3 (class User)\n"
        "  error: table users has two owners [two-owners]\n"
        "  see b.sql:1\n"
        "  fix:\n"
        "    one\n"
        "    two\n"
    )


def test_a_terminal_shows_no_control_characters() -> None:
    """Names are not ours to trust."""
    told = render([Finding("odd", "a\x1b[2Jb", Place("x\n.py", 1))], Format.terminal, NAMES)
    assert "\x1b" not in told
    assert len(told.splitlines()) == 2


def test_json() -> None:
    """Every field of a finding; what there is not is null."""
    found = json.loads(render([PLAIN, IN_DATABASE], Format.json, NAMES))["findings"]
    assert found[0]["where"] == {"file": "a b.py", "line": 3, "object": "class User"}
    assert found[0]["related"] == [{"file": "b.sql", "line": 1, "object": None}]
    assert found[1]["where"] == {"file": None, "line": None, "object": "table s.t"}


def test_sarif() -> None:
    """One run with its rules; results point at rules and places as the standard wants it."""
    log = json.loads(render([PLAIN, HOSTILE, IN_DATABASE], Format.sarif, NAMES))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["odd", "two-owners"]
    assert all(rule["shortDescription"]["text"] for rule in rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning"}
        assert result["message"]["text"]
        assert len(result["locations"]) == 1
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a%20b.py"}, "region": {"startLine": 3}}
    assert run["results"][0]["relatedLocations"][0]["id"] == 0
    assert run["results"][2]["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "table s.t"}]}]


def test_sarif_knows_a_finding_again() -> None:
    """A line that was added above makes no new alert."""
    moved = Finding(PLAIN.rule, PLAIN.what, Place("a b.py", 9, "class User"))
    one, two = (
        json.loads(render([each], Format.sarif, NAMES))["runs"][0]["results"][0]["partialFingerprints"]
        for each in (PLAIN, moved)
    )
    assert one == two


def test_github() -> None:
    """One command to a line, whatever the words hold."""
    lines = render([PLAIN, HOSTILE, IN_DATABASE], Format.github, NAMES).splitlines()
    assert lines == [
        "::error file=a b.py,line=3,title=A table has two owners"
        "::table users has two owners [two-owners]%0Afix: one%0Atwo",
        "::warning file=a%2Cb%3Ac%25.py,line=7,title=100%25%2C odd%3A yes"
        "::50%25%0D%0A::error::x | <b>`y` [odd]%0Afix: x",
        "::warning title=100%25%2C odd%3A yes::table s.t: it is full [odd]",
    ]


def test_markdown() -> None:
    """A table for each rule; no word becomes a tag, a cell or code."""
    page = render([PLAIN, HOSTILE], Format.markdown, NAMES)
    assert page.startswith("1 error, 1 warning.\n")
    assert "## A table has two owners" in page
    assert "&lt;b&gt;&#96;y&#96;" in page
    rows = [line for line in page.splitlines() if line.startswith("| ") and "Where" not in line]
    assert [row.count("|") for row in rows] == [4, 4]


@pytest.mark.parametrize("format_", Format)
def test_nothing_found(format_: Format) -> None:
    """Every form has words for it, or none."""
    text = render([], format_, NAMES)
    assert not text or text.endswith("\n")
    assert counted([]) == "no findings"
