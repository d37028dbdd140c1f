"""SQL in revisions: laid out for people, and back again to the letter."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate.render import _indent
from hypothesis import example, given
from hypothesis import strategies as st

from trueline.autogen.call import Call, Fixed, Sql, unindented, written

#: Text with what quotes, indentation and line ends can break.
TEXTS = st.text(alphabet=st.sampled_from(list("ab '\"\\\n\t\r:%$#é\u2028\x0c{}")), max_size=30)


def read_back(text: str) -> Any:
    """What Python makes of a rendered call after Alembic has indented it into a revision."""
    taken: list[Any] = []

    class Recorder:
        def view(self, *positional: Any, **keywords: Any) -> None:
            taken.append((positional, keywords))

        def f(self, name: str) -> str:
            return name

    exec(f"def upgrade():\n    {_indent(text)}\nupgrade()", {"op": Recorder()})  # noqa: S102 - a revision is code
    return taken[0]


@given(TEXTS, TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=2))
@example('SELECT 1\n  AS "a"', "x", {})
@example("\nSELECT 1\n    ", "\n\n", {"a": "\n b\n"})
@example('SELECT """\n\'\'\'\n""', "\\\n", {})
def test_sql_comes_back_as_it_was(sql: str, other: str, options: dict[str, str]) -> None:
    """However it is laid out, the operation gets the same text."""
    laid_out = {key: Sql(each) for key, each in options.items()}
    call = Call("view", (Sql(sql), [(other, Sql(sql))]), {"options": laid_out, "plain": other})
    (first, second), keywords = read_back(written(call))
    assert unindented(first) == sql
    assert second[0][0] == other
    assert unindented(second[0][1]) == sql
    assert {key: unindented(each) for key, each in keywords["options"].items()} == options
    assert keywords["plain"] == other


def test_several_lines_are_laid_out() -> None:
    """A query of several lines stands in a triple-quoted string, indented like the rest of the revision."""
    text = written(
        Call("create_view", ("active", Sql("SELECT id\n  FROM users\n WHERE name ~ '\\d'")), {"schema": "a"})
    )
    assert text.splitlines() == [
        "op.create_view(",
        "    'active',",
        '    r"""',
        "    SELECT id",
        "      FROM users",
        "     WHERE name ~ '\\d'",
        '    """,',
        "    schema='a',",
        ")",
    ]


def test_a_short_call_is_one_line() -> None:
    """What fits on a line stays on one."""
    call = Call("drop_constraint", (Fixed("uq_a"), "t", ["a"], ("b",), {"c": True}), {"schema": None})
    assert written(call) == "op.drop_constraint(op.f('uq_a'), 't', ['a'], ('b',), {'c': True}, schema=None)"


def test_text_that_a_person_wrote_stays() -> None:
    """Only the layout that the closing quotes show is taken off."""
    assert unindented("SELECT 1") == "SELECT 1"
    assert unindented("\n    SELECT 1\n      + 2\n    ") == "SELECT 1\n  + 2"
    assert unindented("\nSELECT 1\n") == "SELECT 1"
    assert unindented("\n    SELECT 1\n  + 2\n    ") == "\n    SELECT 1\n  + 2\n    "
    assert unindented("\nSELECT 1") == "\nSELECT 1"
