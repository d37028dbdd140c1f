"""``trueline init``: the same set-up as trueline's own repository, in a new or an existing project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trueline.init.plan import plan
from trueline.init.project import look_at
from trueline.init.report import report
from trueline.init.write import write


def init(
    directory: Annotated[Path, typer.Option(help="The project's folder.")] = Path(),
    models: Annotated[
        str | None,
        typer.Option(metavar="PACKAGE", help="The models' package; app.models where nothing says otherwise."),
    ] = None,
    embedded: Annotated[
        bool, typer.Option("--embedded", help="Choose the embedded PostgreSQL where DATABASE_URL is not set.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
) -> None:
    """Put migrations, a base for models, a gate and CI into a project; nothing is overwritten."""
    planned = plan(look_at(directory, models, embedded=embedded))
    if not dry_run:
        write(planned)
    print(report(planned, dry_run=dry_run))
