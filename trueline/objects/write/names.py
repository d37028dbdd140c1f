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


def subject(key: Key) -> Key:
    """The key of the object that a comment on a part of it belongs with."""
    if key[0] in {"attribute", "view_column", "not_null", "domain_constraint"}:
        return key[:3]
    return key
