"""What can be ordered with a booking."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text, true

from app.models.columns import IntegerKey
from trueline import Field, Relationship, SoftDelete, TenantScoped, Timestamps


class MenuCategory(TenantScoped, IntegerKey, table=True):
    """A heading of the menu; headings nest."""

    __tablename__ = "menu_categories"
    __table_args__ = (
        UniqueConstraint("tenant_id", "slug"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        {"schema": "core"},
    )

    # Deferred, so that a whole menu can be loaded in any order.
    parent_id: int | None = Field(
        default=None,
        index=True,
        sa_column_args=[ForeignKey("core.menu_categories.id", deferrable=True, initially="DEFERRED")],
    )
    slug: str = Field(max_length=60, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str = Field(min_length=1, max_length=100)
    position: int = Field(default=0, ge=0, sa_column_kwargs={"server_default": text("0")})

    items: list["MenuItem"] = Relationship(back_populates="category")


class MenuItem(SoftDelete, TenantScoped, Timestamps, IntegerKey, table=True):
    """A dish or a drink."""

    __tablename__ = "menu_items"
    __table_args__ = (
        Index("ix_menu_items_allergens", "allergens", postgresql_using="gin"),
        Index(
            "uq_menu_items_tenant_id_name",
            "tenant_id",
            "name",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
            sqlite_where=text("deleted_at IS NULL"),
        ),
        {"schema": "core"},
    )

    category_id: int | None = Field(
        default=None, foreign_key="core.menu_categories.id", index=True, ondelete="SET NULL"
    )
    name: str = Field(min_length=1, max_length=120)
    about: str | None = Field(default=None, max_length=1000)
    price: Decimal = Field(ge=0, max_digits=10, decimal_places=2)
    allergens: list[str] = Field(default_factory=list)
    is_available: bool = Field(default=True, sa_column_kwargs={"server_default": true()})

    category: MenuCategory | None = Relationship(back_populates="items")


class AddonItem(TenantScoped, Timestamps, IntegerKey, table=True):
    """An extra such as flowers, a cake or a longer stay."""

    __tablename__ = "addon_items"
    __table_args__ = (UniqueConstraint("tenant_id", "name"), {"schema": "core"})

    name: str = Field(min_length=1, max_length=120)
    about: str | None = Field(default=None, max_length=1000)
    price: Decimal = Field(ge=0, max_digits=10, decimal_places=2)
    max_quantity: int = Field(default=1, ge=1, le=100, sa_column_kwargs={"server_default": text("1")})
    is_available: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
