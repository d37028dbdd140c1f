"""A process that has everything imported, and forks the ``alembic`` commands that tests disturb.

It is run as a script, and reads a JSON document a line from standard input:

    {"start": {"arguments": […], "folder": …, "environ": {…}, "output": …, "fault": {…}}}  -> {"pid": …}
    {"wait": pid}                                                                         -> {"code": …}

A fault counts the messages of the deploying connection to the server. Their place is the number of the revision that
is being run, of the statement that it has come to, and of the message since then. ``at`` is a place; what ``does``
says happens right before the first message there or later: ``kill`` is kill -9 of the command, ``terminate`` ends its
session on the server, ``crash`` is kill -9 of the server's first process ``pid``, ``interrupt`` is Ctrl-C, ``list``
only writes the messages down. With ``sent``, it happens once the server has the message, and before it has answered.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Generator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
from psycopg.waiting import Wait

Fault = dict[str, Any]


class Messages:
    """What the deploying connection sends, counted."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.place = [0, 0, 0]
        self.done = False
        self.wait = psycopg.Connection.wait

    def install(self) -> None:
        """Have psycopg ask here."""
        messages = self

        def wait(connection: Any, generator: Any, *rest: Any, **options: Any) -> Any:
            if threading.current_thread() is not threading.main_thread():
                return messages.wait(connection, generator, *rest, **options)
            messages.come_to(connection, generator)
            watched = messages.watched(connection, generator)
            try:
                return messages.wait(connection, watched, *rest, **options)
            finally:
                messages.place[2] += 1

        self.follow()
        psycopg.Connection.wait = wait  # type: ignore[assignment,method-assign]  # sees every message

    def follow(self) -> None:
        """Know which statement a message is for."""
        from trueline.deploy.current import Current

        messages, come_to = self, Current.come_to

        def comes_to(current: Any, statement: str) -> bool:
            messages.place = [messages.fault["order"].index(current.progress.revision) + 1, current.number + 1, 0]
            return come_to(current, statement)

        Current.come_to = comes_to  # type: ignore[assignment,method-assign]  # the one place to hear of it

    def watched(self, connection: Any, generator: Any) -> Generator[Any, Any, Any]:
        """The driver's own steps, until it waits for the answer."""
        told = False
        try:
            wanted = next(generator)
            while True:
                if wanted == Wait.R and not told:
                    told = True
                    self.come_to(connection)
                ready = yield wanted
                wanted = generator.send(ready)
        except StopIteration as end:
            return end.value

    def _crash(self, _connection: Any) -> None:
        os.kill(self.fault["pid"], signal.SIGKILL)

    def come_to(self, connection: Any, unsent: Any = None) -> None:
        """Do what the fault says, where it says so; ``unsent`` is the driver's steps before they begin."""
        does, sent = self.fault["does"], unsent is None
        if does == "list":
            if not sent:
                with Path(self.fault["to"]).open("a") as file:
                    file.write(f"{json.dumps([self.place, _account(unsent)])}\n")
        elif self.place >= self.fault["at"] and sent == bool(self.fault.get("sent")) and not self.done:
            self.done = True
            {"kill": _kill, "terminate": _terminate, "crash": self._crash, "interrupt": _interrupt}[does](connection)


def _account(generator: Any) -> str:
    """The statement in a message, as far as it can be told."""
    values = getattr(getattr(generator, "gi_frame", None), "f_locals", {})
    query = values.get("query", getattr(generator, "__name__", ""))
    return " ".join(str(query.decode() if isinstance(query, bytes) else query).split())


def _kill(_connection: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _interrupt(_connection: Any) -> None:
    os.kill(os.getpid(), signal.SIGINT)


def _terminate(connection: Any) -> None:
    """Returns once the session is gone."""
    with psycopg.connect(os.environ["TEST_ADMIN"], autocommit=True) as admin:
        pid = connection.info.backend_pid
        admin.execute("SELECT pg_terminate_backend(%s)", (pid,))
        while admin.execute("SELECT FROM pg_stat_activity WHERE pid = %s", (pid,)).fetchone() is not None:
            time.sleep(0.002)


def run(order: dict[str, Any]) -> int:
    """In the forked process: what the shell would do with ``alembic`` and these arguments."""
    os.chdir(order["folder"])
    os.environ.update(order["environ"])
    output = os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    if order["fault"]:
        Messages(order["fault"]).install()
    from alembic.config import main

    try:
        main(argv=order["arguments"], prog="alembic")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def fork(work: Callable[[], int]) -> int:
    """Do it in a process of its own; gives back its number."""
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        code = work()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


#: What commands of a deploy load.
_LOADED = ("sqlmodel", "sqlalchemy.orm", "alembic.command", "trueline.deploying", "trueline.env", "trueline.comparing")


def serve() -> None:
    """Until standard input ends."""
    for name in _LOADED:
        import_module(name)
    gc.freeze()
    print(json.dumps({"ready": True}), flush=True)  # noqa: T201 - the protocol
    for line in sys.stdin:
        order = json.loads(line)
        if "start" in order:
            answer = {"pid": fork(lambda order=order: run(order["start"]))}  # type: ignore[misc]  # bound at once
        else:
            _, status = os.waitpid(order["wait"], 0)
            answer = {"code": os.waitstatus_to_exitcode(status)}
        print(json.dumps(answer), flush=True)  # noqa: T201 - the protocol


if __name__ == "__main__":
    serve()
