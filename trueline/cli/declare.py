"""``trueline declare``: declarations for what the database has and no model declares, as a Python module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from trueline.catalog.objects import CatalogObject
from trueline.errors import TruelineError
from trueline.objects.write import module_text
from trueline.objects.write.home import NOWHERE, ONE, Home, home_of
from trueline.settings import load_settings

#: What a file holds for the moment in which the models are read without it.
_NOTHING = '"""Being written anew by trueline declare."""\n'


def declare(
    output: Annotated[
        Path | None,
        typer.Option(help="The module to write, undeclared.py among the models unless another is named; - prints it."),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Write it anew where it is there: what it declares now counts as undeclared."),
    ] = False,
) -> None:
    """Write declarations for views, functions, triggers and whatever else no model declares, so that check is quiet."""
    settings = load_settings()
    root = settings.project or Path.cwd()
    path = output or default_path(settings.models, root)
    to_screen = str(path) == "-"
    if not to_screen:
        refuse_existing(path, force=force)
    from trueline.undeclared import find_undeclared

    with _emptied(path):
        found = find_undeclared(settings)
    if not found.things:
        print("nothing is undeclared")
        return
    home = home_of(found.metadata, _module(path, root))
    text = module_text(found.things, found.catalog, home)
    if to_screen:
        print(text, end="")
        return
    write(path, text)
    print("\n".join(report(path, found.things, settings.models, root, home)))


def default_path(models: str, root: Path) -> Path:
    """``undeclared.py`` in the package of the models, or beside the module that they are in."""
    place = root.joinpath(*models.split("."))
    return (place if place.is_dir() or not place.with_suffix(".py").is_file() else place.parent) / "undeclared.py"


def refuse_existing(path: Path, *, force: bool) -> None:
    """Nothing is overwritten that was not meant to be.

    Raises:
        TruelineError: the file is there, or its folder is not.
    """
    if path.exists() and not force:
        other = path.with_stem(f"{path.stem}_2")
        raise TruelineError(
            "the module is there already",
            where=str(_near(path, Path.cwd())),
            fix=f"trueline declare --output {_near(other, Path.cwd())}\nor write it anew: trueline declare --force",
        )
    if not path.parent.is_dir():
        raise TruelineError(
            "there is no folder for the module", where=str(path), fix="trueline declare --output path/to/undeclared.py"
        )


@contextmanager
def _emptied(path: Path) -> Iterator[None]:
    """What the file declares so far must be found as undeclared, or writing it anew would lose it."""
    before = path.read_bytes() if path.is_file() else None
    if before is not None:
        path.write_text(_NOTHING, encoding="utf-8")
    try:
        yield
    finally:
        if before is not None:
            path.write_bytes(before)


def write(path: Path, text: str) -> None:
    """Write the module.

    Raises:
        TruelineError: no permission, or no space.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise TruelineError(f"{path.name} cannot be written: {error.strerror}", where=str(path)) from None


def _module(path: Path, root: Path) -> str:
    """Dotted name of the module in a file."""
    return ".".join(_near(path, root).with_suffix("").parts)


def report(path: Path, things: Sequence[CatalogObject], models: str, root: Path, home: Home) -> Iterator[str]:
    """What was written, and what to do with it."""
    counted = Counter("row security" if thing.kind == "table" else thing.kind.replace("_", " ") for thing in things)
    yield f"wrote {_near(path, Path.cwd())}: {len(things)} declarations"
    yield from (f"  {number} {kind}" for kind, number in sorted(counted.items()))
    among = path.absolute().parent == root.absolute().joinpath(*models.split("."))
    if home == NOWHERE:
        yield "no module has the models' metadata: say in this one where it is, as its first lines explain"
    if among and home == ONE:
        yield f"discover({models!r}) imports it"
    else:
        yield f"import it with the models: import {_module(path, root)}  # noqa: F401"
    yield "then: alembic check"


def _near(path: Path, folder: Path) -> Path:
    """The path from a folder on, where it lies below it."""
    whole = path.absolute()
    return whole.relative_to(folder.absolute()) if whole.is_relative_to(folder.absolute()) else path
