"""The API's classes against the tables: what incident 2 had two opinions on has one place now."""

from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import SQLModel

from app.models import billing, core, identity, knowledge, media
from app.models.billing.schemas import PackageRead, SubscriptionCreate, SubscriptionRead
from app.models.core.schemas import BookingCreate, BookingRead, CustomerCreate, CustomerRead
from app.models.identity.schemas import StationCreate, StationRead, UserCreate, UserRead, UserUpdate
from app.models.knowledge.schemas import (
    DataExportCreate,
    DataExportRead,
    ExpertProfileCreate,
    ExpertProfileRead,
    FaqRead,
)
from app.models.media.schemas import CommentCreate, CommentRead, VideoCreate, VideoRead
from app.models.media.videos import VideoStatus

TABLES: dict[type[SQLModel], Any] = {
    UserCreate: identity.User,
    UserUpdate: identity.User,
    UserRead: identity.User,
    StationCreate: identity.Station,
    StationRead: identity.Station,
    PackageRead: billing.SubscriptionPackage,
    SubscriptionCreate: billing.Subscription,
    SubscriptionRead: billing.Subscription,
    CustomerCreate: core.Customer,
    CustomerRead: core.Customer,
    BookingCreate: core.Booking,
    BookingRead: core.Booking,
    VideoCreate: media.Video,
    VideoRead: media.Video,
    CommentCreate: media.Comment,
    CommentRead: media.Comment,
    ExpertProfileCreate: knowledge.ExpertProfile,
    ExpertProfileRead: knowledge.ExpertProfile,
    FaqRead: knowledge.GeneratedFaq,
    DataExportCreate: knowledge.DataExportRequest,
    DataExportRead: knowledge.DataExportRequest,
}

#: What is turned into something else before it is stored.
TRANSFORMED = {"password": "password_hash"}

SHARED = [(schema, field) for schema in TABLES for field in schema.model_fields if field not in TRANSFORMED]


def rules(model: Any, field: str) -> dict[str, Any]:
    """The constraints that a field's value must meet, whatever carries them."""
    names = ("max_length", "min_length", "pattern", "ge", "gt", "le", "lt", "max_digits", "decimal_places")
    found: dict[str, Any] = {}
    for mark in model.model_fields[field].metadata:
        found |= {name: getattr(mark, name) for name in names if getattr(mark, name, None) is not None}
    return found


@pytest.mark.parametrize(("schema", "field"), SHARED, ids=lambda each: getattr(each, "__name__", each))
def test_field_is_a_column_with_the_same_rules(schema: type[SQLModel], field: str) -> None:
    """A field of an API class is a column of its table, of one type and under the same rules."""
    table = TABLES[schema]
    assert field in table.__table__.columns
    own: Any = schema.model_fields[field].annotation
    stored: Any = table.model_fields[field].annotation
    assert own in (stored, stored | None) or own | None == stored
    assert rules(schema, field) == rules(table, field) or is_read_only(schema, field)


def is_read_only(schema: type[SQLModel], field: str) -> bool:
    """A field that only comes out of the database needs no rules: the database has kept them."""
    return schema.__name__.endswith("Read") and field in schema.__annotations__ and not rules(schema, field)


@pytest.mark.parametrize("schema", [each for each in TABLES if not each.__name__.endswith("Update")])
def test_class_shares_its_base_with_the_table(schema: type[SQLModel]) -> None:
    """An API class derives from the base of its table, so a new field of the base reaches both."""
    shared = [base for base in schema.__mro__[1:] if base in TABLES[schema].__mro__ and base.__name__.endswith("Base")]
    assert shared


def test_transformed_fields_have_a_column() -> None:
    """A password arrives under its own name and is stored as a hash only."""
    columns = identity.User.__table__.columns
    assert all(stored in columns and given not in columns for given, stored in TRANSFORMED.items())


def test_video_is_read_with_its_privacy() -> None:
    """What the API shows of a video says whether it is private."""
    video = media.Video(id=1, channel_id=2, title="A day at sea", is_private=True, status=VideoStatus.PUBLISHED)
    assert VideoRead.model_validate(video).is_private is True


def test_user_is_created_under_the_name_that_the_table_has() -> None:
    """``full_name`` is refused, because the table says ``display_name``."""
    given = {"email": "ada@example.org", "password": "correct horse battery"}
    with pytest.raises(ValidationError, match="display_name"):
        UserCreate.model_validate({**given, "full_name": "Ada"})
    assert UserCreate.model_validate({**given, "display_name": "Ada"}).display_name == "Ada"


def test_rules_of_the_table_hold_at_the_api() -> None:
    """A value that the database would refuse is refused before it gets there."""
    with pytest.raises(ValidationError, match="phone_number"):
        UserUpdate(phone_number="12")


def test_password_is_not_shown() -> None:
    """A password stays out of the text of the object that carries it."""
    user = UserCreate(email="ada@example.org", display_name="Ada", password="correct horse battery")  # type: ignore[arg-type]  # pydantic takes a str
    assert "correct horse" not in repr(user)
