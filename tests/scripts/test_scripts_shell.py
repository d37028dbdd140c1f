"""The shell scripts: plain POSIX shell, from any folder, with any path."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.scripts.checkout import SCRIPTS, Checkout, make_checkout

SHELL_SCRIPTS = sorted(
    file for file in SCRIPTS.iterdir() if file.is_file() and file.suffix == "" and not file.name.startswith(".")
)
SHELLS = [shell for shell in ("sh", "dash", "bash", "zsh", "ksh") if shutil.which(shell)]

_SHOW = """\
#!/bin/sh
set -eu
. "$(dirname -- "$0")/_python"
printf '%s\\n' "$root" "$python" "$(command -v python)"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout whose path has a space, with a script that shows what every script starts from."""
    folder = tmp_path / "a checkout"
    folder.mkdir()
    made = make_checkout(folder, tmp_path / "tools")
    show = folder / "scripts/show"
    show.write_text(
        '#!/bin/sh\nset -eu\n. "$(dirname -- "$0")/_python"\nprintf "%s\\n" "$root" "$python"\nwhich python\n'
    )
    show.chmod(0o755)
    return made


@pytest.mark.parametrize("script", SHELL_SCRIPTS, ids=lambda file: file.name)
@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_can_read_them(shell: str, script: Path, tmp_path: Path) -> None:
    """No script uses what only one shell knows."""
    checkout = Checkout(tmp_path, tmp_path)
    done = checkout.shell(shell, "-n", str(script))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["upgrade", "test", "check"])
def test_commands_can_be_executed(name: str) -> None:
    """Each command is executable and starts with the shell that every system has."""
    script = SCRIPTS / name
    assert script.stat().st_mode & 0o111
    assert script.read_text().startswith("#!/bin/sh\n")


@pytest.mark.parametrize("shell", SHELLS)
def test_they_find_their_checkout_from_anywhere(checkout: Checkout, tmp_path: Path, shell: str) -> None:
    """The current folder, a relative path and CDPATH make no difference; the environment's Python is first."""
    expected = [str(checkout.root), str(checkout.root / ".venv/bin/python"), str(checkout.root / ".venv/bin/python")]
    environ = checkout.environ(CDPATH=str(tmp_path))
    for cwd, path in [
        (Path("/"), str(checkout.root / "scripts/show")),
        (checkout.root, "./scripts/show"),
        (checkout.root, "scripts/show"),
        (checkout.root / "scripts", "show"),
        (tmp_path, "a checkout/scripts/show"),
    ]:
        done = checkout.shell(shell, path, cwd=cwd, environ=environ)
        assert done.stdout.splitlines() == expected, done.stderr
    assert checkout.counts() == (1, 1)


def test_a_named_python_comes_first(checkout: Checkout, tmp_path: Path) -> None:
    """TRUELINE_PYTHON says which interpreter makes the environment."""
    chosen = tmp_path / "chosen python"
    chosen.write_text(f'#!/bin/sh\necho used >> "{tmp_path}/log"\nexec "{sys.executable}" "$@"\n')
    chosen.chmod(0o755)
    done = checkout.shell("./scripts/show", environ=checkout.environ(TRUELINE_PYTHON=str(chosen)))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "log").exists()


def test_without_python_they_say_what_is_missing(checkout: Checkout, tmp_path: Path) -> None:
    """Where there is no Python 3.11 the way out is named, and the exit code says that nothing ran."""
    tools = tmp_path / "only"
    tools.mkdir()
    for name in ("dirname", "sh"):
        (tools / name).symlink_to(shutil.which(name) or name)
    old = tools / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = checkout.shell("./scripts/show", environ={"PATH": str(tools)})
    assert done.returncode == 2
    assert "no Python 3.11 or newer found" in done.stderr
    assert "TRUELINE_PYTHON=" in done.stderr


def test_a_failed_set_up_stops_them(checkout: Checkout) -> None:
    """No script goes on with an environment that could not be set up."""
    (checkout.tools / "fail").touch()
    done = checkout.shell("./scripts/show")
    assert (done.returncode, done.stdout) == (2, "")
