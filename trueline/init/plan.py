"""What ``trueline init`` will do, as a value: nothing is written here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from trueline.init import by_hand
from trueline.init.parts import Addition, ByHand, File
from trueline.init.project import DEFAULT_MODELS, Project
from trueline.init.template import render

PYPROJECT = PurePosixPath("pyproject.toml")
GITIGNORE = PurePosixPath(".gitignore")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be created, added to, left alone, and changed by the user."""

    project: Project
    files: tuple[File, ...] = ()
    additions: tuple[Addition, ...] = ()
    kept: tuple[PurePosixPath, ...] = ()
    by_hand: tuple[ByHand, ...] = ()


def plan(project: Project) -> Plan:
    """Compare what a project needs with what it has.

    Raises:
        TruelineError: a module stands where a package is wanted, or a file cannot be read.
    """
    wanted = [*_migrations(project), *_models(project), *_gates(project)]
    growing = [each for each in (_settings(project), _ignored(project)) if each]
    additions = tuple(each for each in growing if isinstance(each, Addition))
    paths = [*(file.path for file in wanted), PYPROJECT, GITIGNORE]
    grown = {each.path for each in additions}
    return Plan(
        project,
        files=tuple(file for file in wanted if not project.has(file.path)),
        additions=additions,
        kept=tuple(path for path in paths if path not in grown and project.has(path)),
        by_hand=(*by_hand.changes(project), *(each for each in growing if isinstance(each, ByHand))),
    )


def _migrations(project: Project) -> Iterator[File]:
    folder = project.migrations
    source = "" if project.source == PurePosixPath() else f"/{project.source}"
    yield File(
        PurePosixPath("alembic.ini"),
        render("alembic.ini", migrations=str(folder), source=source),
        "Alembic's configuration; holds no URL",
    )
    yield File(folder / "env.py", render("env.py", models=project.models), "what every alembic command runs")
    yield File(folder / "script.py.mako", render("script.py.mako"), "the template of revisions")
    versions = project.directory / folder / "versions"
    if not versions.is_dir() or not any(versions.iterdir()):
        yield File(folder / "versions" / ".gitkeep", "", "the folder of revisions")


def _models(project: Project) -> Iterator[File]:
    """The package of the models with an example; next to nothing where one is there already."""
    folder = project.models_folder
    module = folder.with_suffix(".py")
    if project.has(module) and not project.has(folder):
        yield File(module, "", "the models")
        return
    by_hand.refuse_module_for_package(project)
    there = project.has(folder)
    for parent in reversed(folder.parents[:-1]):
        if parent != project.source and not project.has(parent):
            yield File(parent / "__init__.py", f'"""The package {parent.name}."""\n', "a package")
    purpose = "imports all models and exports their metadata"
    yield File(folder / "__init__.py", render("models_package.py", models=project.models), purpose)
    if not there:
        yield File(folder / "note.py", render("models_example.py"), "an example of a model")


def _gates(project: Project) -> Iterator[File]:
    yield File(PurePosixPath("scripts/check"), render("check"), "the gate, for people and CI", executable=True)
    yield File(
        PurePosixPath(".github/workflows/trueline.yml"),
        render("workflow.yml", install=install_command(project)),
        "the gate on a service PostgreSQL",
    )


def install_command(project: Project) -> str:
    """Install the project and trueline with all that its commands need."""
    own = " -r requirements.txt" if project.has("requirements.txt") else ""
    if "project" in project.pyproject or project.has("setup.py"):
        own += " -e ."
    return f'python -m pip install "trueline[embedded]"{own}'


def _settings(project: Project) -> Addition | ByHand | None:
    """``[tool.trueline]``: to be appended, or, where the file's form does not allow for it, to be put in by hand."""
    if project.section is not None:
        return None
    before, chosen = project.read(PYPROJECT), str(project.embedded).lower()
    models = f'models = "{project.models}"\n' if project.models != DEFAULT_MODELS else ""
    remark = "# whether to use an embedded PostgreSQL where DATABASE_URL is not set"
    text = _after(before, f"[tool.trueline]\n{models}embedded = {chosen} {remark}\n")
    if _is_toml(before + text):
        return Addition(PYPROJECT, text, "the section [tool.trueline]")
    inline = f'trueline = {{ models = "{project.models}", embedded = {chosen} }}'
    return ByHand(PYPROJECT, "put this into its table `tool`, which cannot be appended to", inline)


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _ignored(project: Project) -> Addition | None:
    before = project.read(GITIGNORE)
    if any(line.strip().strip("/") == ".trueline" for line in before.splitlines()):
        return None
    text = _after(before, ".trueline/\n", blank_line=False)
    return Addition(GITIGNORE, text, ".trueline/, the embedded server's data")


def _after(before: str, text: str, *, blank_line: bool = True) -> str:
    """``text`` as it continues ``before``: on a line of its own, with that file's line ends."""
    lead = "" if not before or before.endswith("\n") else "\n"
    if before and blank_line:
        lead += "\n"
    return (lead + text).replace("\n", "\r\n" if "\r\n" in before else "\n")
