"""A project's source as facts: bases, tables, columns, keys, revisions, with file and line; nothing is imported."""
