"""The whole schema, looked at without a database: which tables, whose, and how they hold together."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import (
    Column,
    Computed,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.orm import configure_mappers
from sqlmodel import SQLModel

import app.models
from app.models import metadata
from trueline.objects import objects_of

OWNERS = ("identity", "billing", "core", "media", "knowledge")

#: What the four incidents name, each table once, with the owner that it has now.
NAMED = {
    "one owner per table": """
        identity.users identity.user_identities billing.subscriptions billing.financial billing.user_subscriptions
        billing.subscription_history billing.subscription_packages billing.package_metadata billing.package_features
    """,
    "videos": """
        identity.users media.videos media.follows media.likes media.comments media.shares media.livestreams media.ads
        media.notifications billing.payments billing.payouts
    """,
    "bookings": """
        core.bookings core.customers core.booking_menu_items core.menu_items core.booking_addons core.addon_items
        core.booking_availability identity.stations identity.tenants billing.payments billing.refunds billing.disputes
    """,
    "regional taxes": """
        knowledge.tax_regions knowledge.tax_municipalities knowledge.regional_tax_rates knowledge.municipal_tax_rates
    """,
    "agreements": """
        knowledge.ccnl_sectors knowledge.ccnl_agreements knowledge.ccnl_job_levels knowledge.ccnl_salaries
        knowledge.ccnl_working_hours knowledge.ccnl_overtime_rules knowledge.ccnl_leave_entitlements
        knowledge.ccnl_notice_periods knowledge.ccnl_allowances
    """,
    "agreement updates": """
        knowledge.ccnl_sources knowledge.ccnl_versions knowledge.ccnl_update_events knowledge.ccnl_changes
        knowledge.ccnl_monitoring
    """,
    "quality": """
        knowledge.expert_profiles knowledge.expert_feedback knowledge.expert_validations knowledge.expert_tasks
        knowledge.prompt_templates knowledge.failure_patterns knowledge.failure_occurrences
        knowledge.system_improvements knowledge.quality_metrics
    """,
    "faq automation": """
        knowledge.query_clusters knowledge.faq_candidates knowledge.generated_faqs knowledge.faq_source_impacts
        knowledge.faq_generation_jobs
    """,
    "subscriptions": "billing.subscription_packages billing.subscriptions billing.invoices billing.payment_events",
    "data export": """
        knowledge.data_export_requests knowledge.export_audit_logs knowledge.query_history knowledge.document_analyses
        knowledge.tax_calculations knowledge.faq_interactions knowledge.knowledge_base_searches
        billing.electronic_invoices
    """,
}

#: The twenty columns that pointed at a user in three types or not at all.
USER_KEYS = """
    core.customers knowledge.document_analyses knowledge.documents knowledge.expert_faq_candidates
    knowledge.expert_profiles knowledge.faq_usage_logs knowledge.faq_variation_cache billing.invoices billing.payments
    identity.sessions billing.subscriptions knowledge.compliance_checks billing.cost_alerts
    billing.cost_optimization_suggestions knowledge.knowledge_feedback knowledge.query_normalization_log
    knowledge.tax_calculations billing.usage_events billing.usage_quotas billing.user_usage_summaries
"""

TABLES = sorted(metadata.tables)


def user_columns() -> Iterator[Column[object]]:
    for table in metadata.tables.values():
        for column in table.columns:
            if any(key.target_fullname == "identity.users.id" for key in column.foreign_keys):
                yield column


def starts(table: Table) -> list[tuple[str, ...]]:
    """The columns of everything in the table that finds a row by them: no partial index does."""
    whole = [
        index for index in table.indexes if index.dialect_options["postgresql"]["where"] is None and is_btree(index)
    ]
    keys = [c for c in table.constraints if isinstance(c, PrimaryKeyConstraint | UniqueConstraint)]
    return [tuple(column.name for column in each.columns) for each in [*whole, *keys]]


def is_btree(index: Index) -> bool:
    return not index.dialect_options["postgresql"]["using"]


@pytest.mark.parametrize("group", NAMED)
def test_every_table_of_the_incidents_exists_with_its_owner(group: str) -> None:
    """What the incidents name is there, in the schema of the one package that owns it."""
    assert set(NAMED[group].split()) <= set(TABLES)


def test_schema_is_as_large_as_a_real_one() -> None:
    """The application has at least sixty tables, in the five schemas and no other."""
    assert len(TABLES) >= 60
    assert {table.schema for table in metadata.tables.values()} == set(OWNERS)


def test_metadata_is_the_one_metadata() -> None:
    """The models hang on the metadata of SQLModel, which Alembic is given."""
    assert metadata is SQLModel.metadata


def test_no_name_has_two_owners() -> None:
    """One meaning is one table: no table name occurs in two schemas."""
    names = [table.name for table in metadata.tables.values()]
    assert len(names) == len(set(names))


def test_schema_of_a_table_is_the_package_of_its_model() -> None:
    """A table lies in the schema that is named like the package which declares it."""
    owners = {
        str(mapper.local_table): mapper.class_.__module__.split(".")[2]
        for mapper in SQLModel._sa_registry.mappers
        if mapper.class_.__module__.startswith("app.models.")
    }
    assert owners == {name: name.split(".")[0] for name in TABLES}


@pytest.mark.parametrize("name", TABLES)
def test_table_has_key_and_comment(name: str) -> None:
    """Every table says what it is for and has a primary key."""
    table = metadata.tables[name]
    assert table.primary_key.columns
    assert table.comment


def test_user_keys_have_the_one_type() -> None:
    """Every column that points at a user is an INTEGER, as the key of users is."""
    assert isinstance(metadata.tables["identity.users"].c.id.type, Integer)
    assert {type(column.type) for column in user_columns()} == {Integer}


@pytest.mark.parametrize("name", USER_KEYS.split())
def test_user_id_of_the_incident_is_a_foreign_key(name: str) -> None:
    """Each of the twenty columns is a foreign key now, in its one table."""
    assert metadata.tables[name].c.user_id in set(user_columns())


def test_every_column_that_names_a_user_is_a_foreign_key() -> None:
    """No ``user_id`` and no ``…_by`` is left that only looks like a key."""
    named = {
        column
        for table in metadata.tables.values()
        for column in table.columns
        if column.name == "user_id" or column.name.endswith("_by")
    }
    assert named - set(user_columns()) == set()


def test_user_keys_are_first_in_an_index() -> None:
    """What belongs to a user is found without reading the table."""
    assert [c for c in user_columns() if not any(start[0] == c.name for start in starts(c.table))] == []


@pytest.mark.parametrize("name", TABLES)
def test_every_foreign_key_has_an_index(name: str) -> None:
    """The columns of a foreign key come first in an index, so that deleting a parent stays cheap."""
    table = metadata.tables[name]
    for key in table.constraints:
        if isinstance(key, ForeignKeyConstraint):
            wanted = set(key.column_keys)
            assert any(set(start[: len(wanted)]) == wanted for start in starts(table)), key.name


@pytest.mark.parametrize("name", TABLES)
def test_foreign_key_names_a_schema(name: str) -> None:
    """A foreign key says where its target is, and the target exists."""
    for key in metadata.tables[name].foreign_keys:
        assert key.target_fullname.count(".") == 2
        assert key.column.table.fullname in TABLES


def test_names_fit() -> None:
    """Every constraint and index has a name of its own that PostgreSQL keeps whole."""
    for table in metadata.tables.values():
        names = [str(each.name) for each in table.constraints] + [str(each.name) for each in table.indexes]
        assert "None" not in names
        assert len(names) == len(set(names))
        assert all(len(name.encode()) <= 63 for name in names)


def test_mappers_configure() -> None:
    """Every relationship finds its other end."""
    configure_mappers()


@pytest.mark.parametrize(
    "module", ["identity.schemas", "billing.payments", "core.availability", "media.social", "knowledge.quality"]
)
def test_any_module_can_be_imported_first(module: str) -> None:
    """Whichever module of the models comes first, the metadata is whole."""
    code = f"import app.models.{module}; from app.models import metadata; print(len(metadata.tables))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert int(done.stdout) == len(TABLES)


@pytest.mark.parametrize("owner", OWNERS)
def test_owners_import_one_way(owner: str) -> None:
    """A package of models imports the packages before it, never one after it."""
    folder = Path(app.models.__file__).parent / owner
    allowed = OWNERS[: OWNERS.index(owner) + 1]
    imported = {
        node.module.split(".")[2]
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app.models.")
    }
    assert imported - {"columns"} <= set(allowed)


def indexes() -> Iterator[Index]:
    for table in metadata.tables.values():
        yield from table.indexes


def postgresql(index: Index, option: str) -> object:
    return index.dialect_options["postgresql"][option]


def test_breadth_of_postgresql_is_used() -> None:
    """The schema holds each kind of object that the framework must be able to carry."""
    columns = [column for table in metadata.tables.values() for column in table.columns]
    constraints = [each for table in metadata.tables.values() for each in table.constraints]
    keys = [each for each in constraints if isinstance(each, ForeignKeyConstraint)]
    kinds = {column.type.compile(dialect=PGDialect()).split("(")[0] for column in columns}
    assert any(isinstance(column.server_default, Identity) for column in columns)
    assert any(isinstance(column.server_default, Computed) for column in columns)
    assert any(isinstance(each, ExcludeConstraint) for each in constraints)
    assert any(key.deferrable and key.referred_table is key.table for key in keys)
    assert any(key.use_alter for key in keys)
    assert {key.ondelete for key in keys} >= {"CASCADE", "RESTRICT", "SET NULL"}
    assert any(postgresql(index, "where") is not None and index.unique for index in indexes())
    assert any(postgresql(index, "using") == "gin" for index in indexes())
    assert any(postgresql(index, "include") for index in indexes())
    assert any(len(table.primary_key.columns) > 1 for table in metadata.tables.values())
    assert kinds >= {"JSONB", "UUID", "TSTZRANGE", "DATERANGE", "NUMRANGE", "INET", "NUMERIC", "BIGINT"}
    assert any(kind.endswith("[]") for kind in kinds)
    assert any(kind.startswith("identity.") for kind in kinds), "enum types lie in the schema of their owner"


def test_partition_is_declared() -> None:
    """Impressions of ads are partitioned by time, and nothing falls beside the partitions."""
    impressions = metadata.tables["media.ad_impressions"]
    assert impressions.dialect_options["postgresql"]["partition_by"] == "RANGE (occurred_at)"
    assert "occurred_at" in impressions.primary_key.columns
    assert [(each.parent, each.bounds) for each in objects_of(metadata).partitions] == [(impressions, "DEFAULT")]


def test_packages_are_declared_with_their_prices() -> None:
    """The four packages and what describes them are part of the schema."""
    rows = {each.target.fullname: each.rows for each in objects_of(metadata).reference_rows}
    prices = {row["slug"]: str(row["price_monthly"]) for row in rows["billing.subscription_packages"]}
    assert prices == {"free": "0.00", "standard": "29.99", "premium": "79.99", "enterprise": "299.99"}
    keys = {row["metadata_key"] for row in rows["billing.package_metadata"]}
    assert keys >= {"tagline", "highlight", "cta_text"}
    features = {row["feature_name"] for row in rows["billing.package_features"]}
    assert features >= {"basic_tools", "community_support"}
    described = {row["package_slug"] for name in ("metadata", "features") for row in rows[f"billing.package_{name}"]}
    assert described == set(prices)
