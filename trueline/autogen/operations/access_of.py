"""Who owns an object, and who may do what with it: one query for every kind, and the words for statements about it."""

from __future__ import annotations

from trueline.catalog.objects import WITHOUT_SCHEMA, Key
from trueline.catalog.render.words import name, noun, operator_name

_RELATIONS = frozenset({"table", "view", "materialized_view", "sequence"})
_ROUTINES = frozenset({"function", "procedure", "aggregate"})
_FOR_METHOD = frozenset({"operator_class", "operator_family"})
#: Kinds that may take one another's place under one name.
TYPES = frozenset({"enum", "domain", "composite", "range"})

#: Of kinds that nobody has privileges on, and of languages, which take them only as long as they are trusted; with the
#: letter of columns, which have none by default.
_NOTHING = "NULL::aclitem[]"


def _named(prefix: str, detail: str = "") -> str:
    """What tells an object of a kind without a cast: schema and name, as `shown_name` gives them."""
    schema = f"(SELECT quote_ident(nspname) FROM pg_catalog.pg_namespace WHERE oid = o.{prefix}namespace)"  # noqa: S608 - words of this module
    return f"{schema} || '.' || quote_ident(o.{prefix}name){detail} = {{shown}}"


def _for_method(prefix: str) -> str:
    method = f"(SELECT quote_ident(amname) FROM pg_catalog.pg_am WHERE oid = o.{prefix}method)"  # noqa: S608 - words of this module
    return _named(prefix, f" || ' USING ' || {method}")


#: System table, its column of privileges, its owner, the condition that finds an object by its name, and the letter by
#: which `acldefault` knows the kind.
_PLACES = {
    **dict.fromkeys(_RELATIONS, ("pg_class", "relacl", "relowner", "o.oid = to_regclass({shown})", "r")),
    "sequence": ("pg_class", "relacl", "relowner", "o.oid = to_regclass({shown})", "s"),
    **dict.fromkeys(_ROUTINES, ("pg_proc", "proacl", "proowner", "o.oid = to_regprocedure({shown})", "f")),
    **dict.fromkeys(TYPES, ("pg_type", "typacl", "typowner", "o.oid = to_regtype({shown})", "T")),
    "collation": ("pg_collation", _NOTHING, "collowner", "o.oid = to_regcollation({shown})", "c"),
    "operator": ("pg_operator", _NOTHING, "oprowner", "o.oid = to_regoperator({shown})", "c"),
    "operator_class": ("pg_opclass", _NOTHING, "opcowner", _for_method("opc"), "c"),
    "operator_family": ("pg_opfamily", _NOTHING, "opfowner", _for_method("opf"), "c"),
    "conversion": ("pg_conversion", _NOTHING, "conowner", _named("con"), "c"),
    "text_search_dictionary": ("pg_ts_dict", _NOTHING, "dictowner", _named("dict"), "c"),
    "text_search_configuration": ("pg_ts_config", _NOTHING, "cfgowner", _named("cfg"), "c"),
    "language": ("pg_language", _NOTHING, "lanowner", "quote_ident(o.lanname) = {shown}", "c"),
    "foreign_data_wrapper": (
        *("pg_foreign_data_wrapper", "fdwacl", "fdwowner", "quote_ident(o.fdwname) = {shown}", "F"),
    ),
    "server": ("pg_foreign_server", "srvacl", "srvowner", "quote_ident(o.srvname) = {shown}", "S"),
    "publication": ("pg_publication", _NOTHING, "pubowner", "quote_ident(o.pubname) = {shown}", "c"),
    "event_trigger": ("pg_event_trigger", _NOTHING, "evtowner", "quote_ident(o.evtname) = {shown}", "c"),
}
#: Kinds that have an owner and privileges.
KINDS = frozenset(_PLACES)

_QUERY = """\
SELECT CASE WHEN {owner} <> (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user)
            THEN quote_ident(pg_get_userbyid({owner})) END AS owner,
       c.part, a.privilege_type AS privilege,
       CASE WHEN a.grantee <> 0 THEN quote_ident(pg_get_userbyid(a.grantee)) ELSE 'PUBLIC' END AS role,
       bool_or(a.is_grantable) AS option
  FROM pg_catalog.{table} o
 CROSS JOIN LATERAL (
       SELECT NULL AS part, coalesce({privileges}, acldefault('{letter}', o.{owner})) AS acl{columns}) c
  LEFT JOIN LATERAL aclexplode(c.acl) a ON true
 WHERE {condition}
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
    table, privileges, owner, condition, letter = _PLACES[key[0]]
    words = {"table": table, "privileges": privileges, "owner": owner, "letter": letter}
    words["condition"] = condition.replace("{shown}", shown)
    columns = _COLUMNS if key[0] in _RELATIONS - {"sequence"} else ""
    return _QUERY.format(**words, shown=shown, columns=columns)


def shown_name(key: Key) -> str:
    """The object as its condition reads it."""
    if key[0] == "operator":
        return f"{operator_name(*key[1:3])}({key[3]})"
    if key[0] in _FOR_METHOD:
        return f"{name(*key[1:3])} USING {name(key[3])}"
    return name(*key[1:3]) + (f"({key[3]})" if key[0] in _ROUTINES else "")


def granted_on(key: Key) -> str:
    """What follows ``ON`` in GRANT and REVOKE."""
    if key[0] in WITHOUT_SCHEMA:
        return f"FOREIGN {noun(key)}" if key[0] == "server" else noun(key)
    word = "ROUTINE" if key[0] in _ROUTINES else "TYPE" if key[0] in TYPES else "TABLE"
    return f"{'SEQUENCE' if key[0] == 'sequence' else word} {shown_name(key)}"
