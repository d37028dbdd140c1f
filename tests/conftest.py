"""The project tests itself with its own plugin; here is only what other projects have no use for."""

from __future__ import annotations

import os

import pytest

from trueline.testing import MakeDatabase, Servers
from trueline.testing.servers import Server

#: Which PostgreSQL the tests go through that are meant for every one.
SERVERS = [int(word) for word in os.environ.get("TRUELINE_TEST_SERVERS", "18,16,15").split(",")]


@pytest.fixture(scope="session", params=SERVERS, ids="postgres{}".format)
def any_server(request: pytest.FixtureRequest, trueline_servers: Servers) -> Server:
    """Each PostgreSQL that is supported, one after the other; skips those that are not on this machine."""
    return trueline_servers(request.param)


@pytest.fixture
def any_empty_url(any_server: Server, make_database: MakeDatabase) -> str:
    return make_database(any_server)
