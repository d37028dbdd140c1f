"""What an upgrade would do, without doing it to the database that is meant."""
