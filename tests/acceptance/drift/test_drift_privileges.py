"""A role that may only look: what it lacks is named, ready to paste, until the check is quiet."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from tests.acceptance.project import new_project
from trueline.objects import ReferenceRows


def test_a_role_is_told_what_it_lacks(any_empty_url: str, tmp_path: Path) -> None:
    """Each statement that the check proposes is one that helps; with all of them it is quiet, and still sees all."""
    role, metadata = f'tl "{os.urandom(4).hex()}"', sa.MetaData()
    for schema in ("Odd one", None):
        plans = sa.Table("plans %", metadata, sa.Column("slug", sa.Text, primary_key=True), schema=schema)
        ReferenceRows(plans, key=("slug",), rows=[{"slug": "free"}])
    owner = new_project(tmp_path, any_empty_url, metadata)
    owner.written()
    quoted = '"' + role.replace('"', '""') + '"'
    owner.execute(f"CREATE ROLE {quoted} LOGIN CREATEDB; REVOKE ALL ON SCHEMA public FROM public")
    url = sa.make_url(any_empty_url).set(username=role).render_as_string(hide_password=False)
    looker = replace(owner, url=url)
    try:
        seen = [_heal(looker.check().text, owner.execute) for _ in range(3)]
        assert [each.partition(":")[0] for each in seen] == [
            f"role {quoted} may not read the revision of the database",
            f"role {quoted} may not read reference rows",
            f"role {quoted} may not read reference rows",
        ]
        assert not (checked := looker.check()).failed, checked.text
        owner.execute('ALTER TABLE "Odd one"."plans %" ADD a integer')
        assert looker.check().line("column", '"Odd one"."plans %".a') is not None
    finally:
        owner.execute(f"DROP OWNED BY {quoted}; DROP ROLE {quoted}")


def _heal(text: str, execute: object) -> str:
    """Do what a failure proposes; what it said."""
    assert callable(execute)
    said = next(line for line in text.splitlines() if "may not read" in line)
    execute(next(line for line in text.splitlines() if "GRANT" in line).partition("fix: ")[2])
    return said
