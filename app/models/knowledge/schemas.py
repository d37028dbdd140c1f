"""What the API takes and gives: derived from the bases of the tables, so that the two cannot part."""

import datetime as dt
import uuid
from decimal import Decimal

from app.models.knowledge.experts import ExpertProfileBase
from app.models.knowledge.exports import DataExportBase, ExportState
from app.models.knowledge.faq import FaqBase, FaqStatus


class ExpertProfileCreate(ExpertProfileBase):
    """A user's wish to be an expert."""


class ExpertProfileRead(ExpertProfileBase):
    """An expert as other users see them."""

    id: int
    user_id: int
    trust_score: Decimal
    verified_at: dt.datetime | None


class FaqRead(FaqBase):
    """A question and its answer as users see them."""

    id: int
    status: FaqStatus


class DataExportCreate(DataExportBase):
    """A user's wish for a copy of their data."""


class DataExportRead(DataExportBase):
    """An export as its user sees it."""

    id: uuid.UUID
    state: ExportState
    expires_at: dt.datetime | None
