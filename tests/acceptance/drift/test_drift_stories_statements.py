"""Stories of what only a statement declares: operators, collations, text search, and what is the database's own."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.acceptance.drift.stories import Declare, Tell, number, quiet, table
from tests.acceptance.project import Project, new_project
from tests.catalog.names import quoted
from trueline.objects import Function, Statement

EQUAL = "FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer"
COMPARED = "FUNCTION 1 btint4cmp(integer, integer)"
PARSED = "START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype"

#: A kind, what is declared first, and what afterwards; ``@`` stands for hostile names.
STORIES = {
    "collation": ("CREATE COLLATION @s.@n (locale = 'C')", "CREATE COLLATION @s.@n (locale = 'POSIX')"),
    "conversion": (
        "CREATE CONVERSION @s.@n FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
        "CREATE DEFAULT CONVERSION @s.@n FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
    ),
    "operator": (
        f"CREATE OPERATOR @s.=== ({EQUAL})",
        f"CREATE OPERATOR @s.=== ({EQUAL}, COMMUTATOR = OPERATOR(@s.===), RESTRICT = eqsel)",
    ),
    "operator class": (
        f"CREATE OPERATOR CLASS @s.@n FOR TYPE integer USING btree AS OPERATOR 3 =, {COMPARED}",
        f"CREATE OPERATOR CLASS @s.@n FOR TYPE integer USING btree AS OPERATOR 1 <, {COMPARED}",
    ),
    "cast": ("CREATE CAST (date AS integer) WITH INOUT", "CREATE CAST (date AS integer) WITH INOUT AS ASSIGNMENT"),
    "text search parser": (
        f"CREATE TEXT SEARCH PARSER @s.@n ({PARSED})",
        f"CREATE TEXT SEARCH PARSER @s.@n ({PARSED}, HEADLINE = prsd_headline)",
    ),
    "text search template": (
        "CREATE TEXT SEARCH TEMPLATE @s.@n (LEXIZE = dsimple_lexize)",
        "CREATE TEXT SEARCH TEMPLATE @s.@n (LEXIZE = dsimple_lexize, INIT = dsimple_init)",
    ),
    "text search dictionary": (
        "CREATE TEXT SEARCH DICTIONARY @s.@n (TEMPLATE = simple, STOPWORDS = english)",
        "CREATE TEXT SEARCH DICTIONARY @s.@n (TEMPLATE = simple, STOPWORDS = german)",
    ),
    "text search configuration": (
        "CREATE TEXT SEARCH CONFIGURATION @s.@n (COPY = english)",
        "CREATE TEXT SEARCH CONFIGURATION @s.@n (COPY = german)",
    ),
    "language": (
        "CREATE LANGUAGE @n HANDLER plpgsql_call_handler",
        "CREATE TRUSTED LANGUAGE @n HANDLER plpgsql_call_handler",
    ),
    "access method": (
        "CREATE ACCESS METHOD @n TYPE TABLE HANDLER heap_tableam_handler",
        "CREATE ACCESS METHOD @n TYPE INDEX HANDLER bthandler",
    ),
    "foreign data wrapper": (
        "CREATE FOREIGN DATA WRAPPER @n OPTIONS (host 'a')",
        "CREATE FOREIGN DATA WRAPPER @n OPTIONS (host 'b', port '1')",
    ),
    "server": (
        "CREATE SERVER @n FOREIGN DATA WRAPPER there OPTIONS (host 'a')",
        "CREATE SERVER @n VERSION '2' FOREIGN DATA WRAPPER there",
    ),
    "publication": (
        "CREATE PUBLICATION @n FOR TABLE s.t WHERE (id > 5)",
        "CREATE PUBLICATION @n FOR TABLES IN SCHEMA s WITH (publish = 'insert')",
    ),
    "event trigger": (
        "CREATE EVENT TRIGGER @n ON sql_drop EXECUTE FUNCTION s.fired()",
        "CREATE EVENT TRIGGER @n ON ddl_command_end WHEN TAG IN ('CREATE VIEW') EXECUTE FUNCTION s.fired()",
    ),
}


def telling(*statements: str) -> Declare:
    """A table, a function for event triggers, a wrapper, and these statements."""

    def declare(metadata: sa.MetaData) -> None:
        table(number())(metadata)
        sa.Table("t", metadata, number(), schema=quoted("@s")[1:-1].replace('""', '"'))
        Function("fired", "", "event_trigger", body="BEGIN END", schema="s", metadata=metadata)
        Statement("CREATE FOREIGN DATA WRAPPER there", metadata=metadata)
        for each in statements:
            Statement(quoted(each), metadata=metadata)

    return declare


@pytest.mark.parametrize("kind", STORIES)
def test_what_a_statement_declares_comes_changes_and_goes(told: Tell, kind: str) -> None:
    """A revision makes it and the check is quiet; so with another statement, and with none; and all the way back."""
    first, second = STORIES[kind]
    told(telling()).written()
    for statements in ((first,), (second,), ()):
        project = told(telling(*statements))
        checked = project.check()
        assert checked.line(kind) is not None, checked.text
        project.written()
        assert quiet(project)
    for _ in range(4):
        assert not project.downgrade().failed
    assert (
        project.rows("SELECT oid FROM pg_class WHERE oid >= 16384 AND relname !~ '^(pg_toast|alembic|trueline)'") == []
    )


@pytest.mark.parametrize("kind", STORIES)
def test_what_a_hand_changes_of_it_is_seen(told: Tell, kind: str) -> None:
    """Declared in one way and made by hand in another, the check names the kind and a revision brings it right."""
    first, second = STORIES[kind]
    project = told(telling(first))
    project.written()
    project.execute(f"{dropped(kind)}; {quoted(second)}")
    checked = project.check()
    assert checked.line("~", kind) is not None, checked.text
    project.written("prove=off")
    assert quiet(project)


def dropped(kind: str) -> str:
    """What takes it away by hand."""
    names = {
        "operator": "@s.=== (integer, integer)",
        "operator class": "@s.@n USING btree",
        "cast": "(date AS integer)",
        **dict.fromkeys(("collation", "conversion"), "@s.@n"),
        **{each: "@s.@n" for each in STORIES if each.startswith("text search")},
    }
    return quoted(f"DROP {kind.upper()} {names.get(kind, '@n')}")


OF_DATABASE = ["language", "access method", "foreign data wrapper", "server", "publication", "event trigger"]


@pytest.mark.parametrize("kind", OF_DATABASE)
def test_what_tools_make_for_the_database_is_nobodys_difference(told: Tell, kind: str) -> None:
    """Nobody who declares another one, and does not watch them, hears of it."""
    project = told(telling("CREATE PUBLICATION other"))
    project.written()
    project.execute(quoted(STORIES[kind][0]))
    assert quiet(project)


@pytest.mark.parametrize("kind", OF_DATABASE)
def test_what_tools_make_is_named_to_those_who_watch(kind: str, tmp_path: Path, empty_database_url: str) -> None:
    """``watch = ["database"]``: it is undeclared, stays, and goes on request, and can be brought back."""
    metadata = sa.MetaData()
    telling()(metadata)
    project = new_project(tmp_path, empty_database_url, metadata, 'watch = ["database"]\n')
    project.written()
    project.execute(quoted(STORIES[kind][0]))
    assert project.check().line("?", kind) is not None
    assert "drop_object" not in project.written("prove=off")
    assert project.check().line("?", kind) is not None
    assert "drop_object" in project.written("drop-undeclared=all", "prove=off")
    assert quiet(project)
    assert not project.withdraw().failed
    assert project.check().line("?", kind) is not None


def test_secrets_are_never_read(told: Tell) -> None:
    """An option that holds one is no difference, and stands in no revision, whatever becomes of the server."""
    wanted = "CREATE SERVER remote FOREIGN DATA WRAPPER there OPTIONS (host 'b')"
    project = told(telling(wanted))
    project.written()
    project.execute(
        "ALTER SERVER remote OPTIONS (SET host 'a', ADD password 'hush', ADD passfile 'hush', ADD api_key 'hush', "
        "ADD dsn 'postgresql://me:hush@there/x', ADD conninfo 'host=x password=hush');"
        "ALTER FOREIGN DATA WRAPPER there OPTIONS (ADD secret 'hush')"
    )
    checked = project.check()
    assert checked.line("server", "host") is not None
    text = project.written("prove=off")
    assert "hush" not in text + checked.text
    assert quiet(project)
    assert ("hush",) in project.rows("SELECT option_value FROM pg_foreign_server, pg_options_to_table(srvoptions)")


def everything_of(project: Project) -> None:
    """Every story's first statement, by hand."""
    project.execute(";".join(quoted(first) for first, _ in STORIES.values()))


def test_ignored_ones_are_no_difference(tmp_path: Path, empty_database_url: str) -> None:
    """Patterns by kind, with and without types or access method."""
    metadata = sa.MetaData()
    telling()(metadata)
    kinds = [kind.replace(" ", "_") for kind in STORIES]
    patterns = ["operator:*.===", "cast:date AS *", "operator_family:*", *(f"{kind}:name:of*" for kind in kinds)]
    settings = f'watch = ["database"]\nignore = {[*patterns]}\n'.replace("'", '"')
    project = new_project(tmp_path, empty_database_url, metadata, settings)
    project.written()
    everything_of(project)
    assert quiet(project)
