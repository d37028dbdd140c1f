"""Running somebody's command to its own end."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Mapping, Sequence

from trueline.errors import TruelineError


def run(command: Sequence[str], env: Mapping[str, str]) -> int:
    """The exit code of a command, as a shell gives it.

    Ctrl-C is the command's: a terminal sends it to both. Who tells this process to end, tells the command so.

    Raises:
        TruelineError: there is no such program, or it may not be run.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)  # a handler, unlike SIG_IGN, is not inherited
    try:
        code = _waited_for(command, env)
    except OSError as error:
        raise TruelineError(f"{command[0]} cannot be run: {error.strerror}") from None
    finally:
        signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code


def _waited_for(command: Sequence[str], env: Mapping[str, str]) -> int:
    with subprocess.Popen(command, env=env) as child:  # noqa: S603 - it is the user's own
        try:
            return child.wait()
        except SystemExit:  # told to end; it takes away what it has made, and is waited for
            child.terminate()
            raise
