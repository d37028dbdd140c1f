"""Run a command, and know what it took: wall time, and the most memory that it had at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

#: ``ru_maxrss`` is in kibibytes on Linux and in bytes on macOS.
_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process took.

    Attributes:
        seconds: from its start to its end.
        mebibytes: its peak of resident memory; of its own children, the largest counts where it is larger.
    """

    seconds: float
    mebibytes: float


def run(command: Sequence[str], environment: dict[str, str], folder: Path) -> Usage:
    """Run a command to its end.

    Raises:
        SystemExit: it failed; shows what it said.
    """
    with TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace")[-4000:]
            sys.exit(f"error: {' '.join(command)} exited {child.returncode}\n{words}")
    return Usage(seconds, used.ru_maxrss * _UNIT / 1024 / 1024)
