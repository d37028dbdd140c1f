"""Views, functions, triggers, policies and the rest: what the application declares beside its tables, at work."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from app.models import metadata
from app.models.billing import FinancialEntry
from app.models.billing.ledger import EntryKind
from app.models.core import BookingAvailability, Customer
from app.models.core.availability import FREE_SLOTS
from app.models.core.bookings import BookingSlot
from app.models.identity import Station, Tenant, User, UserStatus
from app.models.identity.users import PROFILES
from app.models.media import Channel, Like, Video, VideoView
from app.models.media.statistics import VIDEO_STATISTICS
from trueline.objects import objects_of

DAY = dt.date(2030, 5, 1)


def keep(session: Session, *rows: object) -> None:
    session.add_all(rows)
    session.flush()


def key(row: Any) -> int:
    assert isinstance(row.id, int)
    return row.id


@pytest.fixture
def ada(session: Session) -> User:
    user = User(email="ada@example.org", display_name="Ada", status=UserStatus.ACTIVE)
    keep(session, user)
    return user


@pytest.fixture
def tenants(session: Session) -> tuple[Tenant, Tenant]:
    both = (Tenant(slug="one", name="One", country="IT"), Tenant(slug="two", name="Two", country="IT"))
    keep(session, *both)
    return both


def test_each_kind_is_declared() -> None:
    """The application shows every class of trueline.objects where it is right."""
    kinds = {type(each).__name__ for each in objects_of(metadata).declarations.values()}
    assert kinds == {
        "Domain",
        "Extension",
        "Function",
        "Grant",
        "MaterializedView",
        "Policy",
        "Procedure",
        "RowSecurity",
        "Statement",
        "Trigger",
        "View",
    }


def test_nothing_waits_to_be_renamed() -> None:
    """The models are at rest: no hint of a former name is left."""
    infos = [table.info for table in metadata.tables.values()]
    infos += [column.info for table in metadata.tables.values() for column in table.columns]
    assert not any("renamed_from" in info for info in infos)


def test_profiles_show_active_users(session: Session, ada: User) -> None:
    """Others see who is active, and of them what they may know."""
    keep(session, User(email="b@example.org", display_name="Bob", status=UserStatus.SUSPENDED))
    rows = session.execute(select(PROFILES.table)).mappings().all()
    assert [set(row) for row in rows] == [{"id", "display_name", "locale", "created_at"}]
    assert rows[0]["id"] == ada.id


def test_free_slots(session: Session, tenants: tuple[Tenant, Tenant]) -> None:
    """A slot is listed with the guests that it still takes, until it is full."""
    station = Station(tenant_id=key(tenants[0]), code="A", name="A", city="A", country="IT", seats=9, opened_on=DAY)
    keep(session, station)
    for slot, booked in ((BookingSlot.LUNCH, 2), (BookingSlot.DINNER, 5)):
        keep(session, BookingAvailability(station_id=key(station), date=DAY, slot=slot, capacity=5, booked=booked))
    free = FREE_SLOTS.table.c
    assert session.execute(select(free.slot, free.free)).all() == [(BookingSlot.LUNCH, 3)]


@pytest.mark.parametrize("change", ["UPDATE billing.financial SET memo = 'x'", "DELETE FROM billing.financial"])
def test_entries_stay(session: Session, ada: User, change: str) -> None:
    """What is booked cannot be changed or removed, whoever tries."""
    entry = FinancialEntry(user_id=key(ada), kind=EntryKind.CHARGE, amount=Decimal(-5))
    keep(session, entry)
    with pytest.raises(IntegrityError, match=r"billing\.financial is added to, never changed"):
        session.execute(text(change))


def test_currency_has_its_form(session: Session, ada: User) -> None:
    """The domain refuses what is no code of a currency."""
    with pytest.raises(IntegrityError, match="currency_code"):
        keep(session, FinancialEntry(user_id=key(ada), kind=EntryKind.FEE, amount=Decimal(1), currency="eur"))


def customers_of(connection: Connection, tenant: str | None) -> list[str]:
    """What an application's role sees that has said whose rows it works with, or not."""
    connection.execute(text("SELECT set_config('app.tenant_id', :tenant, true)"), {"tenant": tenant or ""})
    return list(connection.execute(text("SELECT full_name FROM core.customers ORDER BY full_name")).scalars())


@pytest.fixture
def restricted(session: Session, tenants: tuple[Tenant, Tenant]) -> Connection:
    """A connection as pg_monitor, which stands in for an application's role: roles outlive a test's database."""
    for tenant in tenants:
        keep(session, Customer(tenant_id=key(tenant), full_name=f"Guest of {tenant.slug}"))
    connection = session.connection()
    for grant in ("USAGE ON SCHEMA core, identity", "ALL ON core.customers"):
        connection.execute(text(f"GRANT {grant} TO pg_monitor"))
    connection.execute(text("GRANT USAGE ON ALL SEQUENCES IN SCHEMA core TO pg_monitor"))
    connection.execute(text("SET LOCAL ROLE pg_monitor"))
    return connection


def test_tenants_are_kept_apart(restricted: Connection, tenants: tuple[Tenant, Tenant]) -> None:
    """A connection sees the rows of its tenant, and none before it has said whose."""
    one, two = (str(key(tenant)) for tenant in tenants)
    assert customers_of(restricted, one) == ["Guest of one"]
    assert customers_of(restricted, two) == ["Guest of two"]
    assert customers_of(restricted, None) == []


def test_no_row_goes_to_another_tenant(restricted: Connection, tenants: tuple[Tenant, Tenant]) -> None:
    """A row of another tenant cannot be written either."""
    one, two = (str(key(tenant)) for tenant in tenants)
    customers_of(restricted, one)
    insert = "INSERT INTO core.customers (tenant_id, full_name, allergies) VALUES (:tenant, 'X', '{}')"
    restricted.execute(text(insert), {"tenant": int(one)})
    with pytest.raises(DBAPIError, match="violates row-level security policy"):
        restricted.execute(text(insert), {"tenant": int(two)})


def test_statistics_are_counted_anew(session: Session, ada: User) -> None:
    """The procedure refreshes what is counted about videos, while others read it."""
    channel = Channel(owner_id=key(ada), handle="ada", title="Ada")
    keep(session, channel)
    video = Video(channel_id=key(channel), title="Sea")
    keep(session, video)
    keep(session, Like(user_id=key(ada), video_id=key(video)), *(VideoView(video_id=key(video)) for _ in range(3)))
    counted = VIDEO_STATISTICS.table.c
    assert session.execute(select(func.count()).select_from(VIDEO_STATISTICS.table)).scalar() == 0
    session.execute(text("CALL media.refresh_statistics()"))
    assert session.execute(select(counted.views, counted.likes)).all() == [(3, 1)]


def test_price_list_is_public(session: Session) -> None:
    """Whoever may connect may read the packages, and nothing else of the money."""
    connection = session.connection()
    connection.execute(text("SET LOCAL ROLE pg_monitor"))
    assert connection.execute(text("SELECT count(*) FROM billing.subscription_packages")).scalar() == 4
    with pytest.raises(DBAPIError, match="permission denied"):
        connection.execute(text("SELECT count(*) FROM billing.invoices"))


def test_storage_is_as_declared(session: Session) -> None:
    """What only PostgreSQL knows of columns and tables has arrived."""
    found = session.execute(
        text(
            """
            SELECT (SELECT attstorage FROM pg_attribute
                     WHERE attrelid = 'billing.electronic_invoices'::regclass AND attname = 'document'),
                   (SELECT relpersistence FROM pg_class WHERE oid = 'knowledge.faq_variation_cache'::regclass),
                   (SELECT reloptions FROM pg_class WHERE oid = 'core.booking_availability'::regclass)
            """
        )
    ).one()
    assert tuple(found) == ("e", "u", ["fillfactor=70"])
