"""A database in memory, with the tables of a base that has none."""

import pytest
from sqlalchemy import create_engine

from app.database import Base


@pytest.fixture
def engine():
    """Empty: the models stand on app.models.base.Base."""
    engine = create_engine("sqlite:///:memory:")
    Base.metadata.create_all(engine)
    return engine
