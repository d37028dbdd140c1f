"""``trueline schema``: everything that the database keeps about its schemas, as SQL to read or as JSON."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from trueline.catalog.codec import to_json
from trueline.catalog.render import render
from trueline.catalog.snapshot import read_catalog
from trueline.env import open_target
from trueline.settings import load_settings


class Format(StrEnum):
    """How the schema is written."""

    sql = "sql"
    json = "json"


def schema(
    format: Annotated[Format, typer.Option(help="SQL for people, JSON for programs.")] = Format.sql,  # noqa: A002
    watch: Annotated[
        str, typer.Option(help="What to read beside the usual: owner,grant,default_privileges,column_order,database.")
    ] = "",
) -> None:
    """Print the schema of the database, as PostgreSQL keeps it."""
    watched = frozenset(word.strip() for word in watch.split(",") if word.strip())
    with open_target(load_settings()) as connection:
        catalog = read_catalog(connection, watch=watched)
    print(to_json(catalog, indent=1) if format is Format.json else render(catalog), end="")
