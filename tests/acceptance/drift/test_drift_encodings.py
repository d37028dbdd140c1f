"""A database in any encoding is read and compared like any other."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from tests.acceptance.project import new_project, plain_url
from trueline.testing import MakeDatabase
from trueline.testing.databases import database_name
from trueline.testing.servers import Server

#: As CREATE DATABASE names them, with a name that each can hold.
ENCODINGS = [("SQL_ASCII", "Größe"), ("LATIN1", "Größe"), ("EUC_JP", "表")]


@pytest.mark.parametrize(("encoding", "name"), ENCODINGS)
def test_every_encoding(
    encoding: str, name: str, any_server: Server, make_database: MakeDatabase, tmp_path: Path
) -> None:
    """A revision is written, applied and quiet, and what is made by hand is seen, whatever the encoding."""
    database, beside = database_name(), plain_url(make_database(any_server))
    create = f"CREATE DATABASE {database} TEMPLATE template0 ENCODING {encoding}"
    with psycopg.connect(beside, autocommit=True) as connection:
        connection.execute(f"{create} LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'".encode())
    metadata = sa.MetaData()
    sa.Table(name, metadata, sa.Column("id", sa.Integer, primary_key=True), comment=name)
    project = new_project(tmp_path, any_server.url(database), metadata)
    project.written()
    assert not (checked := project.check()).failed, checked.text
    with psycopg.connect(plain_url(project.url), client_encoding="utf8", autocommit=True) as connection:
        connection.execute(f'ALTER TABLE "{name}" ADD "{name}" integer'.encode())
    assert project.check().line("column", f'"{name}"."{name}"', "integer")
    with psycopg.connect(beside, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {database} WITH (FORCE)".encode())
