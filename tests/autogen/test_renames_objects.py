"""Types, sequences, views and routines go on under another name, with what somebody said about them."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from tests.autogen.drive import autogenerate, connected
from trueline import renamed_type
from trueline.autogen.compare import Comparing
from trueline.autogen.project import Project
from trueline.declared.renames import renames_of
from trueline.errors import TruelineError
from trueline.objects import Domain, Function, MaterializedView, Procedure, View
from trueline.objects.problems import problems
from trueline.settings import Settings


@pytest.fixture
def connection(empty_database_url: str) -> Iterator[sa.Connection]:
    with connected(empty_database_url) as connection:
        yield connection


OLD = ("public", "old%s")
NEW = ("core", 'New "%s" :x')


def models(new: bool, *, hints: bool = True) -> sa.MetaData:
    """One of everything, each with a name of its own, before or after; each changed a little as well."""
    metadata = sa.MetaData()
    schema, pattern = NEW if new else OLD

    def named(kind: str) -> dict[str, Any]:
        former: dict[str, Any] = {"renamed_from": (OLD[0], OLD[1] % kind)} if new and hints else {}
        return {"name": pattern % kind, "schema": schema, "metadata": metadata, **former}

    def info(word: str, kind: str) -> dict[str, Any]:
        return {word: (OLD[0], OLD[1] % kind)} if new and hints else {}

    labels = ("a", "b", "c") if new else ("a", "b")
    kind = sa.Enum(*labels, name=pattern % "kind", schema=schema)
    sequence = sa.Sequence(pattern % "seq", schema=schema, increment=2 if new else 1, metadata=metadata)
    sequence.info.update(info("renamed_from", "seq"))
    word = Domain(**named("word"), type=sa.Text(), not_null=new)
    sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("k", kind, server_default="a", info=info("renamed_type", "kind")),
        sa.Column("w", word.column_type),
        sa.Column("n", sa.BigInteger, server_default=sequence.next_value()),
    )
    View(**named("view"), query="SELECT id, k, w FROM t" if new else "SELECT id, k FROM t")
    MaterializedView(**named("many"), query="SELECT count(*) AS n FROM t")
    Function(**named("f"), arguments="a integer", returns="integer", language="sql", body=f"SELECT a + {int(new)}")
    Procedure(**named("p"), arguments="a integer", language="sql", body="SELECT 1")
    return metadata


BY_HAND = """
INSERT INTO t (id, k, w) VALUES (1, 'b', 'x');
GRANT SELECT (k) ON oldview TO pg_monitor;
REVOKE EXECUTE ON FUNCTION oldf FROM PUBLIC;
COMMENT ON SEQUENCE oldseq IS 'by hand';
SELECT nextval('oldseq');
"""

STATE = """
SELECT (SELECT attacl::text FROM pg_attribute WHERE attrelid = (SELECT oid FROM pg_class WHERE relkind = 'v' AND
        relnamespace IN ('public'::regnamespace, to_regnamespace('core'))) AND attname = 'k'),
       (SELECT proacl::text FROM pg_proc WHERE proname IN ('oldf', 'New "f" :x')),
       (SELECT description FROM pg_description WHERE description = 'by hand'),
       (SELECT oid FROM pg_type WHERE typtype = 'e'), (SELECT oid FROM pg_type WHERE typtype = 'd' AND oid > 16000),
       (SELECT k::text FROM t), (SELECT oid FROM pg_class WHERE relkind = 'm')
"""


def test_what_holds_no_rows_is_renamed_by_hint(connection: sa.Connection) -> None:
    """Nothing is dropped, nothing that was given by hand is lost, and the way back leads back."""
    autogenerate(connection, models(new=False)).upgrade()
    connection.exec_driver_sql(BY_HAND)
    before = connection.exec_driver_sql(STATE).one()
    revision = autogenerate(connection, models(new=True))
    assert "drop_" not in revision.up
    assert [line.strip() for line in revision.up.splitlines() if "op.create_" in line] == ["op.create_schema('core')"]
    revision.upgrade()
    assert connection.exec_driver_sql(STATE).one() == before
    assert autogenerate(connection, models(new=True)).diffs == []
    assert connection.scalar(sa.text('SELECT nextval(\'core."New ""seq"" :x"\'::regclass)'.replace(":x", r"\:x")))
    revision.downgrade()
    assert autogenerate(connection, models(new=False)).diffs == []


def test_a_hint_that_has_done_its_work_is_quiet(connection: sa.Connection) -> None:
    """In a new database there is nothing by the old name."""
    autogenerate(connection, models(new=True)).upgrade()
    found = autogenerate(connection, models(new=True))
    assert found.diffs == []
    assert found.found.unheard == ()


def test_without_hints_somebody_is_asked(connection: sa.Connection) -> None:
    """One question for each; what is said yes to is renamed, what is said no to is made anew."""
    autogenerate(connection, models(new=False)).upgrade()
    asked: list[str] = []

    def answer(yes: Callable[[str], bool]) -> list[str]:
        asked.clear()

        def ask(question: str) -> bool:
            asked.append(question)
            return yes(question)

        found = Comparing(connection, models(new=True, hints=False), Project(Settings(), ask=ask)).comparison(
            writing=True
        )
        return sorted(each.words.partition(" -> ")[0] for each in found.renames)

    assert answer(lambda _: True) == [
        "domain public.oldword",
        "enum public.oldkind",
        "function public.oldf",
        "materialized view public.oldmany",
        "procedure public.oldp",
        "view public.oldview",
    ]
    assert 'Is view public.oldview now core."New ""view"" :x"?' in asked
    assert answer(lambda question: "view" not in question) == [
        "domain public.oldword",
        "enum public.oldkind",
        "function public.oldf",
        "procedure public.oldp",
    ]


def test_a_sequence_that_moved_is_asked_about(connection: sa.Connection) -> None:
    """One that does the same; in its own schema it is renamed without a word."""

    def numbers(schema: str | None) -> sa.MetaData:
        metadata = sa.MetaData()
        sa.Sequence("numbers", schema=schema, metadata=metadata)
        return metadata

    autogenerate(connection, numbers(None)).upgrade()
    found = Comparing(connection, numbers("core"), Project(Settings(), ask=lambda _: True)).comparison(writing=True)
    assert [each.words for each in found.renames] == ["sequence public.numbers -> core.numbers"]


def test_a_former_name_that_nobody_has_is_said(connection: sa.Connection) -> None:
    """With what goes at the same time and may be meant."""
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("id", sa.Integer))
    View("recent", "SELECT 1 AS a", metadata=metadata)
    autogenerate(connection, metadata).upgrade()
    after = sa.MetaData()
    sa.Table("t", after, sa.Column("id", sa.Integer))
    View("latest", "SELECT 1 AS a", renamed_from="recnet", metadata=after)
    (finding,) = autogenerate(connection, after).found.unheard
    assert "view public.latest says that it was public.recnet, which the database does not have" in str(finding)
    assert 'renamed_from="public.recent"' in str(finding)


def test_an_enum_says_what_its_type_was_called(connection: sa.Connection) -> None:
    """By decorator, or in its body; without one two types of the same values could not be told apart."""

    def state(*names: str, hint: bool = False) -> sa.MetaData:
        metadata = sa.MetaData()
        for number, name in enumerate(names):
            make: Any = enum.Enum
            own = make(f"State{number}", {"a": 1, "b": 2})
            cls = renamed_type(f"state{number}")(own) if hint else own
            sa.Table(f"t{number}", metadata, sa.Column("s", sa.Enum(cls, name=name)))
        return metadata

    autogenerate(connection, state("state0", "state1")).upgrade()
    revision = autogenerate(connection, state("one", "two", hint=True))
    assert revision.up.count("RENAME TO") == 2
    assert "create_enum" not in revision.up

    class Body(enum.Enum):
        __renamed_type__ = "core.former"
        a = 1

    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("s", sa.Enum(Body, name="body")))
    assert renames_of(metadata, "public").objects["enum", ("public", "body")].name == ("core", "former")


def refused(declare: Callable[[sa.MetaData], object]) -> str:
    metadata = sa.MetaData()
    declare(metadata)
    return "\n".join(str(each) for each in problems(metadata))


def test_former_names_that_cannot_be() -> None:
    """Itself, what is still declared, what two claim, and what is no name."""

    def itself(metadata: sa.MetaData) -> None:
        View("v", "SELECT 1", renamed_from="v", metadata=metadata)

    def declared(metadata: sa.MetaData) -> None:
        View("v", "SELECT 1", renamed_from="w", metadata=metadata)
        View("w", "SELECT 1", metadata=metadata)

    def claimed(metadata: sa.MetaData) -> None:
        Domain("v", "text", renamed_from="x", metadata=metadata)
        Domain("w", "text", renamed_from="x", metadata=metadata)

    def no_name(metadata: sa.MetaData) -> None:
        wrong: Any = 5
        Function("f", body="RETURN;", renamed_from=wrong, metadata=metadata)

    assert "view public.v says that it was renamed from itself" in refused(itself)
    assert "view public.v says that it was public.w, but that is declared as well" in refused(declared)
    assert "public.v and public.w both say that they were domain public.x" in refused(claimed)
    assert "renamed_from is 5, not a name" in refused(no_name)


def test_two_columns_that_say_different_things_of_their_type() -> None:
    """The error names both columns."""
    metadata = sa.MetaData()
    kind = sa.Enum("a", name="kind")
    columns: list[sa.Column[Any]] = [sa.Column(each, kind, info={"renamed_type": f"old_{each}"}) for each in ("a", "b")]
    sa.Table("t", metadata, *columns)
    with pytest.raises(
        TruelineError, match=r"enum public\.kind says that it was public\.old_a, and that it was public"
    ):
        renames_of(metadata, "public")
