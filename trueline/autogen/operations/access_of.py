"""Who owns an object, and who may do what with it: one query for every kind, and the words for statements about it."""

from __future__ import annotations

from trueline.catalog.objects import Key
from trueline.catalog.render.words import name

_RELATIONS = frozenset({"table", "view", "materialized_view", "sequence"})
_ROUTINES = frozenset({"function", "procedure", "aggregate"})
#: Kinds that may take one another's place under one name.
TYPES = frozenset({"enum", "domain", "composite", "range"})

#: System table, its column of privileges, its owner, the cast that finds an object by its name, and the letter by which
#: `acldefault` knows the kind.
_PLACES = {
    **dict.fromkeys(_RELATIONS, ("pg_class", "relacl", "relowner", "to_regclass", "r")),
    "sequence": ("pg_class", "relacl", "relowner", "to_regclass", "s"),
    **dict.fromkeys(_ROUTINES, ("pg_proc", "proacl", "proowner", "to_regprocedure", "f")),
    **dict.fromkeys(TYPES, ("pg_type", "typacl", "typowner", "to_regtype", "T")),
}
#: Kinds that have an owner and privileges.
KINDS = frozenset(_PLACES)

_QUERY = """\
SELECT CASE WHEN {owner} <> current_user::regrole THEN quote_ident(pg_get_userbyid({owner})) END AS owner,
       c.part, a.privilege_type AS privilege,
       CASE WHEN a.grantee <> 0 THEN quote_ident(pg_get_userbyid(a.grantee)) ELSE 'PUBLIC' END AS role,
       bool_or(a.is_grantable) AS option
  FROM pg_catalog.{table} o
 CROSS JOIN LATERAL (
       SELECT NULL AS part, coalesce(o.{privileges}, acldefault('{letter}', o.{owner})) AS acl{columns}) c
  LEFT JOIN LATERAL aclexplode(c.acl) a ON true
 WHERE o.oid = {cast}({shown})
 GROUP BY 1, 2, 3, 4
 ORDER BY 2 NULLS FIRST, 3, 4"""

_COLUMNS = """
       UNION ALL
       SELECT quote_ident(attname), attacl
         FROM pg_catalog.pg_attribute WHERE attrelid = o.oid AND attnum > 0 AND NOT attisdropped"""


def query(key: Key, shown: str) -> str:
    """Rows of owner (where it is another role), part (none, or a column), privilege, role and grant option.

    A part without a privilege is a row as well.

    Args:
        key: of the object.
        shown: SQL for the text that `shown_name` gives.
    """
    table, privileges, owner, cast, letter = _PLACES[key[0]]
    words = {"table": table, "privileges": privileges, "owner": owner, "cast": cast, "letter": letter}
    columns = _COLUMNS if key[0] in _RELATIONS - {"sequence"} else ""
    return _QUERY.format(**words, shown=shown, columns=columns)


def shown_name(key: Key) -> str:
    """The object as its cast reads it."""
    return name(*key[1:3]) + (f"({key[3]})" if key[0] in _ROUTINES else "")


def granted_on(key: Key) -> str:
    """What follows ``ON`` in GRANT and REVOKE."""
    word = "ROUTINE" if key[0] in _ROUTINES else "TYPE" if key[0] in TYPES else "TABLE"
    return f"{'SEQUENCE' if key[0] == 'sequence' else word} {shown_name(key)}"
