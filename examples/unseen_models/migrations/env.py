from alembic import context
from sqlmodel import SQLModel

import app.models

context.configure(target_metadata=SQLModel.metadata)
