"""What the models declare: one metadata, its names, its guard rails and what the database enforces."""
