"""A tiny checkout with the real scripts, and a stand-in for uv that needs no network."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SCRIPTS = Path(__file__).parents[2] / "scripts"

#: Creates real environments, without pip; writes down every call; pauses or fails where a test asks for it.
_UV = """
import subprocess, sys, time
from pathlib import Path
here = Path(__file__).parent
with (here / "calls").open("a") as log:
    print(*sys.argv[1:], file=log)
if sys.argv[1] == "venv":
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", sys.argv[-1]], check=True)
if sys.argv[1] == "pip" and (pause := here / "pause").exists():
    (here / "paused").touch()
    while pause.exists():
        time.sleep(0.02)
sys.exit((here / "fail").exists() and sys.argv[1] == "pip")
"""


@dataclass(frozen=True, slots=True)
class Checkout:
    """A folder with ``scripts/``, ``constraints/`` and ``pyproject.toml``; ``tools`` is first on the PATH."""

    root: Path
    tools: Path

    @property
    def calls(self) -> list[str]:
        """What uv was called with, a line each."""
        log = self.tools / "calls"
        return log.read_text().splitlines() if log.exists() else []

    def counts(self) -> tuple[int, int]:
        """How often an environment was created, and how often something was installed."""
        return sum(c.startswith("venv") for c in self.calls), sum(c.startswith("pip") for c in self.calls)

    def environ(self, **variables: str) -> dict[str, str]:
        """The environment that scripts run in, without what this test run has set."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("TRUELINE_", "VIRTUAL_ENV"))}
        return {**own, "PATH": os.pathsep.join((str(self.tools), os.environ["PATH"])), **variables}

    def start(self, *arguments: str, **variables: str) -> "subprocess.Popen[str]":
        """Start the set-up in a process group of its own."""
        command = [sys.executable, "-E", str(self.root / "scripts/set_up_venv.py"), *arguments]
        return subprocess.Popen(
            command, env=self.environ(**variables), text=True, stderr=subprocess.PIPE, start_new_session=True
        )

    def set_up(self, *arguments: str, **variables: str) -> tuple[int, str]:
        """Run the set-up; its exit code and what it said."""
        process = self.start(*arguments, **variables)
        _, said = process.communicate()
        return process.returncode, said

    def shell(
        self, *command: str, cwd: Path | None = None, environ: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command of the checkout."""
        return subprocess.run(
            command, cwd=cwd or self.root, env=environ or self.environ(), capture_output=True, text=True, check=False
        )


def make_checkout(folder: Path, tools: Path) -> Checkout:
    """Copy the scripts into ``folder`` and put a uv into ``tools``."""
    shutil.copytree(SCRIPTS, folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "constraints").mkdir()
    for name in ("newest", "lowest"):
        (folder / "constraints" / f"{name}.txt").write_text("# nothing\n")
    (folder / "pyproject.toml").write_text('[project]\nname = "tiny"\nversion = "1"\n')
    tools.mkdir()
    (tools / "uv.py").write_text(_UV)
    uv = tools / "uv"
    uv.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{tools}/uv.py" "$@"\n')
    uv.chmod(0o755)
    return Checkout(folder, tools)
