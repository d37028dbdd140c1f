from app.models import metadata
from trueline.env import run_migrations

run_migrations(metadata)
