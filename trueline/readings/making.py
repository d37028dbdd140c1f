"""Building what models declare in a scratch database, and reading it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg

from trueline.catalog.snapshot import read_catalog
from trueline.readings import account
from trueline.readings.build import Builder
from trueline.readings.capture import Statement
from trueline.readings.extensions import available_extensions
from trueline.readings.hints import Place
from trueline.readings.kept import Declared, Kept
from trueline.readings.progress import progress
from trueline.readings.send import run
from trueline.readings.sourcing import Source
from trueline.scratch.database import Scratch
from trueline.scratch.places import scratch_database
from trueline.scratch.session import Session, driver_of

if TYPE_CHECKING:
    from trueline.readings.declared import Models

_SETTINGS = "SET check_function_bodies = off; SET standard_conforming_strings = on"


def built(models: Models) -> Kept:
    """What came of building the models.

    Raises:
        TruelineError: something cannot be built, or there is no place for a scratch database.
    """
    statements, sources = models.statements, models.sources
    with scratch_database(models.live, models.settings, session=models.session) as scratch:
        with _builder(scratch, models.session, sources, len(statements)) as builder:
            came = builder.build(statements)
            extensions = frozenset(each[0] for each in available_extensions(builder.driver))
            place = Place(scratch.place, extensions)
            left_out = account.left_out(came, place)
            if came.refused and not left_out:
                raise account.unbuilt(came, sources, models.metadata, place)
            _drop_public(builder.driver, models.session, statements)
            catalog = read_catalog(builder.driver, watch=models.watch, framework=models.framework)
        catalog = account.with_values(catalog, came)
        found = (*models.otherwise, *account.findings(came, catalog, builder, place))
    digests = {each.name: each.digest() for each in sources if each.consulted}
    declared = Declared(catalog, account.taken_over(came), found, left_out, not digests, tuple(sorted(came.taken)))
    return Kept(declared, tuple(account.log_lines(came)), digests)


@contextmanager
def _builder(scratch: Scratch, session: Session, sources: Sequence[Source], total: int) -> Iterator[Builder]:
    with scratch.connect(autocommit=True) as connection, progress("building the models", total) as advance:
        driver = driver_of(connection)
        run(driver, _SETTINGS)
        yield Builder(driver, session.schema or "public", session.version, sources, advance)


def _drop_public(driver: psycopg.Connection[Any], session: Session, statements: list[Statement]) -> None:
    """Every new database has that schema; one that was taken away from the live database is no difference."""
    wanted = any(each.sql == "CREATE SCHEMA IF NOT EXISTS public" for each in statements)
    if not session.public and not wanted:
        try:
            run(driver, "DROP SCHEMA IF EXISTS public")
        except psycopg.errors.DependentObjectsStillExist:
            return
