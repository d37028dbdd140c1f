from alembic import context

from bookings.booking_models import Base

context.configure(target_metadata=Base.metadata)
