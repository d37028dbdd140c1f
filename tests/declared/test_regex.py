"""Patterns on their way from Python to PostgreSQL."""

import re
from typing import Annotated

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter
from sqlalchemy import Engine, bindparam, text

from trueline.declared.regex import UnsharedPatternError, translate

PATTERNS = [
    r"^[a-z]+$",
    r"^.+@.+\.[a-z]{2,}$",
    r"^(?:a|b):c %x$",
    r"^:abc",
    r"\bfoo\b",
    r"\Bo",
    r"^[^\]\-x:]+$",
    r"^[(?:a)+]+$",
    r"^\(?:x",
    r"\x41\u00e9",
    r"\x{1F600}",
    r"(?i)abc",
    r"^[[:alpha:]_]+$",
    r"^[^[:digit:]]+$",
    r"it's \\ back",
    r"^\d{2}:\d{2}$",
    r"^[\d.%]+$",
    r"^a{2,3}?b*?$",
    r"\Aab\z",
    r"^(a|)$",
    r'"quoted"',
    r"^100%$",
    r"^\%\:a$",
    r"^\w+\s\w+$",
    r"^.$",
]

SUBJECTS = [
    "", "a", "b", "ab", "abc", "ABC", "foo", "xfoo", "a foo b", "o", "fo", "x@y.de", "a\nb@c.de", "\n", "a:c %x",
    "b:c %x", ":abc", "]", "-", "(?:a)+", ":x", "(:x", "Aé", "A", "\U0001f600", "_", "9", "a9", "it's \\ back",
    "12:34", "1.5%", "aab", "aaab", "aaaab", '"quoted"', "100%", "%:a", "two words", "ab\n", "é",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_postgresql_finds_what_pydantic_finds(pattern: str, postgres: Engine) -> None:
    """A translated pattern accepts and refuses the same texts in PostgreSQL as the original does in pydantic."""
    adapter: TypeAdapter[str] = TypeAdapter(Annotated[str, Field(pattern=pattern)])

    def accepted(subject: str) -> bool:
        try:
            adapter.validate_python(subject)
        except ValueError:
            return False
        return True

    with postgres.connect() as connection:
        query = text("SELECT CAST(:subject AS text) ~ :pattern").bindparams(bindparam("pattern", translate(pattern)))
        found = {subject: connection.scalar(query, {"subject": subject}) for subject in SUBJECTS}
    assert found == {subject: accepted(subject) for subject in SUBJECTS}


@pytest.mark.parametrize(
    ("pattern", "construct"),
    [
        (r"(?P<year>\d+)", "(?P<y"),
        (r"(?<year>\d+)", "(?<y"),
        (r"\p{L}", r"\p"),
        (r"[\p{L}]", r"\p"),
        (r"a*+", "*+"),
        (r"a{2}+", "{2}+"),
        (r"(?>a)", "(?>"),
        (r"(?s:a)", "(?s"),
        (r"a(?i)b", "(?i"),
        (r"a{300}", "{300}"),
        (r"a{,3}", "{,3}"),
        (r"[a&&b]", "&&"),
        (r"[[:graph:]]", "[:graph:]"),
        (r"\N{BULLET}", r"\N"),
        (r"a\x00", r"\x00"),
    ],
)
def test_what_postgresql_lacks_is_named(pattern: str, construct: str) -> None:
    """A construct that cannot be carried over is an error that names it."""
    with pytest.raises(UnsharedPatternError, match=re.escape(construct)):
        translate(pattern)


def test_compiled_patterns_keep_their_case_flag() -> None:
    """``re.IGNORECASE`` becomes ``(?i)``; other flags are an error."""
    assert translate(re.compile("^a$", re.IGNORECASE)) == "(?i)^a$"
    with pytest.raises(UnsharedPatternError, match="flags"):
        translate(re.compile("^a$", re.MULTILINE))


def test_back_references_keep_their_count() -> None:
    """Groups stay uncounted where a back-reference counts them."""
    assert translate(r"(?:a)(b):c\1") == r"(?:a)(b)\u003Ac\1"


@given(
    st.from_regex(
        r"(\[\^?[a-z%:.()+*?\\d-]{1,6}[a-z]\]|[a-z%:.]|\\[wds.:%]|\(\?:[a-z|]{1,4}\)|[a-z][*+?]){1,8}", fullmatch=True
    )
)
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_no_character_is_left_that_sql_text_would_change(pattern: str) -> None:
    """Whatever the pattern, ``text()`` finds no bind parameter and no driver finds a percent sign in it."""
    try:
        translated = translate(pattern)
    except UnsharedPatternError:
        return
    assert "%" not in translated
    assert not text(f"x ~ '{translated}'")._bindparams
