"""Folders for data that go with the test, and users of a server that live in processes of their own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.embedded.server_users import NewUser, User
from trueline.embedded.scratch import scratch_base

_USER = """
import sys
from pathlib import Path
from trueline.embedded import serve
with serve(Path(sys.argv[1]), version=int(sys.argv[2]), durable=False) as server:
    print(server.socket_dir, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def new_user() -> Iterator[NewUser]:
    with ExitStack() as stack:

        def start(data: Path, version: int = 18) -> User:
            command = [sys.executable, "-c", _USER, str(data), str(version)]
            pipe = subprocess.PIPE
            process = stack.enter_context(
                subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)
            )
            stack.callback(process.kill)
            return User(process)

        yield start


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder that PostgreSQL's user may enter, as a project's mostly is."""
    path = Path(tempfile.mkdtemp(prefix="trueline-embedded-", dir=scratch_base()))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)
