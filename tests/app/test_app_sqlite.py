"""Every model on SQLite: what a quick test of a project runs on."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, func, inspect, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models import metadata
from app.models.billing import Invoice, PackageFeature, SubscriptionPackage
from app.models.core import Booking, Customer, MenuCategory
from app.models.core.bookings import BookingSlot
from app.models.identity import Station, Tenant, User, UserRole, UserStatus
from app.models.knowledge import ExpertProfile, TaxCalculation
from app.models.knowledge.experts import Specialty
from app.models.media import Channel, Video, VideoRevision

SCHEMAS = ("identity", "billing", "core", "media", "knowledge")
NOON = dt.datetime(2030, 5, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def sqlite() -> Iterator[Engine]:
    engine = create_engine("sqlite://")

    @event.listens_for(engine, "connect")
    def attach(connection, _record) -> None:  # type: ignore[no-untyped-def]  # a DBAPI connection has no common type
        for schema in SCHEMAS:
            connection.execute(f"ATTACH ':memory:' AS {schema}")

    metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def lite(sqlite: Engine) -> Iterator[Session]:
    with Session(sqlite) as session:
        yield session
        session.rollback()


def ada(email: str = "Ada@Example.org", **values: Any) -> User:
    return User(**{"email": email, "display_name": "Ada", **values})


def key(row: Any) -> int:
    """The key of a row that has been written."""
    assert isinstance(row.id, int)
    return row.id


def keep(session: Session, *rows: object) -> None:
    """Write the rows, and forget them, so that they are read again."""
    session.add_all(rows)
    session.flush()
    session.expire_all()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_table_is_created(sqlite: Engine, schema: str) -> None:
    """SQLite has every table of the schema, with all its columns."""
    inspector = inspect(sqlite)
    declared = {t.name: {c.name for c in t.columns} for t in metadata.tables.values() if t.schema == schema}
    columns = {
        name: {column["name"] for column in inspector.get_columns(name, schema=schema)}
        for name in inspector.get_table_names(schema=schema)
    }
    assert columns == declared


def test_every_table_can_be_read(lite: Session) -> None:
    """Every column of every table can be selected."""
    for table in metadata.tables.values():
        lite.execute(select(table).limit(1)).all()


def test_reference_rows_arrive(lite: Session) -> None:
    """The packages are there with their exact prices, and what they include."""
    prices = lite.scalars(select(SubscriptionPackage.price_monthly).order_by(SubscriptionPackage.display_order))  # type: ignore[call-overload]  # SQLModel's fields are typed as their values
    assert list(prices) == [Decimal("0.00"), Decimal("29.99"), Decimal("79.99"), Decimal("299.99")]
    assert lite.get(PackageFeature, ("free", "basic_tools")).is_included  # type: ignore[union-attr]  # it is there


def test_user_has_status_and_role(lite: Session) -> None:
    """A user is what their status and role say; both come back as enum members."""
    user = ada(status=UserStatus.ACTIVE, role=UserRole.CREATOR, phone_number="+39055123456")
    keep(lite, user)
    assert (user.status, user.role, user.phone_number) == (UserStatus.ACTIVE, UserRole.CREATOR, "+39055123456")
    assert user.created_at.tzinfo is not None


def test_address_is_unique_in_any_case(lite: Session) -> None:
    """Two accounts cannot differ in the case of their address only."""
    keep(lite, ada())
    with pytest.raises(IntegrityError):
        keep(lite, ada(email="ADA@example.ORG"))


def test_address_of_a_deleted_account_is_free(lite: Session) -> None:
    """The partial index counts living accounts only."""
    keep(lite, ada(deleted_at=NOON))
    keep(lite, ada())
    assert lite.scalar(select(func.count()).select_from(User)) == 2


def test_check_holds(lite: Session) -> None:
    """What a field says, SQLite enforces too."""
    with pytest.raises(IntegrityError, match="ck_users_display_name"):
        keep(lite, ada(display_name=""))


def test_booking_round_trips(lite: Session) -> None:
    """Ranges, lists and decimals come back as they were; the database computes the total."""
    tenant = Tenant(slug="trattoria", name="Trattoria", country="IT")
    keep(lite, tenant)
    station = Station(
        tenant_id=key(tenant), code="FI-1", name="Arno", city="Firenze", country="IT", seats=40, opened_on=NOON.date()
    )
    customer = Customer(tenant_id=key(tenant), full_name="Ada", allergies=["nuts", "milk"])
    keep(lite, station, customer)
    during = Range(NOON, NOON + dt.timedelta(hours=2))
    booking = Booking(
        reference="BABCDEFG1",
        station_id=key(station),
        customer_id=key(customer),
        date=NOON.date(),
        slot=BookingSlot.LUNCH,
        guests=4,
        during=during,
        base_price=Decimal("120.50"),
        extras_price=Decimal("9.50"),
        discount=Decimal("10.00"),
    )
    keep(lite, booking)
    assert booking.during == during
    assert booking.total_price == Decimal("120.00")
    assert booking.customer.allergies == ["nuts", "milk"]
    assert booking.station.name == "Arno"


def test_circle_of_keys_can_be_filled(lite: Session) -> None:
    """A video points at its current revision, which points at the video."""
    user = ada()
    keep(lite, user)
    channel = Channel(owner_id=key(user), handle="ada", title="Ada")
    keep(lite, channel)
    video = Video(channel_id=key(channel), title="A day at sea", tags=["sea"], technical={"codec": "av1"})
    keep(lite, video)
    revision = VideoRevision(
        video_id=key(video), number=1, uploaded_by=key(user), duration_seconds=9, size_bytes=2**40, checksum="0" * 64
    )
    video.current_revision = revision
    keep(lite, revision)
    assert video.current_revision is revision
    assert (video.tags, video.technical, revision.size_bytes) == (["sea"], {"codec": "av1"}, 2**40)


def test_headings_nest(lite: Session) -> None:
    """A heading of the menu can lie below another."""
    tenant = Tenant(slug="trattoria", name="Trattoria", country="IT")
    keep(lite, tenant)
    drinks = MenuCategory(tenant_id=key(tenant), slug="drinks", title="Drinks")
    keep(lite, drinks)
    wine = MenuCategory(tenant_id=key(tenant), slug="wine", title="Wine", parent_id=key(drinks))
    keep(lite, wine)
    assert wine.parent_id == key(drinks)


def test_lists_of_enums_and_structures_round_trip(lite: Session) -> None:
    """A list of enum members and a list of objects come back as they were."""
    user = ada()
    keep(lite, user)
    expert = ExpertProfile(user_id=key(user), specialties=[Specialty.TAX, Specialty.LABOUR], years_of_experience=7)
    steps = [{"what": "bracket", "percent": 23}]
    tax = TaxCalculation(user_id=key(user), year=2030, income=Decimal(30_000), tax=Decimal(6_900), steps=steps)
    keep(lite, expert, tax)
    assert expert.specialties == [Specialty.TAX, Specialty.LABOUR]
    assert tax.steps == steps


def test_invoice_adds_up(lite: Session) -> None:
    """The total of an invoice is the database's sum."""
    user = ada()
    keep(lite, user)
    invoice = Invoice(
        user_id=key(user),
        number="2030-000001",
        net_amount=Decimal("100.00"),
        tax_amount=Decimal("22.00"),
        issued_on=NOON.date(),
        due_on=NOON.date(),
    )
    keep(lite, invoice)
    assert invoice.total_amount == Decimal("122.00")
