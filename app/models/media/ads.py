"""Advertising: campaigns, ads, and every time one was shown or clicked."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import Range

from app.models.columns import IntegerKey, moment
from trueline import Field, Partition, Relationship, TenantScoped, Timestamps, UuidKey
from trueline.types import DATERANGE


class CampaignStatus(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"


class AdCampaign(TenantScoped, Timestamps, IntegerKey, table=True):
    """Ads that a tenant pays for together."""

    __tablename__ = "ad_campaigns"
    __table_args__ = (
        CheckConstraint("spent <= budget", name="spent_within_budget"),
        Index("ix_ad_campaigns_targeting", "targeting", postgresql_using="gin"),
        {"schema": "media"},
    )

    created_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    name: str = Field(min_length=1, max_length=120)
    status: CampaignStatus = Field(default=CampaignStatus.DRAFT, sa_column_kwargs={"server_default": "draft"})
    runs: Range[dt.date] = Field(sa_type=DATERANGE(), description="Days on which its ads are shown")
    budget: Decimal = Field(gt=0, max_digits=12, decimal_places=2)
    spent: Decimal = Field(
        default=Decimal(0), ge=0, max_digits=12, decimal_places=2, sa_column_kwargs={"server_default": text("0")}
    )
    targeting: dict[str, Any] = Field(default_factory=dict, description="Whom the ads are for")

    ads: list["Ad"] = Relationship(back_populates="campaign")


class Ad(Timestamps, IntegerKey, table=True):
    """One advertisement."""

    __tablename__ = "ads"
    __table_args__ = {"schema": "media"}

    campaign_id: int = Field(foreign_key="media.ad_campaigns.id", index=True, ondelete="CASCADE")
    video_id: int | None = Field(
        default=None, foreign_key="media.videos.id", index=True, ondelete="SET NULL", description="The spot"
    )
    headline: str = Field(min_length=1, max_length=90)
    target_url: str = Field(max_length=500, pattern=r"^https://")
    bid: Decimal = Field(gt=0, max_digits=8, decimal_places=4, description="Per thousand impressions")

    campaign: AdCampaign = Relationship(back_populates="ads")


class AdImpression(UuidKey, table=True):
    """An ad that was shown; partitioned by time, as there are many and old ones are dropped together."""

    __tablename__ = "ad_impressions"
    __table_args__ = (
        Index("ix_ad_impressions_ad_id_occurred_at", "ad_id", "occurred_at"),
        {"schema": "media", "postgresql_partition_by": "RANGE (occurred_at)"},
    )

    occurred_at: dt.datetime = Field(primary_key=True)
    ad_id: int = Field(foreign_key="media.ads.id", ondelete="RESTRICT")
    user_id: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    price: Decimal = Field(default=Decimal(0), ge=0, max_digits=10, decimal_places=6)


# Takes what no month's partition takes, so that nothing is lost when a job was late to add one.
Partition(table=AdImpression, name="ad_impressions_default", bounds="DEFAULT")


class AdClick(UuidKey, table=True):
    """A user who followed an ad."""

    __tablename__ = "ad_clicks"
    __table_args__ = {"schema": "media"}

    ad_id: int = Field(foreign_key="media.ads.id", index=True, ondelete="RESTRICT")
    user_id: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    clicked_at: dt.datetime = moment()
