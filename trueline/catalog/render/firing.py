"""What makes the triggers fire in another way by which PostgreSQL keeps a key.

Their names hold numbers that are others in every database, so they have to be looked up; and only a superuser may.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from trueline.catalog.objects import Key, KeyFiring, Name
from trueline.catalog.objects.constraint import Exclusion, ForeignKey, KeyEvent, PrimaryKey, Unique
from trueline.catalog.render.words import literal, name

KeptByTriggers = PrimaryKey | Unique | Exclusion | ForeignKey

_MODES = {"origin": "ENABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS", "disabled": "DISABLE"}

#: The function of each, and the bit of its type where one function is not enough.
_CONDITIONS: dict[KeyEvent, str] = {
    "insert": """t.tgfoid = 'pg_catalog."RI_FKey_check_ins"'::pg_catalog.regproc""",
    "update": """t.tgfoid = 'pg_catalog."RI_FKey_check_upd"'::pg_catalog.regproc""",
    "referenced delete": "pg_catalog.starts_with(t.tgname, 'RI_ConstraintTrigger_a_') AND t.tgtype & 8 <> 0",
    "referenced update": "pg_catalog.starts_with(t.tgname, 'RI_ConstraintTrigger_a_') AND t.tgtype & 16 <> 0",
    "recheck": "t.tgfoid = 'pg_catalog.unique_key_recheck'::pg_catalog.regproc",
}

_BODY = """
DECLARE
    statement text;
BEGIN
    IF NOT pg_catalog.current_setting('is_superuser')::boolean THEN
        RAISE insufficient_privilege USING MESSAGE = {refused}, HINT = {hint};
    END IF;
    FOR statement IN
        WITH RECURSIVE kept AS (
            SELECT con.oid, con.conrelid
              FROM pg_catalog.pg_constraint con
             WHERE con.conrelid = {table} AND con.conname = {name}
             UNION ALL
            SELECT con.oid, con.conrelid
              FROM pg_catalog.pg_constraint con
              JOIN kept ON con.conparentid = kept.oid AND con.conrelid = kept.conrelid
        )
        SELECT pg_catalog.format({action}, t.tgrelid::pg_catalog.regclass, t.tgname)
          FROM pg_catalog.pg_trigger t
          JOIN kept ON kept.oid = t.tgconstraint
         WHERE t.tgisinternal AND {conditions}
    LOOP
        EXECUTE statement;
    END LOOP;
END
"""

_REFUSED = "only a superuser may change when the triggers of a key fire"
_HINT = "connect as a superuser; or leave this out, and the key is kept as it is declared"


def key_firing(key: KeptByTriggers) -> Iterator[str]:
    """A statement for each table and mode."""
    for (place, mode), each in grouped(key.firing):
        yield told(key.key, mode, [one.event for one in each], place)


def grouped(firing: Iterable[KeyFiring]) -> list[tuple[tuple[Name, str], list[KeyFiring]]]:
    """By table and mode."""
    ordered = sorted(firing, key=_place)
    return [(place, list(each)) for place, each in groupby(ordered, key=_place)]


def _place(one: KeyFiring) -> tuple[Name, str]:
    return (one.table, one.enabled)


def told(key: Key, mode: str, events: Sequence[str], place: Name | None = None) -> str:
    """The statement that makes the triggers of a key, for these events, fire in this way.

    Args:
        key: of the constraint.
        mode: ``origin``, ``replica``, ``always`` or ``disabled``.
        events: see `KeyEvent`.
        place: the table that the triggers are on; None for all, of partitions that are pointed at, too.
    """
    _, schema, table, constraint = key
    conditions = " OR ".join(_CONDITIONS[event] for event in _CONDITIONS if event in events)
    where = f"\n           AND t.tgrelid = {_relation(place)}" if place else ""
    words = {
        "action": literal(f"ALTER TABLE ONLY %s {_MODES[mode]} TRIGGER %I"),
        "conditions": f"({conditions}){where}",
        "hint": literal(_HINT),
        "name": literal(constraint),
        "refused": literal(_REFUSED),
        "table": _relation((schema, table)),
    }
    return _block(_BODY.format(**words))


def _relation(place: Name) -> str:
    return f"{literal(name(*place))}::pg_catalog.regclass"


def _block(body: str) -> str:
    tag = "$trueline$"
    while tag in body:
        tag = f"{tag[:-1]}_$"
    return f"DO {tag}{body}{tag}"
