"""One module per check: `ABOUT` says what holds where it finds nothing, ``check(work)`` looks."""
