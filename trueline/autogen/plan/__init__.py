"""From one catalog to another: which operations, and in which order. Pure: catalogs in, operations out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from alembic.operations import MigrateOperation

from trueline.autogen.operations.note import NoteOp
from trueline.autogen.plan import attachment, filling, firing, keeping, marks, names, order, remarks, settle, steps
from trueline.autogen.plan.casts import Casts
from trueline.autogen.plan.lineage import reached
from trueline.autogen.plan.sides import Sides
from trueline.autogen.plan.step import Step
from trueline.catalog.catalog import Catalog


def plan(
    old: Catalog,
    new: Catalog,
    *,
    default_schema: str = "public",
    casts: Casts | None = None,
    rows: Iterable[Step] = (),
) -> list[MigrateOperation]:
    """The operations that lead from ``old`` to ``new``, in an order in which each can run.

    Args:
        old: what is there; only what may be changed, see `trueline.autogen.scope`.
        new: what shall be there.
        default_schema: the schema that operations need not name.
        casts: which casts the server has; without them every change of a base type says USING.
        rows: steps that fill tables with rows, to be put at their place.

    Raises:
        TruelineError: for a difference that PostgreSQL offers no way to remove, with what to do instead.
    """
    return [each for step in plan_steps(old, new, default_schema, casts, rows) for each in rendered(step)]


def plan_steps(
    old: Catalog, new: Catalog, default_schema: str = "public", casts: Casts | None = None, rows: Iterable[Step] = ()
) -> list[Step]:
    """As `plan`, each step with what it is about."""
    moves = attachment.apart(old, new)
    renames = names.name_changes(moves.old, moves.new)
    before = remarks.followed(names.renamed(moves.old, renames, moves.new), moves.new)
    filled = tuple(rows)
    wanted = reached(before, moves.new)
    sides = Sides(before, wanted, default_schema, casts, frozenset(_values(filled)), filling.filled_by(filled))
    found = [*filled, *moves.steps, *names.steps(renames, (*moves.old, *moves.new)), *steps.find(sides)]
    for said_of_partitions in (firing, marks, keeping):
        found += said_of_partitions.steps(new, sides)
    return settle.settled(order.ordered(found, sides), sides)


def _values(filled: Iterable[Step]) -> Iterator[object]:
    """Every value of the rows that steps fill in."""
    for step in filled:
        for op in step.operations:
            yield from (value for row in getattr(op, "rows", ()) for value in row.values())


def rendered(step: Step) -> Sequence[MigrateOperation]:
    """The operations, with a line before them where data would be lost, or where they fail on rows."""
    if not step.operations:
        return ()
    notes = [f"destructive: {step.destroys}"] if step.destroys else []
    notes += [step.fails] if step.fails else []
    return (*(NoteOp(note) for note in notes), *step.operations)


__all__ = ["Casts", "Step", "plan", "plan_steps"]
