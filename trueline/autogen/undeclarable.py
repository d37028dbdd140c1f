"""What may be in a database by no declaration: the words for it."""

from __future__ import annotations

from trueline.catalog.objects import DEFINED

#: Kinds that SQLAlchemy's models cannot declare: raw SQL in revisions makes them, and nobody can tell from a metadata
#: without them that they shall go.
UNDECLARABLE = frozenset(
    {
        "view",
        "materialized_view",
        "function",
        "procedure",
        "aggregate",
        "trigger",
        "rule",
        "policy",
        "sequence",
        "enum",
        "domain",
        "composite",
        "range",
        "statistics",
        "schema",
        "extension",
        *(cls.kind for cls in DEFINED),
    }
)

#: Word for the row security flags of a table among those kinds.
ROW_SECURITY = "row_security"

#: Word for comments among them.
COMMENT = "comment"
