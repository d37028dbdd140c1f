"""``trueline history``: what was done to the database, by whom, and how it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from trueline.cli.format import Format, as_json

if TYPE_CHECKING:
    from trueline.looking.history import Deployed, Revision

_HEADINGS = ("", "when (UTC)", "command", "from → to", "outcome", "took", "by", "version")
_NO_LEDGER = "this database has no ledger: no upgrade, downgrade or stamp by trueline has changed it yet"


def history(
    revision: Annotated[
        str | None, typer.Option(help="Only deploys that ran this revision, with its statements.", show_default=False)
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="With revisions and statements.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="So many deploys, the newest first.")] = 20,
    schema: Annotated[
        str | None, typer.Option(help="Where the ledger is, if there are several.", show_default=False)
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write it.")] = Format.terminal,  # noqa: A002 - the option
) -> None:
    """Print what was done to the database: when, by whom, from where, how it ended; newest first."""
    from trueline.env import open_target
    from trueline.looking.history import ledger_in, read_history
    from trueline.settings import load_settings

    settings = load_settings()
    with open_target(settings) as connection:
        ledger = ledger_in(connection, schema or settings.version_schema)
        found = [] if ledger is None else read_history(connection, ledger, revision=revision, limit=limit)
    if format is Format.json:
        print(as_json(found))
    elif ledger is None:
        print(_NO_LEDGER)
    elif found:
        show(found, statements=verbose or revision is not None)
    if revision is not None and not found:
        if format is Format.terminal and ledger is not None:
            print(f"no deploy has run a revision {revision}")
        raise typer.Exit(1)


def show(deploys: Sequence[Deployed], *, statements: bool) -> None:
    """Print a line for each deploy, or a paragraph with its revisions."""
    from trueline.report.tables import show_rows

    if not statements:
        show_rows(_HEADINGS, [row(each) for each in deploys])
        for line in notes(deploys):
            print(line)
        return
    for each in deploys:
        print("  ".join(filter(None, row(each))))
        print("\n".join(details(each)))


def row(deploy: Deployed) -> tuple[str, ...]:
    """One deploy in words."""
    who = f"{deploy.role}, {deploy.host}, {deploy.application or 'unknown application'}"
    return (
        str(deploy.id),
        f"{deploy.began:%Y-%m-%d %H:%M:%S}",
        deploy.command,
        f"{_heads(deploy.before)} → {'?' if deploy.after is None else _heads(deploy.after)}",
        outcome(deploy),
        "" if deploy.seconds is None else f"{deploy.seconds:.1f} s",
        who,
        deploy.version or "",
    )


def outcome(deploy: Deployed) -> str:
    """How it ended; that a revision is still half applied is more than that it failed."""
    half = [each.revision for each in deploy.revisions if each.outcome == "begun" and deploy.outcome != "running"]
    return f"{deploy.outcome}, {', '.join(half)} half applied" if half else deploy.outcome


def notes(deploys: Sequence[Deployed]) -> Iterator[str]:
    """Why those failed that did, and the way out of what is half applied."""
    for each in deploys:
        if each.message:
            yield f"deploy {each.id}: {each.message}"
    for deploy in deploys:
        for revision in deploy.revisions:
            if revision.outcome == "begun" and deploy.outcome != "running":
                yield half_applied(revision)


def half_applied(revision: Revision) -> str:
    """What of a revision is in the database, and the way out."""
    way = "alembic upgrade head" if revision.direction == "up" else "alembic downgrade -1"
    under_way = f"; under way was: {revision.running}" if revision.running else ""
    return (
        f"revision {revision.revision} is half applied on its way {revision.direction}: {revision.finished} of its "
        f"statements are committed{under_way}\n  fix: {way}   # goes on with it"
    )


def details(deploy: Deployed) -> Iterator[str]:
    """Revisions and statements of one deploy."""
    if deploy.message:
        yield f"    {deploy.message}"
    for revision in deploy.revisions:
        again = f", {revision.attempts} attempts" if revision.attempts > 1 else ""
        yield f"    {revision.revision} {revision.direction}  {revision.outcome}  {revision.seconds:.2f} s{again}"
        if revision.message and revision.message != deploy.message:
            yield f"        {revision.message}"
        for number, each in enumerate(revision.statements, 1):
            alone = "  outside of a transaction" if each.alone else ""
            yield f"      {number:>3}. {each.seconds:.3f} s  {each.statement}{alone}"
            yield from (f"           {_mode(mode)} on {relation}" for relation, mode in each.locks.items())
        if revision.running:
            yield f"      under way when it stopped: {revision.running}"


def _mode(mode: str) -> str:
    from trueline.planning.locking import words_of

    return words_of(mode)


def _heads(heads: Sequence[str]) -> str:
    return ", ".join(heads) or "base"
