"""Bring the checkout's virtual environment up to date: ``.venv``, or ``.venv-NAME`` for TRUELINE_VENV=NAME.

Needs nothing but Python 3.11. Uses uv where it is present, else venv and pip. Two runs at the same time wait for
each other; a run that was interrupted is finished by the next. TRUELINE_VENV also names the set of versions,
``constraints/NAME.txt``; without it that is ``constraints/newest.txt``. What follows a dash is free, for several
environments with one set: ``TRUELINE_VENV=newest-3.13 TRUELINE_PYTHON=python3.13``.

With ``--fresh`` it only says, by its exit code, whether the environment is up to date.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = os.environ.get("TRUELINE_VENV", "")
VENV = ROOT / (f".venv-{NAME}" if NAME else ".venv")
PYTHON = VENV / "bin" / "python"
CONSTRAINTS = ROOT / "constraints" / f"{NAME.partition('-')[0] or 'newest'}.txt"
STAMP = VENV / "trueline-set-up"
UV = shutil.which("uv")


def wanted() -> str:
    """A digest of what decides the content: the checkout's place, its pyproject.toml and its set of versions."""
    digest = hashlib.sha256(str(ROOT).encode())
    for source in (ROOT / "pyproject.toml", CONSTRAINTS):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def is_fresh() -> bool:
    """Whether a finished set-up of exactly this content is there."""
    return STAMP.is_file() and STAMP.read_text() == wanted() and PYTHON.exists()


def set_up() -> None:
    """Create what is missing; the stamp comes last, so that a half-done set-up does not count."""
    print(f"setting up {VENV.name} (once, about half a minute)", file=sys.stderr)
    STAMP.unlink(missing_ok=True)
    if not is_usable():
        create()
    requirements = ["--quiet", "-e", f"{ROOT}[dev]", "-c", str(CONSTRAINTS)]
    if UV:
        run([UV, "pip", "install", "--python", str(PYTHON), *requirements])
    else:
        run([str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", *requirements])
    STAMP.write_text(wanted())


def create() -> None:
    """Make the environment anew, with the interpreter behind this one: this one may lie in what is removed."""
    base = str(getattr(sys, "_base_executable", None) or sys.executable)
    if VENV.exists():
        shutil.rmtree(VENV)
    run([UV, "venv", "--quiet", "--python", base, str(VENV)] if UV else [base, "-m", "venv", str(VENV)])


def is_usable() -> bool:
    """Whether the environment can be installed into.

    Not after a move or copy of the checkout (its scripts name the old place), without its interpreter, or without
    pip where that is needed: uv puts none in, and neither does a creation that was interrupted.
    """
    try:
        at_home = str(VENV) in (VENV / "bin" / "activate").read_text()
        check = f"import sys; sys.exit(sys.version_info < (3, 11) or sys.prefix != {str(VENV)!r})"
        commands = [[str(PYTHON), "-c", check], *([] if UV else [[str(PYTHON), "-m", "pip", "--version"]])]
        return at_home and all(
            subprocess.run(each, check=False, capture_output=True).returncode == 0 for each in commands
        )
    except OSError:
        return False


def run(command: list[str]) -> None:
    """Run a step; its own words are enough when it fails."""
    if subprocess.run(command, check=False).returncode:
        fail(f"could not set up {VENV}", where=" ".join(command), fix="see the message above, then run again")


def fail(what: str, *, where: str, fix: str) -> None:
    """Say so and exit with 2: the script that called could not run."""
    print(f"error: {what}\n  at {where}\n  fix: {fix}", file=sys.stderr)
    sys.exit(2)


@contextmanager
def alone() -> Iterator[None]:
    """Hold the environment's lock. The system releases it with the process, however that ends."""
    with (ROOT / f".lock{VENV.name}").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"waiting for another process that sets up {VENV.name}", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> None:
    """Check, or check and set up under a lock."""
    if not CONSTRAINTS.is_file():
        names = ", ".join(sorted(file.stem for file in CONSTRAINTS.parent.glob("*.txt")))
        fail(f"TRUELINE_VENV={NAME} names no set of versions", where=str(CONSTRAINTS), fix=f"use one of: {names}")
    if "--fresh" in sys.argv:
        sys.exit(0 if is_fresh() else 1)
    try:
        with alone():
            if not is_fresh():
                set_up()
    except OSError as error:
        fail(f"could not set up {VENV}: {error.strerror}", where=str(error.filename), fix="check permissions and space")
    except KeyboardInterrupt:
        print(f"interrupted; the next run finishes setting up {VENV.name}", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
