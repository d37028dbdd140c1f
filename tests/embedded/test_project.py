"""The project's own server: chosen, refused where a deploy could meet it, and announced in containers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from trueline.embedded import PROJECT_DATABASE, project, project_data, project_server
from trueline.errors import TruelineError
from trueline.settings import Settings, load_settings


@pytest.fixture
def settings(folder: Path) -> Settings:
    """A project that chose the embedded server."""
    (folder / "pyproject.toml").write_text("[tool.trueline]\nembedded = true\n")
    return load_settings(folder, {})


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "_said", set())


def test_the_project_gets_a_durable_server_with_its_database(settings: Settings, folder: Path) -> None:
    """The data is a git-ignored folder of the project, and the database is there, also the second time."""
    for _ in range(2):
        with project_server(settings, {}) as server:
            with psycopg.connect(server.conninfo(PROJECT_DATABASE)) as connection:
                row = connection.execute("SELECT current_database(), current_setting('fsync')").fetchone()
            assert row == (PROJECT_DATABASE, "on")
            assert server.data == folder / ".trueline" / "postgres-18"
    assert (folder / ".trueline" / ".gitignore").read_text() == "*\n"


def test_each_version_has_data_of_its_own(settings: Settings, folder: Path) -> None:
    """Another embedded_version starts with another data directory instead of failing on the old one."""
    other = settings.model_copy(update={"embedded_version": 16})
    assert project_data(other) == folder / ".trueline" / "postgres-16"


@pytest.mark.parametrize(
    ("changes", "environ", "reason"),
    [
        ({"embedded": False}, {}, "DATABASE_URL is not set"),
        ({"environment": "production"}, {}, "TRUELINE_ENV is production"),
        ({"environment": "Prod"}, {}, "TRUELINE_ENV is Prod"),
        ({}, {"KUBERNETES_SERVICE_HOST": "10.0.0.1"}, "this is a Kubernetes pod"),
        ({"project": None}, {}, "this is no project"),
    ],
)
def test_where_embedded_was_not_chosen_or_a_deploy_could_meet_it_it_is_refused(
    settings: Settings, folder: Path, changes: dict[str, object], environ: dict[str, str], reason: str
) -> None:
    """Each refusal says its reason and the way out, and nothing is created."""
    with pytest.raises(TruelineError) as caught:
        project_server(settings.model_copy(update=changes), environ).__enter__()
    assert reason in str(caught.value)
    assert "DATABASE_URL=" in str(caught.value) or "embedded = true" in str(caught.value)
    assert not (folder / ".trueline").exists()


def test_a_container_is_warned_of_loudly_and_once(folder: Path, tmp_path: Path) -> None:
    """In a container the use of the embedded server is logged, or printed where nobody listens, once in a process."""
    code = (
        "import sys, logging; from pathlib import Path; from trueline.settings import Settings\n"
        "from trueline.embedded.project import _warn_once\n"
        "if len(sys.argv) > 2: logging.basicConfig(format='logged %(message)s')\n"
        "for _ in range(2): _warn_once(Settings(embedded=True, project=Path(sys.argv[1])))"
    )
    for extra, start in (((), "warning: "), (("with logging",), "logged ")):
        command = [sys.executable, "-c", code, str(folder), *extra]
        said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path).stderr
        assert said.startswith(f"{start}this is a container and DATABASE_URL is not set")
        assert str(folder / ".trueline" / "postgres-18") in said
        assert said.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_an_error(settings: Settings, folder: Path) -> None:
    """Where .trueline cannot be made the error names it."""
    (folder / ".trueline").write_text("a file in the way")
    with pytest.raises(TruelineError, match="cannot keep its files here"):
        project_server(settings, {}).__enter__()
