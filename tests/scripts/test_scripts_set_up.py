"""scripts/set_up_venv.py: what it creates, what it leaves alone, and what it recovers from."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripts.checkout import Checkout, make_checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    folder = tmp_path / "a checkout"
    folder.mkdir()
    made = make_checkout(folder, tmp_path / "tools")
    yield made
    (made.tools / "pause").unlink(missing_ok=True)


def pause(checkout: Checkout) -> None:
    (checkout.tools / "pause").touch()


def wait_for_pause(checkout: Checkout, process: "subprocess.Popen[str]") -> None:
    while not (checkout.tools / "paused").exists():
        assert process.poll() is None, "it ended before it installed anything"
        time.sleep(0.02)


def resume(checkout: Checkout) -> None:
    (checkout.tools / "pause").unlink()
    (checkout.tools / "paused").unlink()


def test_the_first_run_sets_up_and_the_second_does_nothing(checkout: Checkout) -> None:
    """A finished environment is recognised."""
    assert checkout.set_up("--fresh")[0] == 1
    code, said = checkout.set_up()
    assert (code, checkout.counts()) == (0, (1, 1)), said
    assert "setting up .venv" in said
    assert checkout.set_up("--fresh")[0] == 0
    assert checkout.set_up() == (0, "")
    assert checkout.counts() == (1, 1)


def test_it_installs_the_project_with_its_set_of_versions(checkout: Checkout) -> None:
    """The project is installed for editing, with what developing needs, in the versions of the constraint file."""
    checkout.set_up()
    installed = checkout.calls[-1]
    assert f"-e {checkout.root}[dev]" in installed
    assert f"-c {checkout.root}/constraints/newest.txt" in installed


@pytest.mark.parametrize("file", ["pyproject.toml", "constraints/newest.txt"])
def test_a_changed_file_makes_it_stale(checkout: Checkout, file: str) -> None:
    """Another dependency or version is installed into the environment that is there."""
    checkout.set_up()
    with (checkout.root / file).open("a") as out:
        out.write("# changed\n")
    assert checkout.set_up("--fresh")[0] == 1
    assert checkout.set_up()[0] == 0
    assert checkout.counts() == (1, 2)


def test_a_failed_installation_is_repeated(checkout: Checkout) -> None:
    """When a step fails the script says which, exits with 2, and the next run goes on."""
    (checkout.tools / "fail").touch()
    code, said = checkout.set_up()
    assert code == 2
    assert "error: could not set up" in said
    assert "uv pip install" in said
    assert checkout.set_up("--fresh")[0] == 1
    (checkout.tools / "fail").unlink()
    assert checkout.set_up()[0] == 0
    assert checkout.counts() == (1, 2)


def test_a_killed_run_blocks_nothing(checkout: Checkout) -> None:
    """Neither its lock nor its half-made environment outlive a run that was killed."""
    pause(checkout)
    process = checkout.start()
    wait_for_pause(checkout, process)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    resume(checkout)
    assert checkout.set_up("--fresh")[0] == 1
    code, said = checkout.set_up()
    assert code == 0, said
    assert "waiting" not in said


def test_a_half_made_environment_is_made_anew(checkout: Checkout) -> None:
    """What an interrupted creation leaves behind is not installed into."""
    checkout.set_up()
    (checkout.root / ".venv/trueline-set-up").unlink()
    (checkout.root / ".venv/bin/activate").unlink()
    assert checkout.set_up()[0] == 0
    assert checkout.counts() == (2, 2)


def test_an_interruption_is_no_traceback(checkout: Checkout) -> None:
    """Ctrl-C ends it with the shell's own code for that, and the next run finishes."""
    pause(checkout)
    process = checkout.start()
    wait_for_pause(checkout, process)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert "interrupted; the next run finishes" in said
    resume(checkout)
    assert checkout.set_up()[0] == 0


def test_a_moved_checkout_is_set_up_again(checkout: Checkout, tmp_path: Path) -> None:
    """The scripts in a moved environment name the old place, so the environment is made anew."""
    checkout.set_up()
    moved = Checkout(checkout.root.rename(tmp_path / "elsewhere"), checkout.tools)
    assert moved.set_up()[0] == 0
    assert moved.counts() == (2, 2)
    assert str(moved.root / ".venv") in (moved.root / ".venv/bin/activate").read_text()


def test_an_interpreter_that_is_gone_is_replaced(checkout: Checkout) -> None:
    """A Python that was uninstalled leaves a dead link behind; the environment is made anew."""
    checkout.set_up()
    python = checkout.root / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/nowhere/python3.11")
    assert checkout.set_up("--fresh", PATH=str(checkout.tools))[0] == 1
    assert checkout.set_up()[0] == 0
    assert checkout.counts() == (2, 2)


def test_an_interpreter_that_cannot_be_executed_is_replaced(checkout: Checkout) -> None:
    """An environment from another machine is made anew, not reported as a failure."""
    checkout.set_up()
    (checkout.root / ".venv/trueline-set-up").unlink()
    python = checkout.root / ".venv/bin/python"
    python.unlink()
    python.write_bytes(b"\x00not for this machine")
    python.chmod(0o755)
    assert checkout.set_up()[0] == 0
    assert checkout.counts() == (2, 2)


def test_two_at_once_set_up_once(checkout: Checkout) -> None:
    """The second of two terminals waits for the first, says so, and has nothing left to do."""
    pause(checkout)
    first = checkout.start()
    wait_for_pause(checkout, first)
    second = checkout.start()
    assert second.stderr is not None
    assert second.stderr.readline() == "waiting for another process that sets up .venv\n"
    resume(checkout)
    first.communicate()
    second.communicate()
    assert (first.returncode, second.returncode) == (0, 0)
    assert checkout.counts() == (1, 1)


def test_another_set_has_its_own_environment(checkout: Checkout) -> None:
    """TRUELINE_VENV names the constraint file, and what follows a dash keeps environments apart."""
    assert checkout.set_up(TRUELINE_VENV="lowest")[0] == 0
    assert "constraints/lowest.txt" in checkout.calls[-1]
    assert checkout.set_up(TRUELINE_VENV="newest-other")[0] == 0
    assert "constraints/newest.txt" in checkout.calls[-1]
    made = sorted(path.name for path in checkout.root.glob(".venv*"))
    assert made == [".venv-lowest", ".venv-newest-other"]
    assert checkout.set_up("--fresh")[0] == 1


def test_an_unknown_set_is_refused(checkout: Checkout) -> None:
    """The names that there are stand in the message."""
    code, said = checkout.set_up(TRUELINE_VENV="oldest")
    assert code == 2
    assert "TRUELINE_VENV=oldest names no set of versions" in said
    assert "use one of: lowest, newest" in said


def test_a_place_that_cannot_be_written_to_is_named(checkout: Checkout) -> None:
    """Where the lock cannot be made the script says so instead of showing a traceback."""
    (checkout.root / ".lock.venv").mkdir()
    code, said = checkout.set_up()
    assert code == 2
    assert said.startswith("error: could not set up")
    assert ".lock.venv" in said


_BACKEND = '''
"""A build backend that needs nothing: it makes the smallest wheel that pip accepts."""
import zipfile


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "tiny-1-py3-none-any.whl"
    with zipfile.ZipFile(f"{wheel_directory}/{name}", "w") as wheel:
        wheel.writestr("tiny.py", "")
        metadata = "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\nProvides-Extra: dev\\n"
        wheel.writestr("tiny-1.dist-info/METADATA", metadata)
        wheel.writestr("tiny-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("tiny-1.dist-info/RECORD", "tiny.py,,\\n")
    return name
'''


def test_without_uv_it_uses_venv_and_pip(checkout: Checkout, tmp_path: Path) -> None:
    """Python alone is enough; an environment that uv made, which has no pip, is made anew."""
    (checkout.root / "backend.py").write_text(_BACKEND)
    (checkout.root / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n\n'
        '[project]\nname = "tiny"\nversion = "1"\noptional-dependencies = { dev = [] }\n'
    )
    checkout.set_up()
    (checkout.root / ".venv/trueline-set-up").unlink()
    bare = tmp_path / "bare"
    bare.mkdir()
    code, said = checkout.set_up(PATH=str(bare), PIP_NO_INDEX="1", PIP_NO_CACHE_DIR="1")
    assert code == 0, said
    assert checkout.counts() == (1, 1)
    python = checkout.root / ".venv/bin/python"
    assert subprocess.run([str(python), "-c", "import tiny, pip"], check=False).returncode == 0
