"""A deploy that is killed, again and again, leads to where one leads that is left in peace."""

from __future__ import annotations

import signal
from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.deploy import mixed
from tests.deploy.project import Folder, Found, Message, find, rows
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

COMMANDS = {"up": ("upgrade", "head"), "down": ("downgrade", "base")}


#: Of the driver, and of trueline's own: nothing has changed between one of these and what comes next.
QUIET = ("SELECT pg_", "SELECT n.", "SELECT c", "SET ", "show ", "_rollback", "_set_")


def changes(message: Message) -> bool:
    """Whether it is a statement of a revision, or something changes with it."""
    return message.place >= [0, 0, 20] and not message.text.startswith(QUIET) and "pg_catalog" not in message.text


def compared(found: Found) -> Found:
    """Without what interruptions may change: accounts of what failed, and how often a text was written down."""
    ledger = [(*row[:5], row[6]) for row in found.ledger if row[2] != "failed"]
    return replace(found, ledger=ledger)


@pytest.fixture
def folder(folder: Folder) -> Folder:
    """With the history of both kinds."""
    mixed.write(folder)
    return folder


@pytest.fixture
def beginning(folder: Folder, trueline_server: Server, make_database: MakeDatabase, direction: str) -> str:
    """The name of a database where a command in this direction has something to do."""
    url = make_database(trueline_server)
    if direction == "down":
        folder.run(url, "upgrade", "head").ok()
    return str(sa.make_url(url).database)


@pytest.mark.parametrize("direction", ["up", "down"])
def test_killed_at_every_statement(
    folder: Folder, trueline_server: Server, make_database: MakeDatabase, beginning: str, direction: str
) -> None:
    """Killed before and after each statement and commit, one after the other, no run does again what is committed."""
    command = COMMANDS[direction]
    undisturbed = make_database(trueline_server, beginning)
    messages = folder.messages(undisturbed, *command)
    last = max(number for number, message in enumerate(messages) if message.text.startswith("WITH given")) + 2
    places = [message.place for message in messages[:last] if changes(message)] + [messages[last].place]
    assert len(places) > 80
    url = make_database(trueline_server, beginning)
    for place in places:
        done = folder.run(url, *command, fault=folder.fault("kill", command[0], at=place))
        assert done.code == -signal.SIGKILL, f"{place}: {done.output}"
    ends = range(20, 200, 6)  # nothing is left but to tell how it has ended
    codes = [folder.run(url, *command, fault=folder.fault("kill", command[0], at=[0, 0, end])).code for end in ends]
    assert {codes[0], codes[-1]} == {-signal.SIGKILL, 0}
    assert compared(find(url)) == compared(find(undisturbed))
    assert set(rows(url, "SELECT outcome FROM trueline_deploy WHERE id > 2")) == {("interrupted",), ("done",)}
