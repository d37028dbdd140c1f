"""The project tests itself with its own plugin; here is only what other projects have no use for."""

from __future__ import annotations

import pytest

from trueline.testing import MakeDatabase, Servers
from trueline.testing.servers import Server


@pytest.fixture(scope="session", params=[18, 16, 15], ids="postgres{}".format)
def any_server(request: pytest.FixtureRequest, trueline_servers: Servers) -> Server:
    """Each PostgreSQL that is supported, one after the other; skips those that are not on this machine."""
    return trueline_servers(request.param)


@pytest.fixture
def any_empty_url(any_server: Server, make_database: MakeDatabase) -> str:
    return make_database(any_server)
