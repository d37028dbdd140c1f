"""Options of columns and tables that SQLAlchemy has no word for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from trueline import Field, Model
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column, Table
from trueline.catalog.snapshot import read_catalog
from trueline.declared import options
from trueline.declared.guards import verify
from trueline.declared.metadata import metadata as the_one
from trueline.declared.undo import forget
from trueline.errors import TruelineError


def table(metadata: sa.MetaData, info: dict[str, Any] | None = None, **column: Any) -> sa.Table:
    options.watch(metadata)
    return sa.Table(
        'T "%s"',
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column('c "%s"', sa.Text, info=column),
        sa.Index("ix_%", "id", unique=True),
        schema="s",
        info=info or {},
    )


def created(metadata: sa.MetaData, url: str) -> Catalog:
    engine = sa.create_engine(url, poolclass=NullPool)
    metadata.create_all(engine)
    metadata.create_all(engine)
    with engine.connect() as connection:
        return read_catalog(connection).own()


def test_columns_options(any_empty_url: str) -> None:
    """Storage, compression, statistics and n_distinct of a column come with create_all."""
    metadata = sa.MetaData()
    table(metadata, storage="external", compression="pglz", statistics=77, n_distinct=-0.5)
    column = created(metadata, any_empty_url)["column", "s", 'T "%s"', 'c "%s"']
    assert isinstance(column, Column)
    assert (column.storage, column.compression, column.statistics) == ("external", "pglz", 77)
    assert column.options == ("n_distinct=-0.5",)


TABLES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"row_security": True}, {"row_security": True, "force_row_security": False}),
    ({"row_security": "force"}, {"row_security": True, "force_row_security": True}),
    ({"replica_identity": "full"}, {"replica_identity": "full"}),
    ({"replica_identity": "NOTHING"}, {"replica_identity": "nothing"}),
    ({"replica_identity": "ix_%"}, {"replica_identity": "index", "replica_index": "ix_%"}),
    ({"cluster": "ix_%"}, {"clustered_on": "ix_%"}),
    ({"unlogged": True}, {"persistence": "unlogged"}),
    ({"fillfactor": 55}, {"options": ("fillfactor=55",)}),
    (
        {"storage_parameters": {"fillfactor": 70, "autovacuum_enabled": False, "toast.autovacuum_enabled": "off"}},
        {"options": ("autovacuum_enabled=false", "fillfactor=70", "toast.autovacuum_enabled=off")},
    ),
    (
        {"row_security": False, "unlogged": False, "cluster": None, "storage_parameters": {}},
        {"persistence": "permanent"},
    ),
    ({"trueline.unlogged": True, "unlogged": "our own use of the word"}, {"persistence": "unlogged"}),
    ({"somebody": "else's"}, {"persistence": "permanent"}),
]


@pytest.mark.parametrize(("info", "expected"), TABLES)
def test_tables_options(empty_database_url: str, info: dict[str, Any], expected: dict[str, Any]) -> None:
    """Each option of a table comes with create_all, once its indexes are there; other people's words mean nothing."""
    metadata = sa.MetaData()
    table(metadata, info)
    found = created(metadata, empty_database_url)["table", "s", 'T "%s"']
    assert isinstance(found, Table)
    assert {name: getattr(found, name) for name in expected} == expected


def test_sqlite_has_no_options() -> None:
    """Elsewhere the table is made as it is."""
    metadata = sa.MetaData()
    options.watch(metadata)
    sa.Table("t", metadata, sa.Column("id", sa.Text, info={"storage": "external"}), info={"unlogged": True})
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    engine.dispose()


WRONG: list[tuple[dict[str, Any], dict[str, Any], str, str]] = [
    ({}, {"storage": "exernal"}, "storage is 'exernal'", 'storage="external"'),
    ({}, {"storage": 5}, "storage is 5", "storage="),
    ({}, {"compression": "zstd"}, "compression is 'zstd'", "lz4, pglz"),
    ({}, {"statistics": -1}, "statistics is -1", "statistics=500"),
    ({}, {"statistics": True}, "statistics is True", "statistics=500"),
    ({}, {"n_distinct": "many"}, "n_distinct is 'many'", "n_distinct=-0.5"),
    ({}, {"trueline.storge": "main"}, "there is no option 'storge'", '"storage"'),
    ({"trueline.whatever": 1}, {}, "there is no option 'whatever'", '"unlogged"'),
    ({"row_security": "yes"}, {}, "row_security is 'yes'", '"force"'),
    ({"replica_identity": True}, {}, "replica_identity is True", '"full"'),
    ({"cluster": True}, {}, "cluster is True", "# an index"),
    ({"fillfactor": 5}, {}, "fillfactor is 5", '"fillfactor": 70'),
    ({"unlogged": "yes"}, {}, "unlogged is 'yes'", '"unlogged": True'),
    ({"storage_parameters": "fillfactor=70"}, {}, "not a mapping", '"fillfactor": 70'),
]


@pytest.mark.parametrize(("info", "column", "message", "fix"), WRONG)
def test_wrong_options(info: dict[str, Any], column: dict[str, Any], message: str, fix: str) -> None:
    """An unknown word with our prefix, and a value that PostgreSQL does not know, are errors that say what there is."""
    metadata = sa.MetaData()
    table(metadata, info, **column)
    with pytest.raises(TruelineError, match=message) as caught:
        verify(metadata)
    assert caught.value.where
    assert fix in str(caught.value.fix)


@pytest.fixture
def declared() -> Iterator[list[type]]:
    """Classes to take out of the one metadata again."""
    made: list[type] = []
    yield made
    for cls in made:
        forget(cls)


def test_model_takes_options(declared: list[type]) -> None:
    """Field and __table_args__ take the same words, beside SQLAlchemy's own."""

    class Optioned(Model, table=True):
        __table_args__ = (
            sa.Index("ix_optioned_name", "name"),
            {"schema": "s", "info": {"own": 1}, "row_security": True, "cluster": "ix_optioned_name"},
        )

        id: int | None = Field(default=None, primary_key=True)
        name: str = Field(storage="main", compression="pglz", statistics=9, max_length=5)

    declared.append(Optioned)
    made = Optioned.__table__
    assert {"own": 1, "row_security": True, "cluster": "ix_optioned_name"}.items() <= made.info.items()
    assert made.c.name.info == {"storage": "main", "compression": "pglz", "statistics": 9}
    assert [str(index.name) for index in made.indexes] == ["ix_optioned_name"]
    assert made.schema == "s"
    verify(the_one)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"row_securty": True}, "there is no option 'row_securty'"),
        ({"unlogged": 5}, "unlogged is 5"),
        ({"storage_parameter": {}}, "there is no option 'storage_parameter'"),
    ],
)
def test_model_with_wrong_options_is_refused(arguments: dict[str, Any], message: str) -> None:
    """The error comes where the class is written, and the class leaves nothing behind."""
    with pytest.raises(TruelineError, match=message) as caught:

        class Wrong(Model, table=True):
            __table_args__ = {"schema": "s", **arguments}

            id: int | None = Field(default=None, primary_key=True)

    assert "test_options.py:" in caught.value.where[0]
    assert "s.wrong" not in the_one.tables


def test_field_with_wrong_options_is_refused() -> None:
    """A value that PostgreSQL does not know is an error where the class is written."""
    with pytest.raises(TruelineError, match="storage is 'disk'"):

        class Wrong(Model, table=True):
            id: int | None = Field(default=None, primary_key=True)
            name: str = Field(storage="disk")  # type: ignore[arg-type]  # that is what is refused

    assert "wrong" not in the_one.tables


def test_options_of_a_mixin(declared: list[type]) -> None:
    """A field's options go to every table that has the field."""

    class Described(Model):
        text: str = Field(storage="external", renamed_from="body")

    class First(Described, table=True):
        id: int | None = Field(default=None, primary_key=True)

    class Second(Described, table=True):
        id: int | None = Field(default=None, primary_key=True)

    declared += [First, Second]
    assert (
        First.__table__.c.text.info == Second.__table__.c.text.info == {"storage": "external", "renamed_from": "body"}
    )
    assert First.__table__.c.text.info is not Second.__table__.c.text.info
