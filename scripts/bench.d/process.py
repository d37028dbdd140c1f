"""Run a command, and know what it took: wall time, processor time, and the most memory that it had at once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

#: ``ru_maxrss`` is in kibibytes on Linux and in bytes on macOS.
_UNIT = 1 if sys.platform == "darwin" else 1024

_LAUNCH = Path(__file__).with_name("launch.py")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process took.

    Attributes:
        seconds: from its start to its end.
        processor: seconds of processor time that it took itself; the server's are not in it.
        mebibytes: its peak of resident memory; of its own children, the largest counts where it is larger.
    """

    seconds: float
    processor: float
    mebibytes: float


def run(command: Sequence[str], environment: dict[str, str], folder: Path, *, output: Path | None = None) -> Usage:
    """Run a command to its end; what it prints goes to ``output`` where there is one.

    Raises:
        SystemExit: it failed; shows what it said.
    """
    with TemporaryDirectory() as place:
        result = Path(place) / "result"
        launch = [sys.executable, "-I", "-S", str(_LAUNCH), str(result), *command]
        said = subprocess.run(
            launch,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if output is None else subprocess.DEVNULL,
            check=False,
        )
        code, seconds, processor, peak = json.loads(result.read_text(encoding="utf-8"))
    if output is not None:
        output.write_bytes(said.stdout)
    if code:
        words = said.stdout.decode(errors="replace")[-4000:]
        sys.exit(f"error: {' '.join(command)} exited {code}\n{words}")
    return Usage(seconds, processor, peak * _UNIT / 1024 / 1024)
