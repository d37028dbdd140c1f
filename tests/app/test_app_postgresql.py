"""The application's database as upgrading makes it: the rules that only PostgreSQL keeps."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models import metadata
from app.models.billing import PackageFeature, PackageMetadata, SubscriptionPackage, UsageQuota
from app.models.billing.packages import SLUGS
from app.models.core import Booking, Customer, MenuCategory, StationPrice
from app.models.core.bookings import BookingSlot, BookingStatus
from app.models.identity import Station, Tenant, User
from app.models.media import Ad, AdCampaign, AdImpression, Channel, Playlist, PlaylistItem, Video

NOON = dt.datetime(2030, 5, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def key(row: Any) -> int:
    """The key of a row that has been written."""
    assert isinstance(row.id, int)
    return row.id


def keep(session: Session, *rows: object) -> None:
    session.add_all(rows)
    session.flush()


def rows(session: Session, query: str) -> list[Any]:
    return list(session.connection().execute(text(query)).all())


@pytest.fixture
def ada(session: Session) -> User:
    user = User(email="Ada@Example.org", display_name="Ada")
    keep(session, user)
    return user


@pytest.fixture
def tenant(session: Session) -> Tenant:
    tenant = Tenant(slug="trattoria", name="Trattoria", country="IT")
    keep(session, tenant)
    return tenant


@pytest.fixture
def station(session: Session, tenant: Tenant) -> Station:
    return new_station(session, tenant, "FI-1")


@pytest.fixture
def customer(session: Session, tenant: Tenant) -> Customer:
    customer = Customer(tenant_id=key(tenant), full_name="Ada")
    keep(session, customer)
    return customer


def new_station(session: Session, tenant: Tenant, code: str) -> Station:
    day = NOON.date()
    station = Station(
        tenant_id=key(tenant), code=code, name="Arno", city="Firenze", country="IT", seats=40, opened_on=day
    )
    keep(session, station)
    return station


def booking(station: Station, customer: Customer, start: dt.datetime, number: int = 1, **values: Any) -> Booking:
    return Booking(
        **{
            "reference": f"BABCDEF{number}",
            "station_id": key(station),
            "customer_id": key(customer),
            "date": start.date(),
            "slot": BookingSlot.LUNCH,
            "guests": 2,
            "during": Range(start, start + 2 * HOUR),
            "base_price": Decimal(50),
            **values,
        }
    )


def test_every_declared_table_is_there(session: Session) -> None:
    """Upgrading makes every table of the models, in its schema."""
    found = rows(session, "SELECT schemaname || '.' || tablename FROM pg_tables")
    assert set(metadata.tables) <= {name for (name,) in found}


def test_user_keys_are_integers(session: Session) -> None:
    """What the database says of every foreign key to users is what the models say."""
    found = rows(
        session,
        """
        SELECT DISTINCT format_type(a.atttypid, a.atttypmod)
          FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
         WHERE c.contype = 'f' AND c.confrelid = 'identity.users'::regclass
        """,
    )
    assert found == [("integer",)]


def test_tables_and_columns_are_described(session: Session) -> None:
    """The first line of a class and the description of a field are comments in the database."""
    assert rows(session, "SELECT obj_description('identity.users'::regclass)") == [("A person with an account.",)]
    described = rows(
        session,
        """
        SELECT col_description(attrelid, attnum) FROM pg_attribute
         WHERE attrelid = 'identity.users'::regclass AND attname = 'display_name'
        """,
    )
    assert described == [("Name that other users see",)]


def test_packages_are_there(session: Session) -> None:
    """The four packages arrive by upgrading, with their prices and in their order."""
    packages = session.scalars(select(SubscriptionPackage).order_by(text("display_order"))).all()
    assert [(each.slug, str(each.price_monthly)) for each in packages] == [
        ("free", "0.00"),
        ("standard", "29.99"),
        ("premium", "79.99"),
        ("enterprise", "299.99"),
    ]


def test_packages_are_described(session: Session) -> None:
    """Every package has its texts and its features, which once sat in a second store."""
    texts = {(each.package_slug, each.metadata_key) for each in session.scalars(select(PackageMetadata))}
    assert texts >= {(slug, name) for slug in SLUGS for name in ("tagline", "highlight", "cta_text")}
    free = {
        each.feature_name: each.is_included
        for each in session.scalars(select(PackageFeature))
        if each.package_slug == "free"
    }
    assert free["basic_tools"]
    assert free["community_support"]
    assert not free["single_sign_on"]


def test_overlapping_booking_is_refused(session: Session, station: Station, customer: Customer) -> None:
    """A station is not given twice for one time."""
    keep(session, booking(station, customer, NOON))
    with pytest.raises(IntegrityError, match="ex_bookings_station_id_during"):
        keep(session, booking(station, customer, NOON + HOUR, 2))


def test_bookings_may_touch(session: Session, station: Station, customer: Customer) -> None:
    """A booking may begin when the one before ends."""
    keep(session, booking(station, customer, NOON), booking(station, customer, NOON + 2 * HOUR, 2))


def test_cancelled_booking_is_no_obstacle(session: Session, station: Station, customer: Customer) -> None:
    """A cancelled booking keeps nobody away."""
    cancelled = booking(station, customer, NOON, status=BookingStatus.CANCELLED)
    keep(session, cancelled, booking(station, customer, NOON, 2))


def test_other_station_is_free(session: Session, tenant: Tenant, station: Station, customer: Customer) -> None:
    """Bookings of different stations do not meet."""
    other = new_station(session, tenant, "FI-2")
    keep(session, booking(station, customer, NOON), booking(other, customer, NOON, 2))


def test_price_is_computed(session: Session, station: Station, customer: Customer) -> None:
    """The database adds up what a booking costs."""
    one = booking(station, customer, NOON, extras_price=Decimal("9.50"), discount=Decimal(5))
    keep(session, one)
    session.refresh(one)
    assert one.total_price == Decimal("54.50")


def test_day_has_one_price(session: Session, station: Station) -> None:
    """Spans of days with a price do not overlap."""
    may = Range(dt.date(2030, 5, 1), dt.date(2030, 6, 1))
    week = Range(dt.date(2030, 5, 28), dt.date(2030, 6, 4))
    prices = [StationPrice(station_id=key(station), valid=each, price_per_guest=Decimal(30)) for each in (may, week)]
    keep(session, prices[0])
    with pytest.raises(IntegrityError, match="ex_station_prices_station_id_valid"):
        keep(session, prices[1])


@pytest.mark.usefixtures("ada")
def test_address_is_unique_in_any_case(session: Session) -> None:
    """Two accounts cannot differ in the case of their address only."""
    with pytest.raises(IntegrityError, match="uq_users_email"):
        keep(session, User(email="aDA@eXAMPLE.org", display_name="Ada again"))


def test_address_is_stored_in_lower_case(session: Session) -> None:
    """A writer that goes past the models is kept to lower case, too."""
    with pytest.raises(IntegrityError, match="ck_users_email_lower"):
        rows(session, "INSERT INTO identity.users (email, display_name) VALUES ('A@b.org', 'A') RETURNING id")


def test_number_of_a_phone_has_its_form(session: Session) -> None:
    """The pattern of a field is a CHECK."""
    with pytest.raises(IntegrityError, match="ck_users_phone_number_pattern"):
        keep(session, User(email="a@b.org", display_name="A", phone_number="12"))


def test_user_must_exist(session: Session) -> None:
    """A quota of nobody is refused: what was text without a key is a key."""
    with pytest.raises(IntegrityError, match="fk_usage_quotas_user_id_users"):
        keep(session, UsageQuota(user_id=2**31 - 1, kind="query", monthly_limit=1))


def test_headings_can_be_loaded_in_any_order(session: Session, tenant: Tenant) -> None:
    """A heading may arrive before the one that it lies below, as long as that one arrives."""
    keep(session, MenuCategory(id=900, tenant_id=key(tenant), slug="wine", title="Wine", parent_id=901))
    keep(session, MenuCategory(id=901, tenant_id=key(tenant), slug="drinks", title="Drinks"))
    session.connection().execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def test_heading_must_arrive_at_last(session: Session, tenant: Tenant) -> None:
    """A heading below nothing is refused when the transaction ends."""
    keep(session, MenuCategory(tenant_id=key(tenant), slug="wine", title="Wine", parent_id=901))
    with pytest.raises(IntegrityError, match="fk_menu_categories_parent_id"):
        session.connection().execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def test_places_can_be_swapped(session: Session, ada: User) -> None:
    """Two videos of a playlist can change places in one transaction."""
    channel = Channel(owner_id=key(ada), handle="ada", title="Ada")
    playlist = Playlist(user_id=key(ada), title="Sea")
    keep(session, channel, playlist)
    videos = [Video(channel_id=key(channel), title=title) for title in ("One", "Two")]
    keep(session, *videos)
    items = [
        PlaylistItem(playlist_id=key(playlist), video_id=key(video), position=place)
        for place, video in enumerate(videos, 1)
    ]
    keep(session, *items)
    items[0].position, items[1].position = 2, 1
    session.flush()
    session.connection().execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    assert session.scalar(select(func.count()).select_from(PlaylistItem)) == 2


def test_impressions_land_in_the_default_partition(session: Session, tenant: Tenant) -> None:
    """An impression of a time that no partition is for is kept all the same."""
    days = Range(dt.date(2030, 5, 1), dt.date(2030, 6, 1))
    campaign = AdCampaign(tenant_id=key(tenant), name="May", runs=days, budget=Decimal(100))
    keep(session, campaign)
    ad = Ad(campaign_id=key(campaign), headline="Sea", target_url="https://example.org", bid=Decimal("1.5"))
    keep(session, ad)
    keep(session, AdImpression(ad_id=key(ad), occurred_at=NOON))
    assert rows(session, "SELECT tableoid::regclass::text FROM media.ad_impressions") == [
        ("media.ad_impressions_default",)
    ]
