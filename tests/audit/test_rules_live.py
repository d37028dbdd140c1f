"""Rules that need a database, against their examples and against the reference application."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from tests.audit.conftest import write
from trueline.audit.context import Context
from trueline.audit.live import read_live
from trueline.audit.rules import all_rules, examples
from trueline.audit.run import Audit, audit
from trueline.rule import Rule
from trueline.settings import load_settings

ROOT = Path(__file__).parents[2]
LIVE = [rule for rule in all_rules() if "database" in rule.needs]


def audited(tmp_path: Path, url: str, files: Mapping[str, str]) -> Audit:
    write(tmp_path, {path: text for path, text in files.items() if path != "database.sql"})
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.begin() as connection:
            # By the driver: a % or : in it is nothing to SQLAlchemy.
            connection.connection.cursor().execute(files["database.sql"])
        with engine.connect() as connection:
            return audit(tmp_path, live=read_live(connection))
    finally:
        engine.dispose()


def found(done: Audit, rule: str) -> list[str]:
    return [each.what for each in done.findings if each.rule == rule]


@pytest.mark.parametrize("rule", LIVE, ids=lambda rule: rule.id)
def test_the_bad_example_is_found(rule: Rule[Context], tmp_path: Path, empty_database_url: str) -> None:
    """A rule finds what its page shows as bad, with a place and a way out."""
    done = audited(tmp_path, empty_database_url, examples()[rule.id].bad)
    mine = [each for each in done.findings if each.rule == rule.id]
    assert mine
    assert all(each.fix and str(each.where) for each in mine)


@pytest.mark.parametrize("rule", LIVE, ids=lambda rule: rule.id)
def test_nothing_is_found_in_the_good_example(rule: Rule[Context], tmp_path: Path, empty_database_url: str) -> None:
    """What a page shows as good is no such defect."""
    assert found(audited(tmp_path, empty_database_url, examples()[rule.id].good), rule.id) == []


@pytest.mark.parametrize("rule", LIVE, ids=lambda rule: rule.id)
def test_without_a_database_there_is_nothing_to_say(rule: Rule[Context], tmp_path: Path) -> None:
    """And a suppression of the rule is not judged."""
    files = {path: text for path, text in examples()[rule.id].bad.items() if path != "database.sql"}
    done = audit(write(tmp_path, files), allow=[f"{rule.id}:*: later"])
    assert {each.rule for each in done.findings} & {rule.id, "unused-suppression"} == set()


def test_the_reference_application_at_head_audits_clean(engine: Engine) -> None:
    """Its own database has nothing to say either."""
    settings = load_settings(ROOT)
    with engine.connect() as connection:
        done = audit(ROOT, live=read_live(connection), allow=settings.allow, exclude=settings.exclude)
    assert done.findings == ()


def test_hostile_names_are_quoted(tmp_path: Path, empty_database_url: str) -> None:
    """What is to be pasted works whatever a table is called."""
    sql = """
CREATE SCHEMA "S p";
CREATE TABLE "S p"."Order" ("ID %" serial PRIMARY KEY, up int REFERENCES "S p"."Order");
ALTER TABLE "S p"."Order" RENAME TO "select";
SELECT setval('"S p"."Order_ID %_seq"', 2000000000);
"""
    done = audited(tmp_path, empty_database_url, {"database.sql": sql})
    fixes = sorted(each.fix for each in done.findings)
    assert fixes == [
        'ALTER SEQUENCE "S p"."Order_ID %_seq" RENAME TO "select_ID %_seq";',
        'ALTER TABLE "S p"."select" ALTER "ID %" TYPE bigint;'
        "   -- rewrites the table under lock: plan it, and the columns that point here",
        'ALTER TABLE "S p"."select" RENAME CONSTRAINT "Order_pkey" TO select_pkey;',
        'ALTER TABLE "S p"."select" RENAME CONSTRAINT "Order_up_fkey" TO select_up_fkey;',
        'CREATE INDEX CONCURRENTLY ON "S p"."select" (up);',
    ]


@pytest.mark.parametrize(
    ("column", "last", "told"),
    [
        ("id serial", 1_000_000_000, []),
        (
            "id serial",
            1_073_741_824,
            ["public.t.id (integer) has used 50% of its numbers: 1,073,741,824 of 2,147,483,647"],
        ),
        ("id smallserial", 30_000, ["public.t.id (smallint) has used 92% of its numbers: 30,000 of 32,767"]),
        ("id bigserial", 3_000_000_000, []),
        (
            "id bigint GENERATED ALWAYS AS IDENTITY (MAXVALUE 100)",
            60,
            ["public.t.id (bigint) has used 60% of its numbers: 60 of 100"],
        ),
        ("id int GENERATED ALWAYS AS IDENTITY (MAXVALUE 100 CYCLE)", 60, []),
    ],
)
def test_how_far_numbers_have_got(
    tmp_path: Path, empty_database_url: str, column: str, last: int, told: list[str]
) -> None:
    """By the column's type and the sequence's own end."""
    sql = f"CREATE TABLE t ({column} PRIMARY KEY); SELECT setval('t_id_seq', {last});"
    assert found(audited(tmp_path, empty_database_url, {"database.sql": sql}), "key-running-out") == told


def test_a_key_with_an_index_needs_no_other(tmp_path: Path, empty_database_url: str) -> None:
    """Columns in another order count, a condition does not; partitions have what their parent has."""
    sql = """
CREATE TABLE a (x int, y int, PRIMARY KEY (x, y));
CREATE TABLE b (x int, y int, z int, FOREIGN KEY (x, y) REFERENCES a);
CREATE INDEX ON b (y, x, z);
CREATE TABLE c (x int, y int, FOREIGN KEY (x, y) REFERENCES a);
CREATE INDEX ON c (x, y) WHERE x IS NOT NULL;
CREATE TABLE d (id int, x int, y int, FOREIGN KEY (x, y) REFERENCES a) PARTITION BY RANGE (id);
CREATE TABLE d1 PARTITION OF d DEFAULT;
CREATE INDEX ON d (x, y);
"""
    done = audited(tmp_path, empty_database_url, {"database.sql": sql})
    assert found(done, "key-without-index") == ["foreign key c_x_y_fkey of public.c (x, y) has no index"]


def test_a_trigger_by_ddl_is_declared(tmp_path: Path, empty_database_url: str) -> None:
    """``DDL("CREATE TRIGGER …")`` makes it with the table."""
    model = examples()["create-all-forgets"].bad["app/models.py"]
    trigger = 'CREATE TRIGGER "Stamp it" BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION f()'
    sql = f"""
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE notes (id integer PRIMARY KEY);
{trigger};
"""
    done = audited(tmp_path, empty_database_url, {"app/models.py": model, "database.sql": sql})
    assert len(found(done, "create-all-forgets")) == 1
    declared = f"{model}\n\nDDL({trigger!r})\n"
    done = audited(tmp_path, empty_database_url, {"app/models.py": declared, "database.sql": "SELECT 1"})
    assert found(done, "create-all-forgets") == []
