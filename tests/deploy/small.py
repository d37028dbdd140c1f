"""Histories of a few hand-written revisions, driven in this process."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import sqlalchemy as sa

from tests.acceptance.project import Project, new_project

_REVISION = '''"""{name}"""

import sqlalchemy as sa
from alembic import op

revision = "{name}"
down_revision = {before!r}


def upgrade() -> None:
{up}


def downgrade() -> None:
{down}
'''


def history(root: Path, url: str, *bodies: tuple[str, str], settings: str = "") -> Project:
    """A project with a revision for each pair of bodies, up and down: r001, r002 …; its models are empty."""
    project = new_project(root, url, sa.MetaData(), settings)
    before = None
    for number, (up, down) in enumerate(bodies, 1):
        before = write(project, f"r{number:03}", before, up, down)
    return project


def write(project: Project, name: str, before: str | None, up: str, down: str = "pass") -> str:
    """Write one revision; its name."""
    text = _REVISION.format(name=name, before=before, up=_body(up), down=_body(down))
    (project.root / "migrations" / "versions" / f"{name}.py").write_text(text, encoding="utf-8")
    return name


def _body(code: str) -> str:
    return indent(dedent(code).strip() or "pass", "    ")


TABLE = ('op.create_table("t", sa.Column("id", sa.Integer, primary_key=True))', 'op.drop_table("t")')
MIXED = (
    """
    op.add_column("t", sa.Column("b", sa.Integer))
    with op.get_context().autocommit_block():
        op.create_index("ix_t_b", "t", ["b"], postgresql_concurrently=True)
        op.execute("INSERT INTO t (id) VALUES (1)")
    op.execute("ALTER TABLE t ADD CONSTRAINT positive CHECK (id > 0) NOT VALID")
    op.execute("ALTER TABLE t VALIDATE CONSTRAINT positive")
    """,
    """
    op.execute("DELETE FROM t")
    op.drop_constraint("positive", "t")
    with op.get_context().autocommit_block():
        op.drop_index("ix_t_b", postgresql_concurrently=True)
    op.drop_column("t", "b")
    """,
)
