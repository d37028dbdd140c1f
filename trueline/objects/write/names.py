"""How a declaration names what it is about."""

from __future__ import annotations

from trueline.catalog.objects import Key
from trueline.objects.names import place_of


def dotted(schema: str, name: str) -> str | tuple[str, str]:
    """``"schema.name"``, or both where a dot or a quote in one of them would be misread."""
    text = f"{schema}.{name}"
    if any(letter in schema + name for letter in '."') or place_of(text, "") != (schema, name):
        return (schema, name)
    return text


#: Parts that are no objects of their own, and the kinds that have them.
_PARTS = {
    "view_column": ("view", "materialized_view"),
    "attribute": ("composite",),
    "domain_constraint": ("domain",),
}


def subjects(key: Key) -> set[Key]:
    """What a comment or privilege is about, or the whole that this is a part of."""
    return {key, *((kind, *key[1:3]) for kind in _PARTS.get(key[0], ()))}
