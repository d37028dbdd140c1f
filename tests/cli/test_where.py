"""`trueline where`: the database in words, and a command to paste."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trueline.cli.where import describe, psql_line
from trueline.errors import TruelineError
from trueline.settings import Settings, Target, parse_url

SECRET = "m4rk3r"


def test_a_configured_database_is_named_without_its_password() -> None:
    """psql asks for the password itself; neither line holds it."""
    target = Target(
        parse_url(f"postgres://ann:{SECRET}@db:5433/shop?sslmode=require", source="DATABASE_URL"), "DATABASE_URL"
    )
    lines = describe(target, Settings(), Path.cwd())
    assert SECRET not in "".join(lines)
    assert psql_line(target.url) in lines[1]
    assert psql_line(target.url) == "psql 'postgresql://ann@db:5433/shop?sslmode=require'"


def test_without_a_database_both_ways_out_are_named() -> None:
    """Neither DATABASE_URL nor the embedded server."""
    with pytest.raises(TruelineError, match="DATABASE_URL is not set"):
        describe(None, Settings(), Path.cwd())


@pytest.mark.parametrize("elsewhere", [True, False])
def test_the_embedded_database_opens_from_where_the_user_is(tmp_path: Path, elsewhere: bool) -> None:
    """From another folder the command begins by going to the project, quoted where its name has a space."""
    project = tmp_path / "my project"
    project.mkdir()
    (project / "pyproject.toml").write_text("[tool.trueline]\nembedded = true\n")
    seen_from = tmp_path if elsewhere else project
    command = [sys.executable, "-m", "trueline", "where", "--from", str(seen_from)]
    env = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "POSTGRES_"))}
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=True)
    way = f"cd '{project}' && " if elsewhere else ""
    assert done.stdout.splitlines()[1] == f"open it:  {way}trueline db psql"
