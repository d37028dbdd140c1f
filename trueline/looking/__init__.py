"""What people look at around a deploy: what was done to a database, and how it is with it now."""
