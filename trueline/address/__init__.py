"""How a database is named: every form of its address in use, read into one."""
