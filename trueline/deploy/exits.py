"""Exit codes of ``alembic upgrade`` and ``downgrade`` that tell a deploy what to do; any other failure is 255.

They begin at 10, so that none is a shell's or a signal's.
"""

from __future__ import annotations

#: Several heads in the files; the database is at a revision that no file has; a file names one that there is not.
SEVERAL_HEADS, UNKNOWN_REVISION, MISSING_REVISION = 10, 11, 12

#: The lock was lost; another migration took longer than ``wait_timeout``.
LOCK_LOST, NOT_OUR_TURN = 13, 14

#: The database, or a revision's file, is not what the last deploy left, and ``on_drift`` is "refuse".
DRIFTED = 15

#: A lock could not be had, however often it was tried.
LOCKED_OUT = 16
