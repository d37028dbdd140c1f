"""Operations on a server: what they do, what they leave behind, and the same offline."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import MigrateOperation, Operations
from alembic.operations.ops import DropTableOp, UpgradeOps
from sqlalchemy.pool import NullPool

from tests.autogen.stock.copying import offline, options, upgrade
from tests.autogen.stock.test_stock_cases import applies
from tests.autogen.workshop import Workshop
from tests.catalog.cases import Case, read_cases
from tests.catalog.names import bare
from tests.catalog.test_copies import catalog, run, run_tool
from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.operations.enum_value import AddEnumValueOp, RenameEnumValueOp
from trueline.autogen.operations.note import NoteOp
from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp, ReplaceObjectOp
from trueline.autogen.operations.partition import CreatePartitionOp
from trueline.autogen.operations.rename_table import RenameTable
from trueline.autogen.operations.table import CreateTableSqlOp, DropTableSqlOp
from trueline.catalog.diff import diff
from trueline.catalog.objects import CatalogObject, Comment, Enum, Function, Rule, Schema, Sequence, View
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

KINDS = (
    *("function", "procedure", "aggregate", "view", "materialized_view", "trigger", "rule", "policy", "statistics"),
    *("comment", "owner", "grant", "default_privileges"),
)


@pytest.mark.parametrize("given", [case for kind in KINDS for case in read_cases(kind)], ids=lambda given: given.name)
def test_a_case_comes_and_goes(given: Case, workshop: Workshop) -> None:
    """What a case changes of an object is created, replaced and dropped by operations, there and back."""
    version = workshop.original.info.server_version // 10000
    if not applies(given, version) or "clustered" in given.fields:
        pytest.skip(f"not for PostgreSQL {version}, or nothing that is replaced")
    key = bare(given.key)
    old, new = workshop.make(given.setup, given.change)
    workshop.begin(given.setup)
    for before, after in ((old, new), (new, old)):
        one, two = before.get(key), after.get(key)
        text = workshop.run(changing(one, two))
        found = diff(after.own(), workshop.read().own()).essential()
        # A materialized view that is made anew has lost its index.
        assert [each for each in found if "index" not in repr(each)[:20].lower()] == [], text


def changing(one: CatalogObject | None, two: CatalogObject | None) -> list[MigrateOperation]:
    """One operation, but for a routine whose arguments or result differ: CREATE OR REPLACE refuses those."""
    if one is None or two is None:
        return [CreateObjectOp(two)] if two else [DropObjectOp(one)] if one else []
    if isinstance(one, Function) and isinstance(two, Function) and call_of(one) != call_of(two):
        return [DropObjectOp(one), CreateObjectOp(two)]
    return [ReplaceObjectOp(one, two)]


def call_of(function: Function) -> tuple[str, str]:
    return (function.signature, function.result)


BODY = "BEGIN\n\tRETURN ':a %s %% \\d \\\\ '' \" $1' || $2; -- \u00fc:x\n\n  END"
FUNCTION = Function(
    "public",
    "odd",
    "text",
    'CREATE OR REPLACE FUNCTION public.odd(":b %s" text)\n RETURNS text\n LANGUAGE plpgsql\n'
    f"AS $function$\n{BODY}\n$function$\n",
)


def body(url: str) -> str:
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT prosrc FROM pg_proc WHERE proname = 'odd'").scalar_one()
    engine.dispose()
    return str(found)


def test_every_character_arrives(any_empty_url: str) -> None:
    """Colons, percent signs, backslashes, tabs and dollars of a body are what the revision says."""
    upgrade(any_empty_url, [CreateObjectOp(FUNCTION)])
    assert body(any_empty_url) == f"\n{BODY}\n"


def test_every_character_arrives_offline(any_server: Server, make_database: MakeDatabase) -> None:
    """In a script for a DBA, too."""
    url = make_database(any_server)
    run_tool(any_server, "psql", url, "--quiet", "--set=ON_ERROR_STOP=1", given=offline([CreateObjectOp(FUNCTION)]))
    assert body(url) == f"\n{BODY}\n"


def test_a_body_may_use_what_comes_later(any_empty_url: str) -> None:
    """PostgreSQL does not look into a body while it is created, and does so again afterwards."""
    sql = "CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM later'"
    seen: list[Any] = []

    operation = CreateObjectOp(Function("public", "f", "", sql))
    engine = sa.create_engine(any_empty_url, poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options())
        with context.begin_transaction():
            Operations(context).invoke(operation)
            seen.append(connection.exec_driver_sql("SHOW check_function_bodies").scalar_one())
            Operations(context).invoke(ReplaceObjectOp(None, operation.thing))
        seen.append(connection.exec_driver_sql("SHOW check_function_bodies").scalar_one())
    engine.dispose()
    assert seen == ["on", "on"]
    assert offline([operation]).startswith(f"SET LOCAL check_function_bodies = off;\n\n{sql};\n\nSET LOCAL")


def labels(url: str) -> tuple[str, ...]:
    found = catalog(url)["enum", "public", "kind"]
    assert isinstance(found, Enum)
    return found.labels


def test_enum_values_come_at_their_place(any_empty_url: str) -> None:
    """Before, after, or last; a second run of the same changes nothing."""
    run(any_empty_url, "CREATE TYPE kind AS ENUM ('b', 'd')")
    added = [
        AddEnumValueOp(None, "kind", "a", before="b"),
        AddEnumValueOp(None, "kind", "c'%s:x", after="b"),
        AddEnumValueOp("public", "kind", "e"),
    ]
    upgrade(any_empty_url, added)
    text = upgrade(any_empty_url, [*added, RenameEnumValueOp(None, "kind", "c'%s:x", "c")])
    assert labels(any_empty_url) == ("a", "b", "c", "d", "e")
    assert "op.add_enum_value('kind', 'a', before='b')" in text
    assert "op.rename_enum_value('kind', \"c'%s:x\", 'c')" in text


def using_the_value(commit: bool) -> list[MigrateOperation]:
    return [
        CreateObjectOp(Sequence("public", "before")),
        AddEnumValueOp(None, "kind", "new", commit=commit),
        AlterObjectOp(("table", "public", "t"), "ALTER COLUMN k SET DEFAULT 'new'"),
    ]


SETUP = "CREATE TYPE kind AS ENUM ('old'); CREATE TABLE t (k kind)"


def test_a_new_value_can_be_used_once_it_is_committed(any_empty_url: str) -> None:
    """With ``commit`` later statements of the revision may use the value; without it PostgreSQL refuses."""
    run(any_empty_url, SETUP)
    with pytest.raises(sa.exc.OperationalError, match="unsafe use of new value"):
        upgrade(any_empty_url, using_the_value(commit=False))
    assert labels(any_empty_url) == ("old",)
    upgrade(any_empty_url, using_the_value(commit=True))
    assert labels(any_empty_url) == ("old", "new")


def test_a_new_value_can_be_used_in_a_script(any_server: Server, make_database: MakeDatabase) -> None:
    """Offline the transaction is closed before the value and opened after it."""
    url = make_database(any_server)
    run(url, SETUP)
    script = offline(using_the_value(commit=True))
    assert script.index("COMMIT;") < script.index("ADD VALUE IF NOT EXISTS 'new'") < script.index("BEGIN;")
    run_tool(any_server, "psql", url, "--quiet", "--set=ON_ERROR_STOP=1", given=f"BEGIN;\n{script}\nCOMMIT;")
    assert labels(url) == ("old", "new")


def test_a_value_comes_inside_of_somebody_elses_transaction(any_empty_url: str) -> None:
    """Where a program has begun the transaction nothing is committed in its place."""
    run(any_empty_url, SETUP)
    engine = sa.create_engine(any_empty_url, poolclass=NullPool)
    with engine.connect() as connection, connection.begin() as transaction:
        context = MigrationContext.configure(connection, opts=options())
        with context.begin_transaction():
            Operations(context).invoke(AddEnumValueOp(None, "kind", "new", commit=True))
        transaction.rollback()
    engine.dispose()
    assert labels(any_empty_url) == ("old",)


def test_the_way_back_of_a_value_is_a_note() -> None:
    """PostgreSQL cannot take a value out, and the reverse says so."""
    added = AddEnumValueOp("core", "kind", "new")
    assert "cannot remove the value 'new' from core.kind" in added.reverse().text
    assert added.to_diff_tuple() == ("add_enum_value", "core.kind", "new")
    back = RenameEnumValueOp("core", "kind", "a", "b").reverse()
    assert (back.old, back.new) == ("b", "a")
    assert back.to_diff_tuple() == ("rename_enum_value", "core.kind", "b", "a")


def test_partitions(any_empty_url: str) -> None:
    """In the parent's schema or another one, and partitioned again."""
    run(any_empty_url, "CREATE SCHEMA s; CREATE TABLE p (a integer, b text) PARTITION BY LIST (b)")
    operations = [
        CreatePartitionOp("rest", "p", "DEFAULT"),
        CreatePartitionOp("odd", "p", "FOR VALUES IN (':a %')", schema="s", parent_schema="public"),
        CreatePartitionOp("more", "p", "FOR VALUES IN ('x')", partition_by="RANGE (a)"),
        CreatePartitionOp("most", "more", "FOR VALUES FROM (1) TO (2)"),
    ]
    text = upgrade(any_empty_url, operations)
    assert "op.create_partition('odd', 'p', \"FOR VALUES IN (':a %')\", parent_schema='public', schema='s')" in text
    keys = {thing.key for thing in catalog(any_empty_url)}
    assert {("table", "s", "odd"), ("table", "public", "most")} <= keys
    upgrade(any_empty_url, [each.reverse() for each in reversed(operations)])
    assert [thing.key[2] for thing in catalog(any_empty_url) if thing.kind == "table"] == ["p"]


def test_an_alter_is_taken_back(any_empty_url: str) -> None:
    """Undo does so, on the object's new name where it got one."""
    run(any_empty_url, "CREATE TABLE t (a text)")
    before = catalog(any_empty_url)
    operations = [
        AlterObjectOp(("table", "public", "t"), "SET (fillfactor = 70)", "RESET (fillfactor)"),
        AlterObjectOp(("table", "public", "t"), 'RENAME TO "U"', "RENAME TO t"),
    ]
    upgrade(any_empty_url, operations)
    assert ("table", "public", "U") in catalog(any_empty_url)
    upgrade(any_empty_url, [each.reverse() for each in reversed(operations)])
    assert list(diff(before, catalog(any_empty_url))) == []
    unknown = AlterObjectOp(("table", "public", "t"), "SET LOGGED").reverse()
    assert isinstance(unknown, NoteOp)
    assert operations[0].to_diff_tuple() == ("alter_table", "public.t", "SET (fillfactor = 70)")


def test_a_replay_knows_what_operations_made(any_empty_url: str) -> None:
    """Keys come with a create, go with a drop, and follow renames of the object, its table and its schema."""
    created: set[tuple[str, ...]] = set()
    run(any_empty_url, "CREATE TABLE t (a integer); CREATE TABLE raw (a integer)")

    def keys(*operations: MigrateOperation) -> set[tuple[str, ...]]:
        upgrade(any_empty_url, operations, trueline_created=created)
        return created

    view = View("s", "v", "SELECT 1 AS a")
    assert keys(CreateObjectOp(Schema("s")), CreateObjectOp(view)) == {("schema", "s"), view.key}
    renamed = AlterObjectOp(view.key, 'RENAME TO "W"')
    assert keys(renamed) == {("schema", "s"), ("view", "s", "W")}
    assert keys(AlterObjectOp(("schema", "s"), "RENAME TO r")) == {("schema", "r"), ("view", "r", "W")}
    moved = AlterObjectOp(("view", "r", "W"), "SET SCHEMA public")
    assert keys(moved) == {("schema", "r"), ("view", "public", "W")}
    rule = "CREATE RULE u AS ON DELETE TO public.t DO INSTEAD NOTHING"
    keys(CreateObjectOp(Rule("public", "t", "u", rule)), CreateObjectOp(Comment(("rule", "public", "t", "u"), "x")))
    keys(AlterObjectOp(("table", "public", "t"), "RENAME TO q"))
    assert {("rule", "public", "q", "u"), ("comment", "rule", "public", "q", "u")} <= created
    keys(RenameTable("q", "w"))
    assert {("rule", "public", "w", "u"), ("comment", "rule", "public", "w", "u")} <= created
    keys(DropObjectOp(View("public", "W", "")), DropObjectOp(Schema("r")))
    assert created == {("rule", "public", "w", "u"), ("comment", "rule", "public", "w", "u")}
    assert keys(DropTableOp("w")) == set()
    kind = Enum("public", "k", ("a",))
    assert keys(CreateObjectOp(kind), AlterObjectOp(kind.key, "RENAME TO m")) == {("enum", "public", "m")}


def test_a_table_by_its_own_statement(any_empty_url: str) -> None:
    """The way back of a table that only SQL can say is known, too."""
    run(any_empty_url, "CREATE TYPE pair AS (a integer, b text)")
    made = CreateTableSqlOp("public", "typed", "CREATE TABLE public.typed OF public.pair")
    text = upgrade(any_empty_url, [made])
    assert "op.create_table_sql('typed', 'CREATE TABLE public.typed OF public.pair')" in text
    assert ("table", "public", "typed") in catalog(any_empty_url)
    upgrade(any_empty_url, [made.reverse()])
    assert ("table", "public", "typed") not in catalog(any_empty_url)
    upgrade(any_empty_url, [made.reverse().reverse()])
    assert ("table", "public", "typed") in catalog(any_empty_url)
    assert "is not known" in DropTableSqlOp("s", "far", foreign=True).reverse().to_diff_tuple()[1]
    assert made.to_diff_tuple() == ("create_table", "public.typed")


def test_a_note_is_a_comment_and_no_difference(any_empty_url: str) -> None:
    """It stands in the revision, whatever is in it, and does nothing."""
    note = NoteOp("destructive: drops core.t:\n  for x in y:")
    text = upgrade(any_empty_url, [note, CreateObjectOp(Sequence("public", "n"))])
    assert "    # destructive: drops core.t:\n    #   for x in y:\n    op.create_sequence('n')" in text
    assert UpgradeOps([note]).as_diffs() == []
    assert note.reverse() is note
