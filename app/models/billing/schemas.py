"""What the API takes and gives: derived from the bases of the tables, so that the two cannot part."""

import datetime as dt

from app.models.billing.packages import PackageBase
from app.models.billing.subscriptions import SubscriptionBase, SubscriptionStatus


class PackageRead(PackageBase):
    """A package on the price list."""


class SubscriptionCreate(SubscriptionBase):
    """What a user asks for when they subscribe."""


class SubscriptionRead(SubscriptionBase):
    """A subscription as its subscriber sees it."""

    id: int
    user_id: int
    status: SubscriptionStatus
    period_start: dt.datetime
    period_end: dt.datetime
    trial_ends_at: dt.datetime | None
    cancelled_at: dt.datetime | None
