"""Create, drop and replace, for every kind of object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from alembic.autogenerate.render import render_op_text
from alembic.migration import MigrationContext
from alembic.operations import MigrateOperation, Operations
from alembic.operations.ops import UpgradeOps

from tests.autogen.stock.copying import compiled, options, rendered
from tests.catalog.names import quoted
from tests.catalog.test_copies import ZOO, catalog, run
from trueline.autogen.operations import statements
from trueline.autogen.operations.brackets import without_brackets
from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp, ReplaceObjectOp
from trueline.autogen.operations.undeclared import UndeclaredOp
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import (
    KINDS,
    Aggregate,
    CatalogObject,
    Comment,
    DefaultPrivileges,
    Extension,
    Function,
    Grant,
    Owner,
    Policy,
    Rule,
    Schema,
    Sequence,
    Trigger,
    View,
)
from trueline.testing import Servers
from trueline.testing.databases import new_database

#: What other operations make.
ELSEWHERE = {"table", "column"}


class Taken(Operations):
    """Takes what it is asked to do, and does nothing."""

    def __init__(self, context: MigrationContext) -> None:
        super().__init__(context)
        self.taken: list[Any] = []

    def invoke(self, operation: MigrateOperation) -> Any:
        self.taken.append(operation)


def again(operation: MigrateOperation) -> list[Any]:
    """What the revision's text does."""
    context = MigrationContext.configure(dialect_name="postgresql", opts=options())
    operations = Taken(context)
    compiled(rendered(context, [operation]), operations)()
    return operations.taken


@pytest.fixture(scope="module")
def zoo(trueline_servers: Servers) -> Iterator[Catalog]:
    with new_database(trueline_servers(18)) as url:
        yield from _zoo(url)


def _zoo(url: str) -> Iterator[Catalog]:
    role = quoted("@o")
    run(url, ZOO)
    run(url, f"CREATE ROLE {role}")
    run(url, f"ALTER DEFAULT PRIVILEGES FOR ROLE {role} IN SCHEMA {quoted('@s')} GRANT SELECT ON TABLES TO PUBLIC")
    run(url, quoted("GRANT SELECT ON @s.@t TO @o WITH GRANT OPTION; REVOKE EXECUTE ON FUNCTION @s.@x FROM PUBLIC"))
    yield catalog(url)
    run(url, f"DROP OWNED BY {role}; DROP ROLE {role}")


def bare(condition: str | None) -> str | None:
    """Without the brackets that the statement has anyway."""
    return condition and without_brackets(condition)


def usual(statement: str) -> str:
    """Without the spaces around a definition, and the name that PostgreSQL gives to a domain's NOT NULL anyway."""
    return statement.strip().replace(" CONSTRAINT user_not_null NOT NULL", " NOT NULL")


def test_a_revision_means_what_the_operation_means(zoo: Catalog) -> None:
    """Run from its text, an operation does to the same object what it does by itself, for all kinds there are."""
    things = [thing for thing in zoo if thing.kind not in ELSEWHERE]
    assert {thing.kind for thing in things} == set(KINDS) - ELSEWHERE
    for thing in things:
        [made] = again(CreateObjectOp(thing))
        assert isinstance(made, CreateObjectOp)
        assert made.thing.key == thing.key
        if isinstance(thing, Policy):
            thing = replace(thing, using=bare(thing.using), check=bare(thing.check))  # noqa: PLW2901 - the same policy
        assert list(statements.create(made.thing)) == [usual(each) for each in statements.create(thing)]
        assert isinstance(CreateObjectOp(thing).reverse(), DropObjectOp)
        assert isinstance(DropObjectOp(thing).reverse(), CreateObjectOp)
    assert len(things) > 80


def test_a_drop_means_what_it_says(zoo: Catalog) -> None:
    """The text of a drop drops the same object; constraints and indexes go by stock operations."""
    stock = {"primary_key", "unique", "check", "exclusion", "foreign_key", "index"}
    for thing in zoo:
        if thing.kind in ELSEWHERE | stock:
            continue
        [dropped] = again(DropObjectOp(thing))
        assert isinstance(dropped, DropObjectOp)
        assert dropped.thing.key == thing.key
        assert list(statements.drop(dropped.thing)) == list(statements.drop(thing))


@pytest.mark.parametrize("thing", [Schema("a"), Sequence("public", "b"), Function("c", "f", "integer", "")])
def test_the_difference_that_check_prints(thing: CatalogObject) -> None:
    """A word for what is done, and the name."""
    name = ".".join(thing.key[1:])
    assert CreateObjectOp(thing).to_diff_tuple() == (f"create_{thing.kind}", name)
    assert DropObjectOp(thing).to_diff_tuple() == (f"drop_{thing.kind}", name)
    assert ReplaceObjectOp(thing, thing).to_diff_tuple() == (f"replace_{thing.kind}", name)
    assert UndeclaredOp(thing).to_diff_tuple() == (f"undeclared_{thing.kind}", name)


def text_of(operation: MigrateOperation, default_schema: str = "public") -> str:
    from alembic.autogenerate.api import AutogenContext

    given = options(trueline_default_schema=default_schema)
    return render_op_text(AutogenContext(MigrationContext.configure(dialect_name="postgresql", opts=given)), operation)


@pytest.mark.parametrize(
    ("operation", "text"),
    [
        (CreateObjectOp(Schema("core")), "op.create_schema('core')"),
        (CreateObjectOp(Extension("citext", "public", "")), "op.create_extension('citext')"),
        (
            CreateObjectOp(Extension("citext", "ext", "1.6")),
            "op.create_extension('citext', version='1.6', schema='ext')",
        ),
        (CreateObjectOp(Sequence("core", "n", start=5)), "op.create_sequence('n', start=5, schema='core')"),
        (
            CreateObjectOp(View("public", "v", " SELECT 1 AS a;")),
            "op.create_view('v', 'SELECT 1 AS a')",
        ),
        (
            CreateObjectOp(View("core", "v", "SELECT 1", ("security_invoker=true",))),
            "op.create_view('v', 'SELECT 1', options={'security_invoker': 'true'}, schema='core')",
        ),
        (
            CreateObjectOp(Policy("core", "t", "p", "SELECT", using="(a > 0)")),
            "op.create_policy('p', 't', command='SELECT', using='a > 0', schema='core')",
        ),
        (DropObjectOp(Function("core", "f", "integer", "")), "op.drop_function('f', 'integer', schema='core')"),
        (DropObjectOp(Trigger("public", "t", "g", "")), "op.drop_trigger('g', 't')"),
        (CreateObjectOp(Comment(("schema", "core"), "ours")), "op.set_comment('schema', 'core', 'ours')"),
        (DropObjectOp(Comment(("view", "core", "v"), "x")), "op.drop_comment('view', 'v', schema='core')"),
        (
            CreateObjectOp(Grant(("table", "core", "t"), "reader", ("SELECT",))),
            "op.set_privileges('table', 't', 'reader', ['SELECT'], schema='core')",
        ),
        (
            CreateObjectOp(Grant(("column", "core", "t", "c"), "reader", ("SELECT",))),
            "op.set_privileges('column', 'c', 'reader', ['SELECT'], table='t', schema='core')",
        ),
        (
            CreateObjectOp(Owner(("function", "core", "f", "text"), "boss")),
            "op.set_owner('function', 'f', 'boss', arguments='text', schema='core')",
        ),
        (
            DropObjectOp(DefaultPrivileges("boss", "core", "TABLES", "public", ("SELECT",))),
            "op.reset_default_privileges('boss', 'TABLES', 'public', schema='core')",
        ),
        (
            ReplaceObjectOp(View("public", "v", "SELECT 1 AS a"), View("public", "v", "SELECT 2 AS a")),
            "op.replace_view('v', 'SELECT 2 AS a')",
        ),
        (
            ReplaceObjectOp(
                View("public", "v", "SELECT 1 AS a", defaults=(("a", "7"),)), View("public", "v", "SELECT 2 AS a")
            ),
            "op.replace_view('v', 'SELECT 2 AS a')\nop.alter_view('v', 'ALTER COLUMN a DROP DEFAULT')",
        ),
        (
            ReplaceObjectOp(Policy("public", "t", "p"), Policy("public", "t", "p", "INSERT")),
            "op.drop_policy('p', 't')\nop.create_policy('p', 't', command='INSERT')",
        ),
        (
            ReplaceObjectOp(Rule("a", "t", "r", "x"), Rule("a", "t", "r", "x", "disabled")),
            "op.alter_table('t', 'DISABLE RULE r', schema='a')",
        ),
        (
            ReplaceObjectOp(Comment(("schema", "a"), "x"), Comment(("schema", "a"), "y")),
            "op.set_comment('schema', 'a', 'y')",
        ),
        (UndeclaredOp(Schema("a")), ""),
    ],
)
def test_it_reads_as_a_developer_would_write_it(operation: MigrateOperation, text: str) -> None:
    """Name first, what is usual left out, ``schema`` last unless it is the default."""
    assert text_of(operation) == text


def test_another_default_schema() -> None:
    """What the connection's search path begins with needs no naming."""
    made = CreateObjectOp(Sequence("core", "n"))
    assert text_of(made, "core") == "op.create_sequence('n')"
    assert text_of(CreateObjectOp(Sequence("public", "n")), "core") == "op.create_sequence('n', schema='public')"


def test_what_was_replaced_in_a_revision_is_not_known() -> None:
    """The way back of a replacement says so where only the new definition is there."""
    made = again(ReplaceObjectOp(None, Aggregate("a", "f", "integer", "CREATE AGGREGATE x")))
    assert text_of(made[0].reverse()).startswith("# what aggregate a.f.integer was before is not known")
    one, two = Sequence("a", "x"), Sequence("a", "x", start=3)
    back = ReplaceObjectOp(one, two).reverse()
    assert isinstance(back, ReplaceObjectOp)
    assert (back.old, back.new) == (two, one)


def test_undeclared_objects_are_a_difference() -> None:
    """``alembic check`` counts them, and a revision has no line for them."""
    found = UpgradeOps([UndeclaredOp(Schema("a"))])
    assert found.as_diffs() == [("undeclared_schema", "a")]
    assert found.ops[0].reverse().to_diff_tuple() == ("undeclared_schema", "a")
