"""Declaring reference rows beside the models."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from trueline.errors import TruelineError
from trueline.objects import ReferenceRows, objects_of


def packages(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "packages",
        metadata,
        sa.Column("slug", sa.String, primary_key=True),
        sa.Column("tier", sa.Integer, unique=True),
        sa.Column("name", sa.String),
        sa.Column("data", sa.JSON),
    )


@pytest.mark.parametrize(
    ("key", "rows", "message"),
    [
        (("slug",), [], "without a row"),
        (("slug",), [{"slug": "a", "nmae": "A"}], "Unknown column 'nmae'"),
        (("slug",), [{"slug": "a", "name": "A"}, {"slug": "b"}], "all name the same columns"),
        (("slug",), [{"name": "A"}], "the key among them"),
        (("name",), [{"name": "A"}], "not unique"),
        (("slug",), [{"slug": "a"}, {"slug": "a"}], "Two rows with the key"),
    ],
)
def test_wrong_rows_are_refused_where_they_are_declared(
    key: tuple[str, ...], rows: list[dict[str, Any]], message: str
) -> None:
    """The error names the table, the defect and the way out, and nothing is registered."""
    metadata = sa.MetaData()
    table = packages(metadata)
    with pytest.raises(TruelineError, match=message) as caught:
        ReferenceRows(table, key, rows)
    assert "ReferenceRows of packages" in str(caught.value)
    assert "fix:" in str(caught.value)
    assert objects_of(metadata).reference_rows == []


@pytest.mark.parametrize("key", [("slug",), ("tier",)])
def test_a_primary_or_unique_key_identifies_rows(key: tuple[str, ...]) -> None:
    """Both may serve in ON CONFLICT."""
    metadata = sa.MetaData()
    rows = ReferenceRows(packages(metadata), key, [{"slug": "a", "tier": 1}])
    assert objects_of(metadata).reference_rows == [rows]


def test_a_string_is_no_key() -> None:
    """A column's name without its tuple is a sequence of letters, and the way out says so."""
    key: Any = "slug"
    with pytest.raises(TruelineError, match=r"key=\('slug',\)"):
        ReferenceRows(packages(sa.MetaData()), key, [{"slug": "a", "tier": 1}])


def test_create_all_inserts_them_once() -> None:
    """A second create_all creates nothing, so it inserts nothing; None is NULL, in a JSON column too."""
    metadata = sa.MetaData()
    ReferenceRows(packages(metadata), ("slug",), [{"slug": "a", "tier": 1, "data": None}])
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        metadata.create_all(connection)
        assert connection.execute(sa.text("SELECT slug, data IS NULL FROM packages")).all() == [("a", 1)]
    engine.dispose()


def test_what_has_no_table_is_refused() -> None:
    """A class without table=True is no place for rows."""
    with pytest.raises(TruelineError, match="has no table"):
        ReferenceRows(int, ("a",), [{"a": 1}])
