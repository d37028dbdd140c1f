"""The roles that docs/deploys.md describes can do what it says, and no more is needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from tests.acceptance.project import Project
from tests.deploy.small import MIXED, TABLE, history


@contextmanager
def role(owner: Project, grants: str) -> Iterator[Project]:
    """The project as a new role with these privileges, which say {role} and {database}."""
    quoted = f'"tl-{os.urandom(4).hex()}"'
    url = sa.make_url(owner.url)
    database = '"' + str(url.database) + '"'
    owner.execute(f"CREATE ROLE {quoted} LOGIN; REVOKE ALL ON SCHEMA public FROM public")
    owner.execute(grants.format(role=quoted, database=database))
    try:
        yield replace(owner, url=url.set(username=quoted[1:-1]).render_as_string(hide_password=False))
    finally:
        owner.execute(f"DROP OWNED BY {quoted}; DROP ROLE {quoted}")


MIGRATES = "GRANT CREATE ON DATABASE {database} TO {role}; GRANT CREATE, USAGE ON SCHEMA public TO {role}"
LOOKS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT ON alembic_version, trueline_deploy, trueline_revision TO {role}
"""


def test_a_role_that_migrates(any_empty_url: str, tmp_path: Path) -> None:
    """It begins in an empty database, goes up and down, and has its ledger."""
    schema = ('op.execute("CREATE SCHEMA s")', 'op.execute("DROP SCHEMA s")')
    owner = history(tmp_path, any_empty_url, schema, TABLE, MIXED)
    with role(owner, MIGRATES) as migrator:
        assert not (done := migrator.upgrade()).failed, done.text
        assert not (gone := migrator.downgrade("base")).failed, gone.text
        assert migrator.rows("SELECT command, outcome FROM trueline_deploy ORDER BY id") == [
            ("upgrade", "done"),
            ("downgrade", "done"),
        ]


def test_a_role_that_looks(any_empty_url: str, tmp_path: Path) -> None:
    """It may check, and a deploy of its own is refused in words before anything is changed."""
    owner = history(tmp_path, any_empty_url, ("pass", "pass"))
    assert not owner.upgrade().failed
    with role(owner, LOOKS) as looker:
        assert not (checked := looker.check()).failed, checked.text
        refused = looker.downgrade("base")
        assert refused.failed
        assert refused.line("permission denied") is not None, refused.text
    assert owner.rows("SELECT version_num FROM alembic_version") == [("r001",)]
    assert owner.rows("SELECT outcome FROM trueline_deploy") == [("done",)]
