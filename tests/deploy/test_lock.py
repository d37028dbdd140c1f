"""Two migrations of one database take turns."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from trueline.deploy.lock import one_at_a_time
from trueline.deploy.turn import KEY
from trueline.errors import TruelineError

ROOT = Path(__file__).parents[2]


def other(url: str) -> psycopg.Connection:
    address = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True, application_name="the other deploy")


def held(connection: psycopg.Connection) -> bool:
    query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %(one)s AND objid = %(two)s"
    row = connection.execute(query, KEY).fetchone()
    return row is not None and row[0] > 0


def test_a_waiter_says_whom_it_waits_for_and_goes_on(empty_database_url: str, caplog: pytest.LogCaptureFixture) -> None:
    """The holder is named by process and application; the waiter keeps no transaction open meanwhile."""
    caplog.set_level(logging.INFO, "trueline.lock")
    engine = sa.create_engine(empty_database_url, poolclass=NullPool)
    with other(empty_database_url) as holder, engine.connect() as connection:
        holder.execute("SELECT pg_advisory_lock(%(one)s, %(two)s)", KEY)
        pid = holder.info.backend_pid

        def let_go(_: float) -> None:
            assert not connection.in_transaction()
            holder.execute("SELECT pg_advisory_unlock(%(one)s, %(two)s)", KEY)

        with one_at_a_time(connection, sleep=let_go):
            assert held(holder)
        assert not held(holder)
    assert f"pid {pid}, the other deploy" in caplog.text
    engine.dispose()


def test_the_lock_goes_with_an_error(empty_database_url: str) -> None:
    """Whatever happens inside, nobody waits for ever: not even after a failed statement."""
    engine = sa.create_engine(empty_database_url, poolclass=NullPool)
    with engine.connect() as connection:
        with pytest.raises(TruelineError), one_at_a_time(connection):
            raise TruelineError("no")
        with other(empty_database_url) as witness:
            assert not held(witness)
        with pytest.raises(sa.exc.DBAPIError), one_at_a_time(connection):
            connection.execute(sa.text("SELECT no_such_column"))
    with other(empty_database_url) as witness:
        assert not held(witness)
    engine.dispose()


def test_simultaneous_upgrades_all_succeed(empty_database_url: str) -> None:
    """Several workers of one deploy: one applies the history, the others find nothing to apply, none fails."""
    command = [sys.executable, "-m", "alembic", "upgrade", "head"]
    env = {**os.environ, "DATABASE_URL": empty_database_url}
    workers = [
        subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(3)
    ]
    outputs = [worker.communicate()[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0], "\n".join(outputs)
    assert sorted("nothing to apply" in output for output in outputs) == [False, True, True]
