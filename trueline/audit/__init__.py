"""``trueline audit``: is there one metadata, and does it make sense? Told from source, without importing any of it."""
