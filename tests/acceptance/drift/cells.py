"""Reads the cells in ``cells/``: what somebody may do to a database by hand, and what must be said about it.

    === models plain
    === index renamed: ix_other @ (since 18)
    SQL

After the colon stand words that one line of ``alembic check`` must hold. Each cell has a schema of its own, ``@`` in
its SQL and in its words, so that all of them can be in one project and one database. Every second schema has a name
that must be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from tests.acceptance.drift.models import MODELS, NAMING, Build
from trueline.catalog.render.words import name

PLACE = Path(__file__).parent / "cells"

_HEAD = re.compile(r"(?P<title>[^:]+): (?P<words>.+?)(?: \(since (?P<since>\d+)\))?$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One difference.

    Attributes:
        title: what was done.
        schema: of its own.
        build: declares the models in a metadata and that schema.
        sql: what is done by hand.
        words: all of them stand in one line of the check.
        since: the first version of PostgreSQL that has it.
    """

    title: str
    schema: str
    build: Build
    sql: str
    words: tuple[str, ...]
    since: int = 0

    @property
    def name(self) -> str:
        """Says in pytest's output which one it is."""
        return self.title.replace(" ", "-")


def read_cells(*files: str) -> list[Cell]:
    """The cells of these files, each in its schema."""
    texts = {file: (PLACE / f"{file}.sql").read_text(encoding="utf-8") for file in files}
    return [cell for file, text in texts.items() for cell in _cells(text, file)]


def metadata_of(cells: Iterable[Cell]) -> sa.MetaData:
    """The models of all these cells."""
    metadata = sa.MetaData(naming_convention=NAMING)
    for cell in cells:
        cell.build(metadata, cell.schema)
    return metadata


def _cells(text: str, file: str) -> Iterator[Cell]:
    build = next(iter(MODELS.values()))
    for number, block in enumerate(re.split(r"^=== ", text, flags=re.MULTILINE)[1:]):
        head, _, sql = block.partition("\n")
        if head.startswith("models "):
            build = MODELS[head.removeprefix("models ")]
            continue
        match = _HEAD.match(head)
        assert match, head
        schema = f"{file}{number:03}" if number % 2 else f"{file} %s:X {number:03}"
        words = tuple(word.replace("@", name(schema)) for word in match["words"].split(" "))
        yield Cell(match["title"], schema, build, sql.replace("@", name(schema)), words, int(match["since"] or 0))
