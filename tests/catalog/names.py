"""Names that break what quotes carelessly: ``@s`` stands in SQL for one in quotes, in a key for the bare one."""

from __future__ import annotations

import re

HOSTILE = {
    "s": "Sché\"ma's %s:x",
    "r": "public.with.dots",
    "t": 'Select "Ünïcode" 😀',
    "u": "order",
    "p": "x" * 61 + "é",  # 63 bytes, the most there are
    "a": "id",
    "b": "UPPER Case",
    "c": "%(name)s",
    "d": "user",
    "e": "new\nline\t\\",
    "n": "name:of % 'it'",
    "m": '"',
    "x": 'ix ON "t" USING btree',
    "g": "a.b",
    "h": "trigger fn",
    "i": "ix, yes",
    "z": "check",
    "q": "$1",
    "j": "JOIN",
    "y": "; --",
    "v": "View (1)",
    "w": "null",
    "f": "ƒ(unc)",
    "k": "type",
    "l": "[label]",
    "o": 'trueline role %s "o\'"',
}


def quoted(sql: str) -> str:
    """SQL with hostile names for its place-holders."""
    return re.sub(r"@([a-z])\b", lambda match: '"' + HOSTILE[match[1]].replace('"', '""') + '"', sql)


def bare(names: str) -> tuple[str, ...]:
    """A key written as ``table @s @t``; in ``cast integer~AS~@s.@n`` stands SQL."""
    return tuple(_part(word) for word in names.split(" "))


def _part(word: str) -> str:
    if "~" in word:
        return quoted(word.replace("~", " "))
    return HOSTILE.get(word[1:], word) if word.startswith("@") else word
