"""What only the user may change: files that were there before, each with the lines to put in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from trueline.errors import TruelineError
from trueline.init.parts import ByHand
from trueline.init.project import DEFAULT_MODELS, Project, read_ini
from trueline.init.template import render


def changes(project: Project) -> Iterator[ByHand]:
    """Everything that a project's own files lack."""
    yield from _ini(project)
    yield from _env(project)
    yield from _template(project)
    yield from _models(project)
    yield from _settings(project)
    yield from _check(project)
    yield from _workflow(project)


def refuse_module_for_package(project: Project) -> None:
    """Refuse ``app.models`` where ``app`` is a module: a package of that name would hide it.

    Raises:
        TruelineError: names the module.
    """
    folder = project.models_folder
    for parent in folder.parents[:-1]:
        module = parent.with_suffix(".py") if parent.name else parent
        if parent != project.source and project.has(module) and not project.has(parent):
            raise TruelineError(
                f"{module} is a module, and a package {parent} for the models would hide it",
                where=str(project.directory / module),
                fix=f"trueline init --models {folder.name}   # or another package",
            )


def _ini(project: Project) -> Iterator[ByHand]:
    """What alembic.ini lacks, section by section. Its URL is not shown: it may hold a password."""
    path = PurePosixPath("alembic.ini")
    if not project.has(path):
        return
    ini = read_ini(project.directory / path)
    lines = []
    searched = ini.get("alembic", "prepend_sys_path", fallback="")
    if not searched or (project.source.name and project.source.name not in searched):
        lines += ["[alembic]", f"prepend_sys_path = {'/'.join(filter(None, ('%(here)s', project.source.name)))}", ""]
    hooks = ini.get("post_write_hooks", "hooks", fallback="")
    if "trueline" not in hooks:
        lines += ["[post_write_hooks]", f"hooks = {_and_trueline(hooks)}", "trueline.type = trueline", ""]
    loggers = ini.get("loggers", "keys", fallback="")
    if loggers and "trueline" not in loggers:
        lines += ["[loggers]", f"keys = {_and_trueline(loggers)}", ""]
        lines += ["[logger_trueline]", "level = INFO", "handlers =", "qualname = trueline", ""]
    if lines:
        yield ByHand(path, "set these values, in sections that may be there already", "\n".join(lines[:-1]))
    if ini.get("alembic", "sqlalchemy.url", fallback=""):
        yield ByHand(path, "remove sqlalchemy.url: it is not read any more, the environment decides", _URL)


_URL = "export DATABASE_URL=postgresql://user:password@host:5432/database"


def _and_trueline(names: str) -> str:
    return ", ".join([*filter(None, (name.strip() for name in names.split(","))), "trueline"])


def _env(project: Project) -> Iterator[ByHand]:
    path = project.migrations / "env.py"
    if project.has(path) and "trueline.env" not in project.read(path):
        yield ByHand(path, "put this in the place of all that is in it", render("env.py", models=project.models))


def _template(project: Project) -> Iterator[ByHand]:
    path = project.migrations / "script.py.mako"
    if project.has(path) and "trueline" not in project.read(path):
        lines = "import sqlmodel\n\nimport trueline.types\nfrom trueline import op\n"
        yield ByHand(path, "put this in the place of the line `from alembic import op`", lines)


def _models(project: Project) -> Iterator[ByHand]:
    folder = project.models_folder
    module = folder.with_suffix(".py")
    if project.has(folder / "__init__.py"):
        path, lines = (
            folder / "__init__.py",
            f'from trueline import discover\n\nmetadata = discover("{project.models}")',
        )
    elif project.has(module) and not project.has(folder):
        path, lines = module, "from trueline import metadata"
    else:
        return
    if not _exports_metadata(project.read(path)):
        yield ByHand(path, "put this at its end, and let every model derive from trueline.Model or SQLModel", lines)


def _exports_metadata(source: str) -> bool:
    """Whether ``metadata`` is bound at the top of the module, and to the one that SQLModel and trueline share."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return False
    bound = [ast.unparse(statement) for statement in body if "metadata" in _bound_names(statement)]
    return bool(bound) and any(word in bound[-1] for word in ("trueline", "discover", "SQLModel"))


def _bound_names(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.ImportFrom(names=names):
            return [each.asname or each.name for each in names]
        case ast.Assign(targets=targets):
            return [each.id for each in targets if isinstance(each, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def _settings(project: Project) -> Iterator[ByHand]:
    section = project.section
    if section is None:
        return
    lines = [f'models = "{project.models}"'] if section.get("models", DEFAULT_MODELS) != project.models else []
    lines += ["embedded = true"] if project.embedded and not section.get("embedded") else []
    if lines:
        yield ByHand(PurePosixPath("pyproject.toml"), "set this in its section [tool.trueline]", "\n".join(lines))


def _check(project: Project) -> Iterator[ByHand]:
    path = PurePosixPath("scripts/check")
    if project.has(path) and "trueline gate" not in project.read(path):
        yield ByHand(path, "put this line into it", "trueline gate")


def _workflow(project: Project) -> Iterator[ByHand]:
    """GitHub reads workflows at the repository's root only."""
    root = next((each for each in project.directory.parents if (each / ".git").exists()), None)
    if root is None or (project.directory / ".git").exists():
        return
    below = project.directory.relative_to(root)
    path = PurePosixPath(".github/workflows/trueline.yml")
    if (root / path).exists():
        return
    lines = f"defaults:\n  run:\n    working-directory: {below.as_posix()}"
    yield ByHand(path, f"move it to the repository's root, {root}, and put this before `jobs:`", lines)
