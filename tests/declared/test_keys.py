"""Foreign keys that cannot hold."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.types import TypeEngine
from sqlmodel import Field as PlainField
from sqlmodel import SQLModel

from trueline import Field, Model
from trueline import types as column_types
from trueline.declared.keys import KeyTargetError, KeyTypeError, database_type
from trueline.declared.metadata import metadata
from trueline.types import LowerText


def fans(schema: str = "club") -> type[Model]:
    class User(Model, table=True):
        __tablename__ = "fans"
        __table_args__ = {"schema": schema}
        id: int | None = Field(default=None, primary_key=True)

    return User


def by_name() -> None:
    class Profile(Model, table=True):
        id: int = Field(primary_key=True)
        user_id: uuid.UUID = Field(foreign_key="club.fans.id")


def by_column() -> None:
    User = metadata.tables["club.fans"]  # noqa: N806 - stands for a class

    class Profile(Model, table=True):
        id: int = Field(primary_key=True)
        user_id: uuid.UUID = Field(sa_column=Column(Uuid(), ForeignKey(User.c.id)))


def by_constraint() -> None:
    class Profile(Model, table=True):
        __table_args__ = (ForeignKeyConstraint(["user_id"], ["club.fans.id"]),)
        id: int = Field(primary_key=True)
        user_id: uuid.UUID


def by_plain_class() -> None:
    class Profile(SQLModel, table=True):
        id: int = PlainField(primary_key=True)
        user_id: uuid.UUID = PlainField(foreign_key="club.fans.id")


def by_core() -> None:
    Table("profile", metadata, Column("user_id", Uuid(), ForeignKey("club.fans.id")))


WAYS = [by_name, by_column, by_constraint, by_plain_class, by_core]


def test_a_key_by_attribute_is_compared_too() -> None:
    """``ForeignKey(User.id)`` is looked at like a key by name."""
    User: Any = fans()  # noqa: N806 - a class
    with pytest.raises(KeyTypeError) as caught:

        class Profile(Model, table=True):
            id: int = Field(primary_key=True)
            user_id: uuid.UUID = Field(sa_column=Column(Uuid(), ForeignKey(User.id)))

    assert "profile.user_id is UUID, but club.fans.id, which it points at, is INTEGER" in str(caught.value)
    assert "fans.<locals>.User" in str(caught.value)

    class Profile(Model, table=True):  # type: ignore[no-redef]  # the corrected class
        id: int = Field(primary_key=True)
        user_id: int = Field(sa_column=Column(Integer, ForeignKey(User.id)))

    assert {str(c.name) for c in Profile.__table__.constraints} == {"pk_profile", "fk_profile_user_id_fans"}


@pytest.mark.parametrize("declare", WAYS)
def test_a_key_of_another_type_is_refused(declare: Callable[[], None]) -> None:
    """However a key is written, another type than its target's is an error that names both places."""
    fans()
    with pytest.raises(KeyTypeError) as caught:
        declare()
    message = str(caught.value)
    assert "profile.user_id is UUID, but club.fans.id, which it points at, is INTEGER" in message
    assert message.count("test_keys.py:") == 2
    assert "fans.<locals>.User" in message
    assert 'user_id: int = Field(foreign_key="club.fans.id")' in message
    assert "profile" not in metadata.tables


@pytest.mark.parametrize("declare", [way for way in WAYS if way is not by_column])
def test_a_key_is_looked_at_when_its_target_arrives(declare: Callable[[], None]) -> None:
    """A key that was declared first is compared when the table that it points at is declared."""
    declare()
    with pytest.raises(KeyTypeError) as caught:
        fans()
    assert "profile.user_id is UUID, but club.fans.id, which it points at, is INTEGER" in str(caught.value)
    assert str(caught.value).count("test_keys.py:") == 2
    assert "club.fans" not in metadata.tables


def test_the_corrected_target_resolves_the_key() -> None:
    """After an error the corrected class can be declared, and the waiting key finds it."""
    by_name()
    with pytest.raises(KeyTypeError):
        fans()

    class User(Model, table=True):
        __tablename__ = "fans"
        __table_args__ = {"schema": "club"}
        id: uuid.UUID = Field(primary_key=True)

    key = next(iter(metadata.tables["profile"].foreign_keys))
    assert key.column is User.__table__.c.id


def test_self_references_are_compared_too() -> None:
    """A key to its own table is compared before there is a table."""
    with pytest.raises(KeyTypeError, match=r"node\.parent_id is BIGINT, but s\.node\.id"):

        class Node(Model, table=True):
            __table_args__ = {"schema": "s"}
            id: int = Field(primary_key=True)
            parent_id: int = Field(foreign_key="s.node.id", sa_type=BigInteger)


def test_the_way_out_names_the_type_where_python_cannot_tell() -> None:
    """INTEGER against BIGINT is one Python type, so the way out names the column type."""
    fans()
    with pytest.raises(KeyTypeError) as caught:

        class Profile(Model, table=True):
            id: int = Field(primary_key=True)
            user_id: int = Field(foreign_key="club.fans.id", sa_type=BigInteger)

    assert 'user_id: int = Field(foreign_key="club.fans.id", sa_type=Integer)' in str(caught.value)


def test_composite_keys_are_compared_column_by_column() -> None:
    """In a key of several columns each is compared with its own target."""
    Table("pair", metadata, Column("a", Integer, primary_key=True), Column("b", Uuid(), primary_key=True))
    with pytest.raises(KeyTypeError, match=r"child.y is INTEGER, but pair.b"):
        Table(
            "child",
            metadata,
            Column("x", Integer),
            Column("y", Integer),
            ForeignKeyConstraint(["x", "y"], ["pair.a", "pair.b"]),
        )


def test_a_key_takes_the_type_of_its_target() -> None:
    """A column without a type of its own is no error: it takes its target's."""
    fans()
    table = Table("profile", metadata, Column("user_id", ForeignKey("club.fans.id")))
    assert isinstance(table.c.user_id.type, Integer)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (String(10), String(20)),
        (String(10), Text()),
        (LowerText(9), String()),
        (Numeric(10, 2), Numeric(8)),
        (Uuid(), column_types.UUID()),
        (Integer(), Integer().with_variant(String(), "sqlite")),
        (column_types.BIGINT(), BigInteger()),
    ],
)
def test_types_that_postgresql_compares_are_the_same(one: TypeEngine[object], other: TypeEngine[object]) -> None:
    """Lengths, precisions and fallbacks are no difference."""
    assert database_type(one) == database_type(other)


def test_identity_columns_are_integers() -> None:
    """A column that counts up by itself has the type that it stores."""

    class User(Model, table=True):
        id: int = Field(sa_column=Column(Integer, Identity(), primary_key=True))

    class Profile(Model, table=True):
        id: int = Field(primary_key=True)
        user_id: int = Field(foreign_key="user.id")

    assert Profile.__table__.c.user_id.foreign_keys


def test_a_key_without_its_schema_is_refused() -> None:
    """A key that names no schema, where only a table in a schema has that name, gets the exact key to write."""
    fans()
    with pytest.raises(KeyTargetError) as caught:

        class Profile(Model, table=True):
            id: int = Field(primary_key=True)
            user_id: int = Field(foreign_key="fans.id")

    message = str(caught.value)
    assert "profile.user_id points at fans.id, which names no schema" in message
    assert "there is club.fans" in message
    assert message.count("test_keys.py:") == 2
    assert 'fix: foreign_key="club.fans.id"' in message
    assert "profile" not in metadata.tables


def test_a_plain_class_is_told_the_same() -> None:
    """Plain SQLModel classes on the metadata are guarded like models."""
    fans()
    with pytest.raises(KeyTargetError, match="names no schema"):

        class Profile(SQLModel, table=True):
            id: int = PlainField(primary_key=True)
            user_id: int = PlainField(foreign_key="fans.id")


def test_a_self_reference_without_its_schema_is_refused() -> None:
    """A table in a schema cannot point at itself by its bare name."""

    def declare() -> None:
        class Node(Model, table=True):
            __table_args__ = {"schema": "s"}
            id: int = Field(primary_key=True)
            parent_id: int | None = Field(default=None, foreign_key="node.id")

    with pytest.raises(KeyTargetError, match=r'foreign_key="s.node.id"'):
        declare()
    assert "s.node" not in metadata.tables


def test_all_schemas_that_have_the_table_are_named() -> None:
    """Where several schemas have a table of that name, each is a way out."""
    fans("a")
    Table("fans", metadata, Column("id", Integer, primary_key=True), schema="b")
    with pytest.raises(KeyTargetError) as caught:
        Table("profile", metadata, Column("user_id", Integer, ForeignKey("fans.id")))
    assert 'foreign_key="a.fans.id"\n    foreign_key="b.fans.id"' in str(caught.value)


def test_a_bare_name_may_mean_a_table_without_a_schema() -> None:
    """A table of that name outside all schemas is the one that is meant."""
    fans()
    Table("fans", metadata, Column("id", Integer, primary_key=True))

    class Profile(Model, table=True):
        id: int = Field(primary_key=True)
        user_id: int = Field(foreign_key="fans.id")

    assert Profile.__table__.c.user_id.foreign_keys


def test_a_column_that_is_not_there_is_refused_with_the_nearest() -> None:
    """A key to a column that its table lacks names the nearest column."""
    fans()
    with pytest.raises(KeyTargetError) as caught:

        class Profile(Model, table=True):
            id: int = Field(primary_key=True)
            user_id: int = Field(foreign_key="club.fans.ids")

    assert "club.fans has no column ids" in str(caught.value)
    assert 'foreign_key="club.fans.id"' in str(caught.value)


def test_a_key_to_another_metadata_is_refused() -> None:
    """A key by column to a table of another metadata could never be created."""
    other = Table("fans", MetaData(), Column("id", Integer, primary_key=True))
    users_of_ours = Table("fans", metadata, Column("id", Integer, primary_key=True))
    assert users_of_ours is not other
    with pytest.raises(KeyTargetError, match="of another metadata"):
        Table("profile", metadata, Column("user_id", Integer, ForeignKey(other.c.id)))
