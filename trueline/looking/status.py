"""How it is with a database: where it is, what is pending, what goes on, and whether all of it is well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import psycopg
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from trueline.catalog.snapshot import FRAMEWORK, read_catalog
from trueline.checkout import checkout_of
from trueline.deploy.drifted import edited_since, in_words, unpacked
from trueline.deploy.heads import refuse_broken
from trueline.deploy.ledger import Ledger
from trueline.deploy.records import Progress
from trueline.deploying import changed_between
from trueline.env import open_target
from trueline.errors import TruelineError
from trueline.looking.activity import Activity, look_around
from trueline.looking.history import Deployed, ledger_in, read_history, readable
from trueline.looking.planned import ground_of, heads_of, upgrade_from
from trueline.planning.plan import Plan
from trueline.planning.request import Ground
from trueline.scratch.session import driver_of
from trueline.settings import Settings


@dataclass(frozen=True, slots=True)
class Pending:
    """A revision that was not run here."""

    revision: str
    doc: str


@dataclass(frozen=True, slots=True)
class Half:
    """A revision of which parts are in the database."""

    revision: str
    direction: str
    finished: int
    message: str | None
    under_way: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """What was found.

    Attributes:
        database: its address, without a password.
        heads: the revisions that it is at.
        goal: the heads of the files.
        unknown: those of its revisions that no file has.
        pending: what an upgrade would run.
        activity: what goes on.
        half: revisions that were interrupted.
        last: the last command that changed it.
        changed: what differs from what the last deploy left, in words.
        edited: files of revisions that are not what was run.
        plan: of the upgrade.
        notes: what was not looked at, and why.
    """

    database: str
    heads: tuple[str, ...]
    goal: tuple[str, ...]
    unknown: tuple[str, ...]
    pending: tuple[Pending, ...]
    activity: Activity
    half: tuple[Half, ...] = ()
    last: Deployed | None = None
    changed: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    plan: Plan | None = field(default=None, repr=False)
    notes: tuple[str, ...] = ()

    @property
    def is_well(self) -> bool:
        """At head, and nothing is wrong."""
        wrong = (self.unknown, self.half, self.changed, self.edited, self.activity.invalid)
        return not self.pending and not any(wrong)


def read_status(settings: Settings, *, plans: bool = True) -> Status:
    """Look at the database that the settings name; it is only read.

    Args:
        settings: the project's.
        plans: whether pending revisions are to be rehearsed, to say how risky they are.

    Raises:
        TruelineError: the files or the version table cannot be read.
    """
    project = checkout_of(settings)
    with open_target(settings) as connection:
        ground = ground_of(connection, project, settings)
        try:
            refuse_broken(project.script)
        except TruelineError as error:
            raise TruelineError(error.what, where=error.where, fix=error.fix) from None
        found = _ledger_told(connection, ground, _where(connection, ground))
        connection.rollback()
        if plans and found.pending and not found.unknown:
            found = _planned(connection, ground, found)
    return found


def _planned(connection: Connection, ground: Ground, status: Status) -> Status:
    try:
        return replace(status, plan=upgrade_from(connection, status.heads, "heads", ground))
    except TruelineError as error:
        return replace(status, notes=(*status.notes, f"an upgrade would be refused: {error.what}"))


def _where(connection: Connection, ground: Ground) -> Status:
    heads, script = heads_of(connection, ground.options), ground.script
    known = {str(each.revision) for each in script.walk_revisions()}
    unknown = tuple(head for head in heads if head not in known)
    return Status(
        connection.engine.url.render_as_string(),
        heads,
        tuple(script.get_heads()),
        unknown,
        () if unknown else tuple(_pending(script, heads)),
        look_around(driver_of(connection)),
    )


def _pending(script: ScriptDirectory, heads: Sequence[str]) -> Iterator[Pending]:
    for step in script._upgrade_revs("heads", heads):  # type: ignore[arg-type]  # takes several
        yield Pending(str(step.revision.revision), step.revision.doc or "")


def _ledger_told(connection: Connection, ground: Ground, status: Status) -> Status:
    home = ground.options.get("version_table_schema") or connection.dialect.default_schema_name
    ledger = ledger_in(connection, home)
    if ledger is None:
        note = "no ledger: no command of trueline's has changed this database yet"
        return replace(status, notes=(note,))
    try:
        return _compared(connection, ground, ledger, status)
    except TruelineError as error:
        return replace(status, notes=(f"{error.what}; whether all is as it was left was not looked at: {error.fix}",))


def _compared(connection: Connection, ground: Ground, ledger: Ledger, status: Status) -> Status:
    driver = driver_of(connection)
    with readable(connection, ledger):
        begun, applied, last = ledger.begun(driver), ledger.sources(driver), ledger.last(driver)
    deploys = read_history(connection, ledger, limit=1)
    status = replace(
        status,
        half=tuple(map(_half, begun)) if status.activity.running is None else (),
        last=deploys[0] if deploys else None,
        edited=tuple(edited_since(ground.script, applied)),
    )
    if last is None or last.catalog is None or begun or status.activity.running is not None:
        return status
    if last.heads != tuple(sorted(status.heads)):
        elsewhere = "whether the database is as it was left cannot be told: something else has led it elsewhere since"
        return replace(status, notes=(elsewhere,))
    changed, note = _changed(connection, ground, last.catalog)
    return replace(status, changed=changed, notes=(note,) if note else ())


def _half(progress: Progress) -> Half:
    running = progress.running
    return Half(
        progress.revision,
        progress.direction,
        progress.finished,
        progress.message,
        running.statement if running else None,
    )


def _changed(connection: Connection, ground: Ground, left: bytes) -> tuple[tuple[str, ...], str | None]:
    """What differs, and why it is not known if it is not."""
    kept = unpacked(left)
    try:
        now = read_catalog(connection, framework=FRAMEWORK | {ground.version_table})
    except (DBAPIError, psycopg.Error, CommandError) as error:
        words = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        return (), f"whether the database is as it was left cannot be told: {words}"
    if kept is None or kept.major != now.major:
        return (), "whether the database is as it was left cannot be told: another version of PostgreSQL or trueline"
    rows = in_words(changed_between(kept, now, ground.settings))
    return tuple(f"{row.sign} {row.kind} {row.name} {row.what}".rstrip() for row in rows), None
