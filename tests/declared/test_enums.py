"""Enums as types of the database."""

import enum

import pytest
from sqlalchemy import Engine, MetaData, text
from sqlmodel import Session, select

from tests.declared.conftest import Build
from trueline import Field, Model
from trueline.declared import enums
from trueline.declared.enums import EnumError
from trueline.declared.metadata import metadata
from trueline.declared.origin import Origin

HERE = Origin("file.py", 1, "module", "Class")


class PaymentStatus(enum.Enum):
    OPEN = "open"
    PAID_LATE = "paid late"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 10


class HTTPVerb(enum.StrEnum):
    GET = "get"


class Empty(enum.Enum):
    pass


class Flags(enum.Flag):
    A = 1


class Pairs(enum.Enum):
    A = (1, 2)


class Twins(enum.Enum):
    A = 1
    B = "1"


class Long(enum.Enum):
    A = "ä" * 32


@pytest.mark.parametrize(
    ("cls", "name"), [(PaymentStatus, "payment_status"), (Level, "level"), (HTTPVerb, "http_verb")]
)
def test_types_are_named_like_their_class(cls: type[enum.Enum], name: str) -> None:
    """A type's name is the class's in snake case."""
    assert enums.type_name(cls) == name


def test_labels_are_values() -> None:
    """Labels are the values as text, in the order of the class."""
    assert enums.labels(PaymentStatus) == ["open", "paid late"]
    assert enums.labels(Level) == ["1", "10"]


@pytest.mark.parametrize(
    ("cls", "reason"),
    [(Empty, "no members"), (Flags, "flags"), (Pairs, "neither"), (Twins, "same text"), (Long, "63 bytes")],
)
def test_values_that_are_no_labels_are_refused(cls: type[enum.Enum], reason: str) -> None:
    """An enum whose values cannot be labels is an error with the reason, the place and the way out."""
    with pytest.raises(EnumError, match=reason) as caught:
        enums.native(cls, None, MetaData(), HERE)
    assert "file.py:1 (class Class)" in str(caught.value)
    assert "StrEnum" in str(caught.value)


def test_one_enum_is_one_type_per_schema() -> None:
    """The same enum in one schema is the same object; in another schema it is another type."""
    own = MetaData()
    assert enums.native(Level, "a", own, HERE) is enums.native(Level, "a", own, HERE)
    assert enums.native(Level, "a", own, HERE) is not enums.native(Level, "b", own, HERE)


def other_level() -> type[enum.Enum]:
    class Level(enum.Enum):
        ONLY = "only"

    return Level


def test_two_enums_of_one_name_are_refused_where_their_labels_differ() -> None:
    """Two enums that want one name with different labels are an error that names both places."""
    Other = other_level()  # noqa: N806 - a class

    class First(Model, table=True):
        id: int = Field(primary_key=True)
        level: Level

    with pytest.raises(EnumError) as caught:

        class Second(Model, table=True):
            id: int = Field(primary_key=True)
            level: Other  # type: ignore[valid-type]  # made at run time

    assert "test_enums.py" in str(caught.value)
    assert "First" in str(caught.value)
    assert "Second" in str(caught.value)
    assert "second" not in metadata.tables


def test_a_failed_class_leaves_no_type_behind(postgres: Engine, build: Build) -> None:
    """The enum of a class that was refused is not created later, and its name is free again."""
    Other = other_level()  # noqa: N806 - a class

    class Target(Model, table=True):
        id: int = Field(primary_key=True)

    with pytest.raises(TypeError, match="nonsense"):

        class Broken(Model, table=True):
            __mapper_args__ = {"nonsense": True}
            id: int = Field(primary_key=True)
            level: Level

    class Broken(Model, table=True):  # type: ignore[no-redef]  # the corrected class
        id: int = Field(primary_key=True)
        level: Other  # type: ignore[valid-type]  # made at run time

    build(postgres)
    with postgres.connect() as connection:
        found = connection.scalars(text("SELECT enumlabel FROM pg_enum JOIN pg_type t ON t.oid = enumtypid")).all()
    assert "only" in found
    assert "10" not in found


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_members_come_back(database: str, request: pytest.FixtureRequest, build: Build) -> None:
    """Members are stored as their values and come back as members, int-valued ones and lists of them too."""
    engine: Engine = request.getfixturevalue(database)

    class Account(Model, table=True):
        __table_args__ = {"schema": "till"}
        id: int = Field(primary_key=True)
        status: PaymentStatus
        level: Level
        history: list[PaymentStatus] = []
        loose: Level | None = Field(default=None, unenforced={"enum"})

    class Invoice(Model, table=True):
        __table_args__ = {"schema": "till"}
        id: int = Field(primary_key=True)
        status: PaymentStatus | None = None

    build(engine)
    with Session(engine) as session:
        session.add(
            Account(
                id=1,
                status=PaymentStatus.PAID_LATE,
                level=Level.HIGH,
                history=[PaymentStatus.OPEN, PaymentStatus.PAID_LATE],
                loose=Level.LOW,
            )
        )
        session.add(Invoice(id=1))
        session.commit()
        session.expire_all()
        found = session.exec(select(Account).where(Account.status == PaymentStatus.PAID_LATE)).one()
        assert (found.status, found.level, found.loose) == (PaymentStatus.PAID_LATE, Level.HIGH, Level.LOW)
        assert found.history == [PaymentStatus.OPEN, PaymentStatus.PAID_LATE]
        stored = session.connection().execute(text("SELECT status, level, loose FROM till.account")).one()
        assert tuple(stored) == ("paid late", "10", "1")


def test_an_unknown_text_in_a_loose_column_is_an_error() -> None:
    """A value that the enum does not have is an error that lists those it has."""
    with pytest.raises(LookupError, match="1, 10"):
        enums.TextEnum(Level).process_result_value("7", None)  # type: ignore[arg-type]  # no dialect is needed
