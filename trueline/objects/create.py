"""What ``create_all`` and ``drop_all`` do about declarations, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import MetaData

from trueline.declared.create import CreateObject, Run, emit, hooks_of
from trueline.objects.base import Declaration, objects_of
from trueline.objects.order import ordered
from trueline.objects.problems import problems
from trueline.objects.reference_rows import insert_rows
from trueline.objects.routine import Routine

_KEY = "trueline.objects.watched"

# A function's body may speak of tables that come later; what it says is looked at when it is called.
_UNCHECKED = "SET check_function_bodies = off"
_CHECKED = "RESET check_function_bodies"


def watch(metadata: MetaData) -> None:
    """Make ``create_all`` and ``drop_all`` of a metadata look after what is declared on it."""
    if _KEY in metadata.info:
        return
    metadata.info[_KEY] = True
    hooks = hooks_of(metadata)
    hooks.schemas.append(_schemas)
    hooks.problems.append(problems)
    hooks.before_create.append(_before)
    hooks.after_create.extend([insert_rows, _after])
    hooks.before_drop.append(_drop_late)
    hooks.after_drop.append(_drop_early)


def _schemas(metadata: MetaData) -> Iterator[str]:
    for each in objects_of(metadata).declarations.values():
        for schema in (each.place[0], getattr(each, "schema", None)):
            if schema:
                yield schema


def _before(run: Run) -> None:
    _create(run, ordered(run.metadata).before_tables if run.on_postgresql else ())


def _after(run: Run) -> None:
    _create(run, ordered(run.metadata).after_tables if run.on_postgresql else ())


def _create(run: Run, declared: Iterable[Declaration]) -> None:
    chosen = [each for each in declared if _is_asked(each, run)]
    routines = any(isinstance(each, Routine) for each in chosen)
    if routines:
        run.connection.execute(CreateObject(_UNCHECKED, None, "settings"))
    for each in chosen:
        emit(run, each.statements(), each.where)
    if routines:
        run.connection.execute(CreateObject(_CHECKED, None, "settings"))


def _is_asked(declared: Declaration, run: Run) -> bool:
    """Where the caller named tables, what speaks of another one is left out."""
    if run.asked is None:
        return True
    found = ordered(run.metadata)
    others = (table for table in run.metadata.tables.values() if table.key not in run.asked)
    return not any(found.speaks_of(declared, (table.schema, table.name)) for table in others)


def _drop_late(run: Run) -> None:
    _drop(run, ordered(run.metadata).after_tables if run.on_postgresql else ())


def _drop_early(run: Run) -> None:
    _drop(run, ordered(run.metadata).before_tables if run.on_postgresql else ())


def _drop(run: Run, declared: Iterable[Declaration]) -> None:
    """Only where everything is dropped: others may need what remains."""
    for each in reversed(list(declared)) if run.asked is None else ():
        for text in each.drop_sql():
            run.connection.execute(CreateObject(text, each, each.label))
