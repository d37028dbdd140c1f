"""What the database has by no declaration, for a command that writes the declarations."""

from __future__ import annotations

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData

from trueline.autogen.compare import compare_project
from trueline.autogen.project import Project
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject


def undeclared_in(
    connection: Connection, metadata: MetaData, project: Project
) -> tuple[tuple[CatalogObject, ...], Catalog]:
    """The objects that no declaration made, and the catalog that they are in."""
    found = compare_project(connection, metadata, project)
    return found.compared.undeclared, found.compared.old


__all__ = ["Config", "ScriptDirectory", "undeclared_in"]
