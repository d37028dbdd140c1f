"""What differs between models, revisions and a database, and whose doing it is."""
