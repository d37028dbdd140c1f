"""A status in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trueline.looking.history import Deployed
from trueline.looking.status import Half, Status
from trueline.planning.told import summary

#: Of a long list so many are shown.
_MOST = 20


def rows(status: Status) -> Iterator[tuple[str, str]]:
    """A label and words; further lines of the same have no label."""
    yield "database", status.database
    yield "at", _words(status.heads)
    yield "files", _goal(status)
    yield from _labelled("pending", _pending(status))
    yield from _labelled("running", _running(status))
    yield from _labelled("in the way", _in_the_way(status))
    yield from _labelled("half applied", [line for half in status.half for line in _half(half)])
    yield from _labelled("indexes", _indexes(status.activity.invalid))
    yield from _labelled("changed", _changed(status))
    if status.last is not None:
        yield "last", _last(status.last)
    yield from _labelled("note", status.notes)
    yield "", _verdict(status)


def _labelled(label: str, lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines):
        yield label if number == 0 else "", line


def _goal(status: Status) -> str:
    several = "; several heads: alembic upgrade heads, or alembic merge" if len(status.goal) > 1 else ""
    return f"{_words(status.goal)}{several}"


def _pending(status: Status) -> Iterator[str]:
    if status.unknown:
        yield f"not known: revision {_words(status.unknown)} of the database is not here; deploy the code that has it"
        return
    if not status.pending:
        yield "nothing"
        return
    yield from (f"{each.revision} {each.doc}".rstrip() for each in status.pending[:_MOST])
    yield from _rest(len(status.pending))
    if status.plan is None:
        yield "how risky it is was not looked at"
    else:
        yield from (f"risk: {line}" if number == 0 else line for number, line in enumerate(summary(status.plan)))


def _running(status: Status) -> Iterator[str]:
    holder = status.activity.running
    if holder is None:
        yield "no migration"
        return
    since = f", connected for {holder.age:.0f} s" if holder.age is not None else ""
    who = ", ".join(filter(None, (holder.application or "unknown application", holder.role)))
    yield f"a migration: pid {holder.pid}, {who}{since}"
    if holder.query:
        yield f"its last statement: {holder.query}"


def _in_the_way(status: Status) -> Iterator[str]:
    activity = status.activity
    if not activity.in_the_way and not activity.prepared:
        yield "no long transaction" if not activity.hidden else "no long transaction that this role can see"
    yield from (str(each) for each in activity.in_the_way[:_MOST])
    yield from _rest(len(activity.in_the_way))
    if any(each.state.startswith("idle in transaction") for each in activity.in_the_way):
        yield "end one that is idle in transaction: SELECT pg_terminate_backend(pid);"
    yield from (f"prepared transaction {each}: ROLLBACK PREPARED or COMMIT PREPARED it" for each in activity.prepared)
    if activity.hidden:
        yield f"what {activity.hidden} other sessions do is hidden from this role: GRANT pg_read_all_stats TO …;"


def _half(half: Half) -> Iterator[str]:
    way = "alembic upgrade head" if half.direction == "up" else "alembic downgrade -1"
    yield f"revision {half.revision} on its way {half.direction}: {half.finished} of its statements are committed"
    if half.under_way:
        yield f"under way was: {half.under_way}"
    if half.message:
        yield f"it stopped with: {half.message}"
    yield f"fix: {way}   # goes on with it; or finish it by hand, and: alembic stamp {half.revision}"


def _indexes(invalid: Sequence[str]) -> Iterator[str]:
    for each in invalid[:_MOST]:
        yield f"{each} is INVALID: REINDEX INDEX CONCURRENTLY {each}; or DROP INDEX CONCURRENTLY {each};"
    yield from _rest(len(invalid))


def _changed(status: Status) -> Iterator[str]:
    if status.changed:
        number = len(status.changed)
        yield f"the database, by hand, since the last deploy: {number} difference{'s'[: number != 1]}"
        yield from (f"  {line}" for line in status.changed[:_MOST])
        yield from _rest(number)
    yield from (f"the revision's file, after it was run: {file}" for file in status.edited)


def _last(deploy: Deployed) -> str:
    version = f", version {deploy.version}" if deploy.version else ""
    why = f": {deploy.message}" if deploy.message else ""
    when = f"{deploy.began:%Y-%m-%d %H:%M} UTC"
    return f"{deploy.command} {deploy.id} of {when} by {deploy.role} from {deploy.host}{version}: {deploy.outcome}{why}"


def _verdict(status: Status) -> str:
    if status.is_well:
        return "at head, and well"
    parts = []
    if status.pending:
        number = len(status.pending)
        parts.append(f"{number} revision{'s'[: number != 1]} pending: trueline plan, alembic upgrade head")
    if status.unknown:
        parts.append("the database is newer than this code")
    wrong = {
        "half applied": status.half,
        "INVALID indexes": status.activity.invalid,
        "changed by hand": status.changed,
        "edited revisions": status.edited,
    }
    return "; ".join([*parts, *(word for word, found in wrong.items() if found)])


def _rest(number: int) -> Iterator[str]:
    if number > _MOST:
        yield f"… and {number - _MOST} more"


def _words(heads: Sequence[str]) -> str:
    return ", ".join(heads) or "base"
