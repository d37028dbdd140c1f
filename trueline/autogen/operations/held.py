"""With ``--sql``: who has what to do with an object that goes and comes back, looked up by the script itself.

That an object comes back is known when it does. So the place is held at which the script has to look, before the drop,
and filled then; `trueline.autogen.sql_text` keeps the text of a transaction until its end for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from trueline.autogen.operations.access_of import granted_on, query, shown_name
from trueline.catalog.objects import Key
from trueline.catalog.render.words import literal, noun

_LOOK = """\
BEGIN
  PERFORM set_config({setting}, (
    SELECT jsonb_build_object('owner', min(owner), 'grants', jsonb_agg(to_jsonb(looked)))::text
      FROM ({query}) looked), false);
END"""

_GIVE = """\
DECLARE
  kept jsonb := nullif(current_setting({setting}, true), '')::jsonb;
  given record;
BEGIN
  IF kept->'grants' IS NULL OR kept->'grants' = 'null' THEN
    RETURN;
  END IF;
  IF kept->>'owner' IS NOT NULL THEN
    EXECUTE {alter} || (kept->>'owner');
  END IF;
  FOR given IN SELECT DISTINCT part, role FROM ({query}) looked WHERE privilege IS NOT NULL LOOP
    EXECUTE 'REVOKE ALL' || coalesce(' (' || given.part || ')', '') || {place} || 'FROM ' || given.role;
  END LOOP;
  FOR given IN
    SELECT * FROM jsonb_to_recordset(kept->'grants') was (part text, privilege text, role text, option boolean)
     WHERE privilege IS NOT NULL AND (part IS NULL OR part IN (SELECT looked.part FROM ({query}) looked))
  LOOP
    EXECUTE 'GRANT ' || given.privilege || coalesce(' (' || given.part || ')', '') || {place} || 'TO ' || given.role
      || CASE WHEN given.option THEN ' WITH GRANT OPTION' ELSE '' END;
  END LOOP;
END"""


@dataclass(frozen=True, slots=True)
class Held:
    """A place in the text of a transaction.

    Attributes:
        pieces: the text.
        number: of the piece.
        key: of what is dropped there.
    """

    pieces: list[str]
    number: int
    key: Key

    def back(self, impl: Any, key: Key) -> Iterator[str]:
        """Fill the place, and give the statement that makes the object what it was; none in another transaction."""
        if getattr(impl, "pieces", None) is not self.pieces:
            return
        words = {"setting": literal(f"trueline.access_{self.number}")}
        looked = _LOOK.format(**words, query=_found(self.key))
        self.pieces[self.number] = f"{_do(looked)};\n\n"
        alter, place = literal(f"ALTER {noun(key)} OWNER TO "), literal(f" ON {granted_on(key)} ")
        yield _do(_GIVE.format(**words, query=_found(key), alter=alter, place=place))


def hold(impl: Any, key: Key) -> Held | None:
    """Hold the place that is reached; none where the text is written out at once."""
    pieces: list[str] | None = impl.hold() if hasattr(impl, "hold") else None
    if pieces is None:
        return None
    pieces.append("")
    return Held(pieces, len(pieces) - 1, key)


def _found(key: Key) -> str:
    return query(key, literal(shown_name(key)))


def _do(body: str) -> str:
    tag = "$trueline$"
    while tag in body:
        tag = f"${tag.strip('$')}x$"
    return f"DO {tag}\n{body}\n{tag}"
