"""Differences in words."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.catalog.test_cases import IDENTIFYING, IDENTIFYING_ROLE
from trueline.catalog.describe import describe
from trueline.catalog.diff import Changed, differing
from trueline.catalog.objects import (
    KINDS,
    Attribute,
    CatalogObject,
    Check,
    Column,
    Comment,
    Composite,
    DefaultPrivileges,
    Domain,
    DomainCheck,
    Enum,
    Extension,
    ForeignKey,
    Function,
    Generated,
    Grant,
    Identity,
    Index,
    KeyFiring,
    MaterializedView,
    NotNull,
    Origin,
    Owner,
    Policy,
    PrimaryKey,
    Schema,
    Sequence,
    Table,
    Trigger,
    View,
)

COLUMN = Column("shop", "order", "note", "integer")
KEY = ForeignKey(
    "shop", "order", "fk", "FOREIGN KEY (a) REFERENCES s.t(id)", ("a",), ("s", "t"), referenced_columns=("id",)
)
INDEX = Index("shop", "ix", "order", 'CREATE INDEX ix ON shop."order" USING btree (a)')
ENUM = Enum("shop", "state", ("open", "done"))
BODY = "CREATE OR REPLACE FUNCTION shop.f(a integer)\n RETURNS integer\n LANGUAGE sql\nAS $function$\n{}\n$function$\n"
FUNCTION = Function("shop", "f", "integer", BODY.format("SELECT 1"), signature="a integer", result="integer")
VIEW = View(
    "shop", "v", " SELECT a,\n    b\n   FROM t\n  WHERE x\n  ORDER BY a;", columns=(("a", "text"), ("b", "text"))
)
POLICY = Policy("shop", "order", "p", using="(a > 0)")

#: Added objects.
NEW = [
    (Schema("Shop"), '+ schema "Shop"'),
    (Extension("hstore", "public", "1.8"), "+ extension hstore: version 1.8, in schema public"),
    (Table("shop", "order"), '+ table shop."order"'),
    (
        Table("shop", "a", "unlogged", parents=(("shop", "b"),), bound="FOR VALUES IN (1)"),
        "+ table shop.a: unlogged, partition of shop.b, FOR VALUES IN (1)",
    ),
    (COLUMN, '+ column shop."order".note: integer'),
    (
        replace(COLUMN, type="text", collation='"C"', not_null=True, default="'x'::text"),
        '+ column shop."order".note: text, collation "C", not null, default \'x\'::text',
    ),
    (
        replace(COLUMN, identity=Identity(True, ("shop", "q"))),
        '+ column shop."order".note: integer, identity always',
    ),
    (
        replace(COLUMN, generated=Generated("(a + 1)")),
        '+ column shop."order".note: integer, generated (a + 1) stored',
    ),
    (KEY, '+ foreign key shop."order".fk: FOREIGN KEY (a) REFERENCES s.t(id)'),
    (INDEX, '+ index shop.ix: on shop."order" USING btree (a)'),
    (ENUM, "+ enum shop.state: 'open', 'done'"),
    (
        Domain("shop", "d", "text", True, checks=(DomainCheck("c", "CHECK ((VALUE <> ''::text))"),)),
        "+ domain shop.d: text, not null, c CHECK ((VALUE <> ''::text))",
    ),
    (
        Composite("shop", "c", (Attribute("a", "text"), Attribute("b", "integer"))),
        "+ composite shop.c: a text, b integer",
    ),
    (
        Sequence("shop", "q", "smallint", start=5, cycle=True, owned_by=("column", "shop", "t", "a")),
        "+ sequence shop.q: smallint, start 5, cycle, owned by shop.t.a",
    ),
    (FUNCTION, "+ function shop.f(integer): returns integer"),
    (VIEW, "+ view shop.v: columns a, b"),
    (
        Trigger("shop", "t", "tr", "CREATE TRIGGER tr BEFORE INSERT ON shop.t FOR EACH ROW EXECUTE FUNCTION f()"),
        "+ trigger shop.t.tr: BEFORE INSERT ON shop.t FOR EACH ROW EXECUTE FUNCTION f()",
    ),
    (POLICY, '+ policy shop."order".p: permissive, for ALL to public, using (a > 0)'),
    (Comment(("table", "shop", "t"), "it's\nso"), "+ comment on table shop.t: 'it''s so'"),
    (Owner(("function", "s", "f", "text, integer"), "app"), "+ owner of function s.f(text, integer): app"),
    (
        Grant(("column", "s", "t", "a"), "app", ("SELECT", "UPDATE")),
        "+ privileges on column s.t.a: app: SELECT, UPDATE",
    ),
    (Grant(("function", "s", "f", ""), "public"), "+ privileges on function s.f(): public: nothing"),
    (
        DefaultPrivileges("owner", "", "TABLES", "app", ("SELECT",)),
        "+ default privileges owner for tables in any schema: app: SELECT",
    ),
]

#: A change, and the words for it behind the name.
CHANGES: list[tuple[CatalogObject, CatalogObject, str]] = [
    (COLUMN, replace(COLUMN, type="bigint"), "type: integer -> bigint"),
    (COLUMN, replace(COLUMN, default="now()"), "default: none -> now()"),
    (
        COLUMN,
        replace(COLUMN, not_null=True, not_null_constraint=NotNull("n")),
        "NULL allowed -> NOT NULL",
    ),
    (replace(COLUMN, not_null=True), COLUMN, "NOT NULL -> NULL allowed"),
    (
        replace(COLUMN, not_null_constraint=NotNull("n")),
        replace(COLUMN, not_null_constraint=NotNull("m", False, False)),
        "name of the NOT NULL: n -> m; NOT NULL valid: yes -> no; NOT NULL inherited by children: yes -> no",
    ),
    (
        replace(COLUMN, identity=Identity(False, ("s", "q"))),
        replace(COLUMN, identity=Identity(True, ("s", "r"), start=5, cycle=True)),
        "identity: by default -> always; identity start: 1 -> 5; identity cycle: no -> yes; "
        "identity sequence: s.q -> s.r",
    ),
    (COLUMN, replace(COLUMN, identity=Identity(True, ("s", "q"))), "identity: none -> always"),
    (replace(COLUMN, generated=Generated("a")), COLUMN, "generated: a stored -> no"),
    (
        COLUMN,
        replace(COLUMN, storage="external", statistics=300, compression="lz4", collation='"C"'),
        'collation: default -> "C"; storage: default -> external; compression: default -> lz4; '
        "statistics target: default -> 300",
    ),
    (
        replace(COLUMN, options=("n_distinct=5",)),
        replace(COLUMN, options=("n_distinct=6",)),
        "option n_distinct: 5 -> 6",
    ),
    (
        replace(COLUMN, origin=Origin("inherited", ("column", "s", "t", "a")), local=False),
        COLUMN,
        "declared here: no -> yes; came with: column s.t.a -> nothing",
    ),
    (
        Table("s", "t"),
        Table("s", "t", "unlogged", options=("fillfactor=70",), row_security=True, replica_identity="full"),
        "persistence: permanent -> unlogged; option fillfactor: none -> 70; row security: off -> on; "
        "replica identity: default -> full",
    ),
    (
        Table("s", "t"),
        Table("s", "t", replica_identity="index", replica_index="order"),
        'replica identity: default -> index "order"',
    ),
    (
        Table("s", "t", replica_identity="index", replica_index="a"),
        Table("s", "t", replica_identity="index", replica_index="b"),
        "replica identity: index: a -> b",
    ),
    (Table("s", "t"), Table("s", "t", parents=(("s", "p"), ("s", "order"))), 'parents: none -> s.p, s."order"'),
    (
        Table("s", "t", column_order=("a", "B")),
        Table("s", "t", column_order=("B", "a")),
        'column order: a, "B" -> "B", a',
    ),
    (ENUM, replace(ENUM, labels=("open", "paused", "done")), "labels: + 'paused' after 'open'"),
    (ENUM, replace(ENUM, labels=("new", "open")), "labels: + 'new' before 'open', - 'done'"),
    (ENUM, replace(ENUM, labels=("done", "open")), "order of labels: 'open', 'done' -> 'done', 'open'"),
    (
        Composite("s", "c", (Attribute("a", "text"), Attribute("b", "text"))),
        Composite("s", "c", (Attribute("b", "integer"), Attribute("C", "text", '"x"'))),
        'attribute + "C" text collation "x"; attribute - a; attribute b: text -> integer',
    ),
    (
        Domain("s", "d", "text", checks=(DomainCheck("a", "CHECK (a)"), DomainCheck("b", "CHECK (b)", False))),
        Domain("s", "d", "text", checks=(DomainCheck("b", "CHECK (b)"), DomainCheck("c", "CHECK (c)"))),
        "check + c CHECK (c); check - a; check b valid: no -> yes",
    ),
    (KEY, replace(KEY, definition="…", on_delete="CASCADE"), "on delete: NO ACTION -> CASCADE"),
    (
        KEY,
        replace(
            KEY, definition="…", references=("s", "u"), columns=("b",), referenced_columns=("x",), deferrable="deferred"
        ),
        "columns: a -> b; references: s.t (id) -> s.u (x); deferrable: no -> deferred",
    ),
    (KEY, replace(KEY, definition=f"{KEY.definition} NOT VALID", valid=False), "valid: yes -> no"),
    (
        replace(KEY, referenced_columns=()),
        replace(KEY, referenced_columns=(), definition="FOREIGN KEY (a) REFERENCES s.t(id) ON DELETE CASCADE"),
        "definition: FOREIGN KEY (a) REFERENCES s.t(id) -> FOREIGN KEY (a) REFERENCES s.t(id) ON DELETE CASCADE",
    ),
    (
        PrimaryKey("s", "t", "pk", "PRIMARY KEY (a)", ("a",)),
        PrimaryKey("s", "t", "pk", "PRIMARY KEY (a, b)", ("a", "b")),
        "definition: PRIMARY KEY (a) -> PRIMARY KEY (a, b)",
    ),
    (
        Check("s", "t", "c", "CHECK ((a > 0))"),
        Check("s", "t", "c", "CHECK ((a > 0)) NOT VALID", valid=False),
        "valid: yes -> no",
    ),
    (
        INDEX,
        replace(INDEX, definition='CREATE UNIQUE INDEX ix ON shop."order" USING btree (a)'),
        'definition: on shop."order" USING btree (a) -> unique, on shop."order" USING btree (a)',
    ),
    (
        INDEX,
        replace(INDEX, definition=f"{INDEX.definition} WITH (fillfactor='70')", options=("fillfactor=70",)),
        "option fillfactor: none -> 70",
    ),
    (INDEX, replace(INDEX, statistics=((2, 55),)), "statistics target of column 2: default -> 55"),
    (
        FUNCTION,
        replace(FUNCTION, definition=BODY.format("SELECT 2")),
        "definition: 1 of 6 lines differs: SELECT 1 -> SELECT 2",
    ),
    (FUNCTION, replace(FUNCTION, definition=BODY.format("SELECT 2\n;")), "definition: 2 of 7 lines differ"),
    (
        FUNCTION,
        replace(FUNCTION, definition=BODY.replace("integer\n", "bigint\n").format("SELECT 1"), result="bigint"),
        "returns: integer -> bigint",
    ),
    (VIEW, replace(VIEW, definition="SELECT a,\n b"), "definition: 4 of 5 lines differ"),
    (
        replace(VIEW, definition=" SELECT 1 AS a;"),
        replace(VIEW, definition=" SELECT 2 AS a;", options=("security_barrier=true",), defaults=(("a", "5"),)),
        "definition: SELECT 1 AS a -> SELECT 2 AS a; option security_barrier: none -> true; default a: none -> 5",
    ),
    (
        MaterializedView("s", "v", "x", settings=(("a", "SET STATISTICS 4"),)),
        MaterializedView("s", "v", "x", settings=(("a", "SET STATISTICS 5"),)),
        "column a: SET STATISTICS 5; column a: no longer SET STATISTICS 4",
    ),
    (
        Trigger("s", "t", "x", "…", "disabled"),
        Trigger("s", "t", "x", "…", "replica"),
        "disabled -> enabled on replicas only",
    ),
    (
        replace(KEY, firing=(KeyFiring("insert", ("shop", "order"), "disabled"),)),
        replace(KEY, firing=(KeyFiring("referenced update", ("s", "t"), "always"),)),
        'trigger on shop."order" for inserts: disabled -> enabled; '
        "trigger on s.t for updates of what is referenced: enabled -> enabled always",
    ),
    (
        POLICY,
        replace(POLICY, permissive=False, roles=("app",), using="(a > 1)", check="true"),
        "permissive -> restrictive; roles: + app, - public; USING: (a > 0) -> (a > 1); WITH CHECK: none -> true",
    ),
    (Sequence("s", "q"), Sequence("s", "q", owned_by=("column", "s", "t", "A")), 'owned by: none -> s.t."A"'),
    (Comment(("schema", "s"), "old"), Comment(("schema", "s"), "new"), "'old' -> 'new'"),
    (Owner(("schema", "s"), "app"), Owner(("schema", "s"), "New"), 'app -> "New"'),
    (
        Grant(("schema", "s"), "app", ("CREATE",)),
        Grant(("schema", "s"), "app", ("USAGE",)),
        "privileges: + USAGE, - CREATE",
    ),
]


@pytest.mark.parametrize(("thing", "words"), NEW, ids=lambda given: str(getattr(given, "kind", "")))
def test_what_is_new_or_gone(thing: CatalogObject, words: str) -> None:
    """An object that is new says what it is, in one line; one that is gone says the same with a minus."""
    assert str(describe(thing)) == words
    assert str(describe(thing, removed=True)) == f"-{words[1:]}"


@pytest.mark.parametrize(("old", "new", "words"), CHANGES, ids=lambda given: str(getattr(given, "kind", "")))
def test_what_changed(old: CatalogObject, new: CatalogObject, words: str) -> None:
    """A change names every property that differs, with the value before and after."""
    found = describe(Changed(old, new, differing(old, new)))
    assert found.sign == "~"
    assert found.what == words


def test_long_texts_are_cut_to_what_differs() -> None:
    """Of two long expressions only the words that differ are shown."""
    start, end = "CHECK (((a > 0) AND ", f" AND ({'x' * 200} IS NOT NULL)))"
    old, new = (Check("s", "t", "c", f"{start}(b = {number}){end}") for number in (1, 2))
    assert describe(Changed(old, new, ("definition",))).what == "definition: …1)… -> …2)…"
    assert len(describe(old).what) == 100
    assert describe(old).what.endswith("…")


def test_names_are_shown_on_one_line() -> None:
    """A name with a line break or a quote is shown so that it can be told from others."""
    assert describe(Table("s", 'a\n"b')).name == 's."a\\n""b"'


def test_what_follows_another_word_is_not_said_twice() -> None:
    """Columns of a key follow from its definition, and a NOT NULL's name from the NOT NULL."""
    old = replace(COLUMN, not_null=True, not_null_constraint=NotNull("n"))
    assert describe(Changed(old, COLUMN, differing(old, COLUMN))).what == "NOT NULL -> NULL allowed"


KEYS = st.sampled_from([("table", "s", "t"), ("function", "s", "f", ""), ("attribute", "s", "T", "a")])
ORIGINS = st.none() | st.builds(Origin, st.sampled_from(["inherited", "partition"]), KEYS)
LIKELY = {"of": KEYS, "owned_by": st.none() | KEYS, "origin": ORIGINS}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_difference_has_words(kind: str, data: Any) -> None:
    """Whatever differs in an object of whatever kind: there are words for it, on one line."""
    cls: Any = KINDS[kind]
    likely = {item.name: LIKELY[item.name] for item in fields(cls) if item.name in LIKELY}
    one, two = (replace(data.draw(st.from_type(cls)), **data.draw(st.fixed_dictionaries(likely))) for _ in range(2))
    same = {
        item.name: getattr(one, item.name)
        for item in fields(one)
        if item.name in IDENTIFYING - {"origin"} or (kind, item.name) in IDENTIFYING_ROLE
        if item.name != "table" or kind not in {"index", "statistics"}
    }
    two = replace(two, **same)
    assert one.key == two.key
    for item in (one, two):
        assert all(text.isprintable() for text in (str(describe(item)), str(describe(item, removed=True))))
    assume(one != two)
    found = describe(Changed(one, two, differing(one, two)))
    assert found.what
    assert str(found).isprintable()
