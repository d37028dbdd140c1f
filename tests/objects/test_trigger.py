"""Triggers."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from tests.objects.drive import created, one, orders
from trueline.catalog.objects import Trigger as CatalogTrigger
from trueline.errors import TruelineError
from trueline.objects import Function, Trigger, View


def touch(metadata: sa.MetaData) -> Function:
    return Function("touch", returns="trigger", body="BEGIN RETURN NEW; END", schema="shop", metadata=metadata)


CASES: list[tuple[dict[str, Any], str]] = [
    (
        {"timing": "before", "events": "insert"},
        "BEFORE INSERT ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.touch()",
    ),
    (
        {"timing": "before", "events": ["INSERT", "update"], "columns": ["note", "total"], "when": "NEW.note <> '%'"},
        "BEFORE INSERT OR UPDATE OF note, total ON shop.orders FOR EACH ROW WHEN ((new.note <> '%'::text)) "
        "EXECUTE FUNCTION shop.touch()",
    ),
    (
        {"events": "delete or truncate", "for_each": "statement", "arguments": ("it's", "%s")},
        "AFTER DELETE OR TRUNCATE ON shop.orders FOR EACH STATEMENT EXECUTE FUNCTION shop.touch('it''s', '%s')",
    ),
    (
        {"events": ["update"], "for_each": "statement", "old_table": "old", "new_table": "New"},
        'AFTER UPDATE ON shop.orders REFERENCING OLD TABLE AS old NEW TABLE AS "New" FOR EACH STATEMENT '
        "EXECUTE FUNCTION shop.touch()",
    ),
    (
        {"events": ["update"], "initially_deferred": True, "references": "shop.orders"},
        "AFTER UPDATE ON shop.orders FROM shop.orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
        "EXECUTE FUNCTION shop.touch()",
    ),
]


@pytest.mark.parametrize(("options", "expected"), CASES)
def test_trigger(empty_database_url: str, options: dict[str, Any], expected: str) -> None:
    """Each option of CREATE TRIGGER can be said."""
    metadata = sa.MetaData()
    table = orders(metadata)
    Trigger('tg "%s"', on=table, function=touch(metadata), comment="c", **options)
    catalog = created(metadata, empty_database_url)
    found = one(catalog, "trigger", "shop", "orders", 'tg "%s"')
    assert isinstance(found, CatalogTrigger)
    assert found.definition.partition('"tg ""%s""" ')[2] == expected
    assert ("comment", *found.key) in catalog


@pytest.mark.parametrize("enabled", ["origin", "replica", "always", "disabled"])
def test_state(any_empty_url: str, enabled: Any) -> None:
    """A trigger is created in its state."""
    metadata = sa.MetaData()
    Trigger("tg", on=orders(metadata), function=touch(metadata), events="insert", enabled=enabled)
    found = one(created(metadata, any_empty_url), "trigger", "shop", "orders", "tg")
    assert isinstance(found, CatalogTrigger)
    assert found.enabled == enabled


def test_trigger_of_a_view(any_empty_url: str) -> None:
    """What stands on a view is created after it, whichever was declared first."""
    metadata = sa.MetaData()
    orders(metadata)
    Trigger("tg", on="shop.v", function="shop.touch", timing="instead of", events="insert", metadata=metadata)
    View("v", "SELECT * FROM shop.orders", schema="shop", metadata=metadata)
    touch(metadata)
    one(created(metadata, any_empty_url), "trigger", "shop", "v", "tg")


@pytest.mark.parametrize("table", ['"On"', '"shop"."orders"', 'shop."orders"', "Shop . Orders"])
def test_whole_statement(table: str) -> None:
    """The table and the name are read from the statement, however they are written."""
    statement = f'CREATE OR REPLACE TRIGGER "ON" BEFORE UPDATE OF "on" ON {table} FOR EACH ROW EXECUTE FUNCTION f();'
    trigger = Trigger.from_sql(statement, metadata=sa.MetaData(), enabled="disabled")
    assert trigger.name == "ON"
    assert trigger.place in {(None, "On"), ("shop", "orders")}
    assert list(trigger.create_sql())[1].endswith('DISABLE TRIGGER "ON"')


def test_whole_statement_can_be_run(any_empty_url: str) -> None:
    """A trigger given as a statement is one like any other."""
    metadata = sa.MetaData()
    orders(metadata)
    touch(metadata)
    Trigger.from_sql(
        "CREATE CONSTRAINT TRIGGER tg AFTER INSERT ON shop.orders DEFERRABLE FOR EACH ROW "
        "EXECUTE FUNCTION shop.touch()",
        metadata=metadata,
        comment="c",
    )
    assert ("comment", "trigger", "shop", "orders", "tg") in created(metadata, any_empty_url)


@pytest.mark.parametrize("text", ["CREATE TRIGGER", "CREATE TRIGGER tg BEFORE INSERT", "CREATE VIEW v AS SELECT 1", ""])
def test_another_statement_is_refused(text: str) -> None:
    """What creates no trigger is no declaration of one."""
    with pytest.raises(TruelineError, match="this creates no trigger"):
        Trigger.from_sql(text, metadata=sa.MetaData())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"events": "insert"}, "says not when it fires, or what it calls"),
        ({"function": "f"}, "says not when it fires, or what it calls"),
        ({"function": "s.f()", "events": "insert"}, "calls 's.f\\(\\)', which is a call and no name"),
        ({"function": "f", "events": "select"}, "has events 'select'"),
        ({"function": "f", "events": "insert", "timing": "during"}, "has timing 'during'"),
        ({"function": "f", "events": "insert", "for_each": "table"}, "has for_each 'table'"),
        ({"function": "f", "events": "insert", "enabled": "yes"}, "has enabled 'yes'"),
        ({"function": "f", "events": "insert", "columns": ["a"]}, "names columns, but does not fire on update"),
    ],
)
def test_wrong_words_are_refused(options: dict[str, Any], message: str) -> None:
    """The error names trigger, table and line, and the words that there are."""
    with pytest.raises(TruelineError, match=f"trigger tg of shop.orders {message}") as caught:
        Trigger("tg", on=orders(sa.MetaData()), **options)
    assert "test_trigger.py:" in caught.value.where[0]
    assert caught.value.fix


def test_a_table_has_one_of_a_name() -> None:
    """The second one is an error that names both places; another table may have it too."""
    metadata = sa.MetaData()
    table = orders(metadata)
    Trigger("tg", on=table, function="f", events="insert")
    Trigger("tg", on="shop.others", function="f", events="insert", metadata=metadata)
    with pytest.raises(TruelineError, match=r"trigger tg of shop\.orders is declared twice") as caught:
        Trigger("tg", on="shop.orders", function="f", events="insert", metadata=metadata)
    assert len(caught.value.where) == 2
