"""What a revision can reach while it is replayed: the scratch database, and nothing of the live one."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from alembic.config import Config
from sqlalchemy import Connection

from trueline.readings.proxies import proxies_kept

_VARIABLE = "DATABASE_URL"
_OPTION = "sqlalchemy.url"


@contextmanager
def isolated(config: Config, connection: Connection | None) -> Iterator[None]:
    """Lead every usual way from a revision to the live database into the scratch database instead.

    Args:
        config: the project's, which may hold the live connection or its address.
        connection: to the scratch database; None where nothing is executed.
    """
    with ExitStack() as stack:
        stack.enter_context(proxies_kept())
        stack.enter_context(_quiet())
        if connection is not None:
            address = connection.engine.url.render_as_string(hide_password=False)
            stack.enter_context(_attribute(config, connection))
            stack.enter_context(_option(config, address))
            stack.enter_context(_variable(address))
        yield


@contextmanager
def _attribute(config: Config, connection: Connection) -> Iterator[None]:
    """A program that calls Alembic may have put its connection there."""
    given: Any = config.attributes.get("connection")
    if given is None:
        yield
        return
    config.attributes["connection"] = connection
    try:
        yield
    finally:
        config.attributes["connection"] = given


@contextmanager
def _option(config: Config, address: str) -> Iterator[None]:
    given = config.get_main_option(_OPTION)
    if given is None:
        yield
        return
    config.set_main_option(_OPTION, address.replace("%", "%%"))
    try:
        yield
    finally:
        config.set_main_option(_OPTION, given.replace("%", "%%"))


@contextmanager
def _variable(address: str) -> Iterator[None]:
    given = os.environ.get(_VARIABLE)
    if given is None:
        yield
        return
    os.environ[_VARIABLE] = address
    try:
        yield
    finally:
        os.environ[_VARIABLE] = given


@contextmanager
def _quiet() -> Iterator[None]:
    """Alembic tells of each revision that it runs: these are not the ones that somebody asked for."""
    logger = logging.getLogger("alembic.runtime.migration")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)
