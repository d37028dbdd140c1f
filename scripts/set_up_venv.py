"""Bring the checkout's virtual environment up to date: ``.venv``, or ``.venv-NAME`` for TRUELINE_VENV=NAME.

Needs nothing but Python 3.11. Uses uv where it is present, else venv and pip. Two runs at the same time wait for
each other; a run that was interrupted is finished by the next. TRUELINE_VENV also names the set of versions,
``constraints/NAME.txt``; without it that is ``constraints/newest.txt``.

With ``--fresh`` it only says, by its exit code, whether the environment is up to date.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = os.environ.get("TRUELINE_VENV", "")
VENV = ROOT / (f".venv-{NAME}" if NAME else ".venv")
CONSTRAINTS = ROOT / "constraints" / f"{NAME.partition('-')[0] or 'newest'}.txt"
STAMP = VENV / "trueline-set-up"


def wanted() -> str:
    """A digest of what decides the content: the project's files, its place and the interpreter's version."""
    digest = hashlib.sha256(str(ROOT).encode())
    for source in (ROOT / "pyproject.toml", CONSTRAINTS):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def is_fresh() -> bool:
    """Whether a finished set-up of exactly this content is there."""
    return STAMP.is_file() and STAMP.read_text() == wanted() and (VENV / "bin" / "python").exists()


def set_up() -> None:
    """Create what is missing; the stamp comes last, so that a half-done set-up does not count."""
    print(f"setting up {VENV.name} (once, about half a minute)", file=sys.stderr)
    STAMP.unlink(missing_ok=True)
    uv = shutil.which("uv")
    if not runs(VENV / "bin" / "python"):
        shutil.rmtree(VENV, ignore_errors=True)
        bare = [uv, "venv", "--quiet", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
        run([*bare, str(VENV)])
    install = ["--quiet", "-e", f"{ROOT}[dev]", "-c", str(CONSTRAINTS)]
    if uv:
        run([uv, "pip", "install", "--python", str(VENV / "bin" / "python"), *install])
    else:
        run([str(VENV / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check", *install])
    STAMP.write_text(wanted())


def runs(python: Path) -> bool:
    """Whether the environment's interpreter still works: it may belong to another place or a Python that is gone."""
    if not python.exists() or not (VENV / "pyvenv.cfg").exists():
        return False
    check = f"import sys; sys.exit(sys.version_info < (3, 11) or sys.prefix != {str(VENV)!r})"
    return subprocess.run([str(python), "-c", check], check=False, capture_output=True).returncode == 0


def run(command: list[str]) -> None:
    """Run a step; its own words are enough when it fails."""
    done = subprocess.run(command, check=False)
    if done.returncode:
        fix = "see the message above, then run again"
        sys.exit(f"error: could not set up {VENV}\n  at {' '.join(command)}\n  fix: {fix}")


def main() -> None:
    """Check, or check and set up under a lock."""
    if not CONSTRAINTS.is_file():
        sys.exit(f"error: TRUELINE_VENV={NAME} names no file {CONSTRAINTS}")
    if "--fresh" in sys.argv:
        sys.exit(0 if is_fresh() else 1)
    with (ROOT / f".lock{VENV.name}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_fresh():
            set_up()


if __name__ == "__main__":
    main()
