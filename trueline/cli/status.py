"""``trueline status``: where the database is, what is pending, what goes on, and whether it is well."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trueline.cli.format import Format

if TYPE_CHECKING:
    from trueline.looking.status import Status


def status(
    plan: Annotated[
        bool, typer.Option("--plan/--no-plan", help="Rehearse what is pending in a scratch database, to tell its risk.")
    ] = True,
    wait: Annotated[
        float | None, typer.Option(min=0, help="Wait so many seconds until all is run, and look at nothing else.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write it.")] = Format.terminal,  # noqa: A002 - the option
) -> None:
    """Say where the database is, what is pending and how risky it is, who is at work, and whether all is well."""
    if wait is not None:
        _wait(wait, format)
        return
    from trueline.looking.status import read_status
    from trueline.looking.told import rows
    from trueline.report.tables import show_rows
    from trueline.settings import load_settings

    found = read_status(load_settings(), plans=plan)
    if format is Format.json:
        print(json.dumps(document(found), indent=2, ensure_ascii=False, default=str))
    else:
        show_rows(("", ""), list(rows(found)))
    if not found.is_well:
        raise typer.Exit(1)


def document(found: Status) -> dict[str, Any]:
    """Plain values; of the plan only how risky it is, as `trueline plan` has the rest."""
    told = asdict(found)
    if told["last"] is not None:
        del told["last"]["revisions"]  # trueline history has them
    told["is_well"] = found.is_well
    told["risk"] = found.plan.risk if found.plan else None
    told["plan"] = None if found.plan is None else {"unknown": found.plan.unknown, "failure": found.plan.failure}
    return told


def _wait(seconds: float, format_: Format) -> None:
    from trueline.waiting import wait_until_head

    logging.basicConfig(format="%(message)s")  # on standard error
    logging.getLogger("trueline.waiting").setLevel(logging.INFO)
    heads = asyncio.run(wait_until_head(timeout=seconds))
    print(json.dumps({"heads": heads}) if format_ is Format.json else f"at head: {', '.join(heads) or 'base'}")
