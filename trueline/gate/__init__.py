"""The gate: one command that looks at everything that has to hold before a change of the schema is taken in."""
