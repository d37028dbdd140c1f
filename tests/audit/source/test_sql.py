"""SQL as words, and the tables in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trueline.audit.source.ddl import index_columns, read_ddl
from trueline.audit.source.sql import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a--b\nc", ["a", "--b", "c"]),
        ("/* a /* b */ ; */ c", ["/* a /* b */ ; */", "c"]),
        ('"A ""b"" ;"', ['A "b" ;']),
        ("'it''s; --'", ["'it''s; --'"]),
        (r"E'it\'s;' x", [r"E'it\'s;'", "x"]),
        ("$$ ; $x$ $$ y", ["$$ ; $x$ $$", "y"]),
        ("$body$ $$;$$ $body$", ["$body$ $$;$$ $body$"]),
        ("Größe INT4", ["größe", "int4"]),
        ("'not closed", ["'", "not", "closed"]),
        ("$$ not closed", ["$$ not closed"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    """Comments nest, quotes are doubled, dollars quote."""
    assert [token.text for token in tokens(text)] == expected


@given(st.text())
def test_any_text_ends(text: str) -> None:
    """No text is too strange, and lines never go back."""
    lines = [token.line for token in tokens(text)]
    assert lines == sorted(lines)
    read_ddl(text, "a.sql")


DDL = """
-- CREATE TABLE commented (id int);
CREATE SCHEMA IF NOT EXISTS shop;
CREATE TABLE IF NOT EXISTS shop."Order ""Lines" (
    id BIGSERIAL PRIMARY KEY,
    "select" varchar(20) NOT NULL UNIQUE DEFAULT 'a, b (c)',
    at TIMESTAMP WITH TIME ZONE DEFAULT now(),
    seen timestamp(3) without time zone,
    tags text[],
    amount numeric(10, 2) CHECK (amount > 0),
    user_id INTEGER NOT NULL REFERENCES identity.users (id) ON DELETE CASCADE,
    CONSTRAINT fk FOREIGN KEY (id, "select") REFERENCES other (a, b),
    EXCLUDE USING gist (id WITH =)
);
CREATE INDEX CONCURRENTLY ix ON shop."Order ""Lines" USING btree (user_id, at DESC) WHERE at IS NULL;
CREATE INDEX ON shop."Order ""Lines" (lower("select"));
ALTER TABLE ONLY shop."Order ""Lines" ADD COLUMN note text, ADD UNIQUE (user_id, at);
CREATE TABLE part PARTITION OF whole FOR VALUES FROM (1) TO (2);
"""


def test_tables() -> None:
    """Columns with their types, keys and indexes, with lines, and names as they are quoted."""
    found = read_ddl(DDL, "a.sql", first_line=101)
    (table,) = found.tables
    assert (table.schema, table.name, table.place.line) == ("shop", 'Order "Lines', 104)
    assert [(each.name, each.type) for each in table.columns] == [
        ("id", "bigint"),
        ("select", "varchar"),
        ("at", "timestamptz"),
        ("seen", "timestamp"),
        ("tags", "array"),
        ("amount", "numeric"),
        ("user_id", "integer"),
        ("note", "text"),
    ]
    assert table.primary == ("id",)
    assert [(str(key), key.columns, key.place.line) for key in table.keys] == [
        ("identity.users.id", ("user_id",), 111),
        ("other.a", ("id", "select"), 112),
    ]
    assert [(index.columns, index.unique, index.partial) for index in table.indexes] == [
        (("select",), True, False),
        (("user_id", "at"), False, True),
        ((), False, False),
        (("user_id", "at"), True, False),
    ]
    assert found.schemas == ("shop",)
    assert found.conditional == (('shop.Order "Lines', 104),)


@pytest.mark.parametrize(
    ("definition", "columns"),
    [
        ("CREATE INDEX i ON s.t USING btree (a, b DESC)", ("a", "b")),
        ('CREATE UNIQUE INDEX i ON t USING btree ("A b") INCLUDE (c)', ("A b",)),
        ("CREATE INDEX i ON t USING btree (a) WHERE (a IS NULL)", ()),
        ("CREATE INDEX i ON t USING btree (lower(a))", ()),
    ],
)
def test_columns_of_an_index(definition: str, columns: tuple[str, ...]) -> None:
    """By PostgreSQL's own definition; one that does not cover all rows has none."""
    assert index_columns(definition) == columns
