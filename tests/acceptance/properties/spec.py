"""A schema as a value: what `strategies` draws and `build` declares.

References are by slot, not by name: a table's columns, the tables of a key and the enum of a column are numbers of
places in the specification, so that one value can be changed without its names falling apart.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        type: a key of `words.TYPES`, ``enum 0``, ``enum[] 0``, ``domain 0`` or ``composite 0``.
        fill: number of the default of its type; -1 for none.
        counts: how it counts by itself: ``serial``, ``always``, ``default`` or not at all; for integers.
        options: start, increment, cycle of an identity.
        computed: slot of the column that it is computed from.
        storage: words for ``Column.info``.
        virtual: whether a computed one is computed when it is read, where PostgreSQL can do that.
        calls: number of the function that a default calls, where it fits.
        other: whether it goes by its other name.
    """

    type: str
    nullable: bool = True
    fill: int = -1
    counts: str = ""
    options: tuple[int, int, bool] = (1, 1, False)
    computed: int | None = None
    comment: str | None = None
    storage: str = ""
    virtual: bool = False
    calls: int | None = None
    other: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """A primary key, unique constraint, exclusion or index over columns, by slot.

    Attributes:
        kind: ``primary``, ``unique``, ``exclusion`` or ``index``.
        name: number in the names; none for the one that PostgreSQL or SQLAlchemy gives.
        how: a variant of its options.
    """

    kind: str
    columns: tuple[int, ...]
    name: int | None = None
    how: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """A check of a column, one of the conditions of its type."""

    column: int
    condition: int
    name: int | None = None
    how: int = 0


@dataclass(frozen=True, slots=True)
class Foreign:
    """A foreign key to another table or its own; `build` leaves it out where nothing unique is there."""

    column: int
    table: int
    target: int
    name: int
    how: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        columns: a slot for each, empty where it lacks the column.
        how: a variant of its options.
        policy: a variant of its row security and policy; none for neither.
        trigger: a variant of its trigger.
        partitions: numbers of bounds, for one that is partitioned.
        other: whether it goes by its other name.
    """

    schema: int
    columns: tuple[Column | None, ...]
    keys: tuple[Key, ...] = ()
    checks: tuple[Check, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    comment: str | None = None
    how: int = 0
    policy: int | None = None
    trigger: int | None = None
    partitions: tuple[int, ...] = ()
    other: bool = False


@dataclass(frozen=True, slots=True)
class Enum:
    """An enum type."""

    schema: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain; ``type`` and ``how`` are variants."""

    schema: int
    how: int


@dataclass(frozen=True, slots=True)
class Composite:
    """A composite type; its attributes are names and keys of `words.ATTRIBUTES`."""

    schema: int
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence of its own; ``how`` is a variant."""

    schema: int
    how: int


@dataclass(frozen=True, slots=True)
class View:
    """A view of a table or of the view before it; materialized or not; ``calls`` a function, where it fits."""

    schema: int
    table: int
    columns: tuple[int, ...]
    materialized: bool = False
    over: bool = False
    how: int = 0
    calls: int | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A function; ``how`` is a variant of its body and signature."""

    schema: int
    how: int


@dataclass(frozen=True, slots=True)
class Extra:
    """A rule, extended statistics, child or grant of a table, a range type, an aggregate, a procedure, a comment.

    ``how`` is a variant.
    """

    kind: str
    schema: int
    table: int
    how: int


@dataclass(frozen=True, slots=True)
class Spec:
    """A whole schema; each part has slots, empty or not.

    Attributes:
        names: of everything, in the order in which parts take them; shared by a schema and its successor.
        partitioned: how the last table is, by its first column: ``RANGE``, ``LIST``, ``HASH`` or not at all.
    """

    names: tuple[str, ...]
    partitioned: str = ""
    tables: tuple[Table | None, ...] = ()
    enums: tuple[Enum | None, ...] = ()
    domains: tuple[Domain | None, ...] = ()
    composites: tuple[Composite | None, ...] = ()
    sequences: tuple[Sequence | None, ...] = ()
    views: tuple[View | None, ...] = ()
    functions: tuple[Function | None, ...] = ()
    extras: tuple[Extra | None, ...] = ()
