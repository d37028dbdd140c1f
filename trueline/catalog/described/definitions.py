"""How a definition changed, in words."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from trueline.catalog.described.wording import LONGEST, Words, flat, pair
from trueline.catalog.diff import Changed
from trueline.catalog.objects import ForeignKey
from trueline.catalog.objects.program import Routine
from trueline.catalog.render.words import name, names

_ENDINGS = re.compile(r"( NOT (VALID|ENFORCED)| DEFERRABLE| INITIALLY DEFERRED)+$")
_OPTIONS = re.compile(r" WITH \([^)]*\)")


def lines(label: str, old: str, new: str) -> Words:
    """Of a function or view: both where they are short, one line where only that differs, else how many do."""
    one, two = (text.strip().removesuffix(";").splitlines() for text in (old, new))
    most = max(len(one), len(two))
    if most < 4 and max(len(flat(old)), len(flat(new))) <= LONGEST:
        yield f"{label}: {pair(' '.join(one), ' '.join(two))}"
        return
    blocks = [block for block in SequenceMatcher(a=one, b=two, autojunk=False).get_opcodes() if block[0] != "equal"]
    count = sum(max(a2 - a1, b2 - b1) for _, a1, a2, b1, b2 in blocks)
    if count == 1:
        _, a1, a2, b1, b2 = blocks[0]
        shown = pair(" ".join(one[a1:a2]) or "nothing", " ".join(two[b1:b2]) or "nothing")
        yield f"{label}: 1 of {most} lines differs: {shown}"
    else:
        yield f"{label}: {count} of {most} lines differ"


def routine(old: Routine, new: Routine) -> Words:
    """How it is called and what it gives back, where that is all that differs, else its lines."""
    parts = [
        f"{label}: {pair(one or 'none', two or 'none')}"
        for field, label in (("signature", "arguments"), ("result", "returns"))
        if (one := getattr(old, field)) != (two := getattr(new, field))
    ]
    yield from parts
    yield from (
        text for text in lines("definition", old.definition, new.definition) if not parts or " differs: " not in text
    )


def foreign_key(old: ForeignKey, new: ForeignKey) -> Words:
    """From its parts; nothing where one side has been read without them."""
    if not (old.referenced_columns and new.referenced_columns):
        return
    for label, one, two in (
        ("columns", names(old.columns), names(new.columns)),
        ("references", _target(old), _target(new)),
        ("on update", old.on_update, new.on_update),
        ("on delete", old.on_delete, new.on_delete),
        ("match", old.match, new.match),
    ):
        if one != two:
            yield f"{label}: {one} -> {two}"


def _target(key: ForeignKey) -> str:
    return f"{name(*key.references)} ({names(key.referenced_columns)})"


def bare(definition: str) -> str:
    """Without what fields of their own say."""
    return _ENDINGS.sub("", definition)


def says_nothing_new(change: Changed) -> bool:
    """Whether other fields that differ have all that is different in the definition."""
    one, two = (getattr(item, "definition", "") for item in (change.old, change.new))
    if {"valid", "enforced", "deferrable"} & {*change.fields}:
        one, two = bare(one), bare(two)
    if "options" in change.fields:
        one, two = _OPTIONS.sub("", one), _OPTIONS.sub("", two)
    return bool(one == two)
