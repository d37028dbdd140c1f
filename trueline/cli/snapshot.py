"""``trueline snapshot``: the catalog of a database, of the revisions, or of the models as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trueline.errors import TruelineError


def snapshot(
    file: Annotated[Path, typer.Argument(help="What to write; - prints it.")] = Path("-"),
    declared: Annotated[bool, typer.Option("--declared", help="What the models say, instead of the database.")] = False,
    migrated: Annotated[bool, typer.Option("--migrated", help="What the revisions lead to.")] = False,
) -> None:
    """Write a catalog as JSON, for trueline drift --against."""
    from trueline.drift.snapshot import as_text, take
    from trueline.settings import load_settings

    if declared and migrated:
        raise TruelineError("--declared and --migrated are two catalogs", fix="trueline snapshot --migrated FILE")
    taken = take(load_settings(), "declared" if declared else "migrated" if migrated else "live")
    if str(file) == "-":
        print(as_text(taken), end="")
        return
    try:
        file.write_text(as_text(taken), encoding="utf-8")
    except OSError as error:
        raise TruelineError(f"the catalog cannot be written: {error.strerror}", where=str(file)) from None
    print(f"wrote {file}: {len(taken.catalog)} objects{_at(taken.revisions)}")


def _at(revisions: tuple[str, ...]) -> str:
    return f", at {', '.join(revisions)}" if revisions else ""
