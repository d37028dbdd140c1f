"""The walls of the house: who may import whom, what an import costs, and what must not be in any file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "trueline"
PICTURE = ROOT / "docs" / "architecture.md"

#: What is above all layers: it only hands names on, or starts the command.
ABOVE = {"trueline", "__main__", "op"}


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def git_files(*arguments: str) -> list[Path]:
    """Files that git knows; none where this is no checkout."""
    command = ["git", "ls-files", "-z", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    files = (ROOT / name for name in done.stdout.split("\0") if name)
    return [file for file in files if file.is_file()]


@cache
def modules() -> dict[str, Path]:
    files = git_files("--cached", "--", "trueline") or sorted(PACKAGE.rglob("*.py"))
    return {module_name(file): file for file in files if file.suffix == ".py"}


@cache
def layers() -> dict[str, int]:
    """Each part's height, read from the picture in the documentation: its lines stand as the layers do."""
    picture = re.search(r"<!-- layers -->\n\n((?:    .+\n)+)", PICTURE.read_text(encoding="utf-8"))
    assert picture, f"{PICTURE.name} has no picture of the layers"
    lines = picture[1].strip().splitlines()
    return {part: height for height, line in enumerate(reversed(lines)) for part in line.split()}


def part_of(module: str) -> str:
    """``trueline.autogen.enum`` belongs to ``autogen``."""
    return module.split(".")[1] if "." in module else module


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module of the package that the code imports, also inside functions; not what only types need."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "trueline":
            for each in node.names:
                full = f"{node.module}.{each.name}"
                yield full if full in modules() else str(node.module)
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name.partition(".")[0] == "trueline")
        yield from imports(node)


def upward(module: str, source: str) -> list[str]:
    """What a module imports from its own height or above, as sentences."""
    own = part_of(module)
    found = []
    for imported in imports(ast.parse(source)):
        other = part_of(imported)
        if other != own and (other in ABOVE or layers()[other] >= layers()[own]):
            found.append(f"{module} ({own}) imports {imported} ({other})")
    return found


def test_every_part_has_its_place_in_the_picture() -> None:
    """docs/architecture.md names every module and package of trueline, and no other, once."""
    picture = re.search(r"<!-- layers -->\n\n((?:    .+\n)+)", PICTURE.read_text(encoding="utf-8"))
    assert picture
    named = picture[1].split()
    assert sorted(named) == sorted({part_of(module) for module in modules()} - ABOVE)


def test_imports_run_one_way() -> None:
    """A part imports only from the layers below its own, wherever the import stands."""
    found = [
        sentence
        for module, file in modules().items()
        if part_of(module) not in ABOVE
        for sentence in upward(module, file.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "from trueline.env import run_migrations",
        "from trueline import env",
        "import trueline.env",
        "from trueline import Model",
        "def f():\n    from trueline.cli import main",
        "from trueline.proof import prove",
    ],
)
def test_an_import_that_goes_up_is_found(source: str) -> None:
    """Every way to write an import that leads upward, or to a neighbour, is seen."""
    assert upward("trueline.autogen.enum", source)


def test_an_import_for_types_is_allowed() -> None:
    """What only a type checker executes may point anywhere, and so may an import within one part."""
    assert not upward("trueline.autogen.enum", "if TYPE_CHECKING:\n    from trueline.env import run_migrations")
    assert not upward("trueline.autogen.enum", "from trueline.autogen import live")
    assert not upward("trueline.autogen.enum", "from trueline.errors import TruelineError")


@pytest.mark.parametrize("module", modules())
def test_every_module_says_what_it_is(module: str) -> None:
    """Each module starts with a docstring."""
    text = modules()[module].read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{module} has no docstring"


def loaded_by(statement: str) -> set[str]:
    """The top-level packages that a fresh interpreter has loaded after the statement."""
    code = f"{statement}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("statement", ["import trueline", "import alembic.command", "import trueline.autogen.plugin"])
def test_loading_the_plugin_costs_no_models(statement: str) -> None:
    """Every alembic command loads the plugin, so it must not bring SQLModel, pydantic or a driver with it."""
    costly = {"sqlmodel", "pydantic", "psycopg", "typer", "rich", "app"}
    loaded = loaded_by(statement)
    assert "trueline" in loaded
    assert not loaded & costly


def test_the_command_starts_without_models() -> None:
    """``trueline --help`` and errors must not wait for SQLModel."""
    assert not loaded_by("import trueline.cli") & {"sqlmodel", "app"}


def test_errors_of_the_command_need_no_database() -> None:
    """The module of all errors loads no driver."""
    assert not loaded_by("import trueline.errors") & {"psycopg", "sqlmodel", "pydantic"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every text file under version control, or that will be."""
    files = git_files("--cached", "--others", "--exclude-standard")
    return tuple(file for file in files if b"\0" not in file.read_bytes()) or pytest.skip("this is no git checkout")


#: More lines than a reader keeps in mind. Revisions are as long as what they create, and cases are data.
LINES = {"trueline": 400, "app": 400, "scripts": 400, "tests": 500}


def test_no_file_is_too_long() -> None:
    """A module that outgrows its limit is two modules."""
    sizes = {
        file.relative_to(ROOT): len(file.read_text(encoding="utf-8").splitlines())
        for file in tracked()
        if file.suffix == ".py" and file.name != "cases.py"
    }
    assert {str(f): n for f, n in sizes.items() if n > LINES.get(f.parts[0], 10_000)} == {}


#: What belongs to one machine: somebody's folders, and where its packages come from.
FOREIGN = {
    "a path of one machine": re.compile(r"(?<![\w.$~}-])/(home|root|Users|work|workspace)/\w|\b[A-Z]:\\Users\\"),
    "a package registry": re.compile(
        r"index-url|pythonhosted|artifactory|jfrog|/simple/?$|pypi\.org/simple", re.IGNORECASE | re.MULTILINE
    ),
}


def foreign(text: str) -> Iterator[str]:
    for what, pattern in FOREIGN.items():
        for line in text.splitlines():
            if pattern.search(line):
                yield f"{what}: {line.strip()[:100]}"


def lines_of(found: Iterable[str], file: Path) -> list[str]:
    return [f"{file.relative_to(ROOT)}: {each}" for each in found]


def test_no_file_names_a_machine() -> None:
    """Nothing that is checked in works in one place only."""
    mine = Path(__file__)
    found = [
        line
        for file in tracked()
        if file != mine
        for line in lines_of(foreign(file.read_text(encoding="utf-8", errors="replace")), file)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "cd /home/ada/project",
        "path = '/root/x'",
        r"C:\Users\ada",
        "--extra-index-url x",
        "https://mirror.example/simple",
        "https://" + "files.python" + "hosted.org/packages/x",
    ],
)
def test_what_belongs_to_a_machine_is_found(line: str) -> None:
    """The patterns know the usual forms."""
    assert list(foreign(line))


@pytest.mark.parametrize("line", ["/var/run/secrets", "~/work/x", "$HOME/root/x", "a simple/plain text", "the /work"])
def test_what_every_machine_has_is_allowed(line: str) -> None:
    """System folders and paths relative to the user's own are no finding."""
    assert not list(foreign(line))
