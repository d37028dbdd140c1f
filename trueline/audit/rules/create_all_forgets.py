"""Triggers and policies that models know nothing of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from trueline.audit.context import Context
from trueline.audit.rules._catalog import models
from trueline.audit.source.sql import Token, statements
from trueline.audit.source.values import text_of
from trueline.catalog.objects import Policy, Trigger
from trueline.finding import Finding, Place
from trueline.rule import Examples, Rule

ID = "create-all-forgets"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each trigger or policy on a table with a model, that no declaration in Python names."""
    if context.live is None:
        return
    places = {table.identity: table.place for table in models(context)}
    declared = set(_declared(context))
    own = context.live.catalog.own()
    for each in (*own.of_kind(Trigger), *own.of_kind(Policy)):
        place = places.get((each.schema, each.table))
        if place is not None and (each.kind, each.name) not in declared:
            on = f"{each.schema}.{each.table}"
            yield Finding(
                ID,
                f"{each.kind} {each.name} on {on} is in the database, and create_all would not make it",
                Place(object=f"{each.kind} {each.name} on {on}"),
                f"trueline declare   # writes {each.kind.capitalize()}({each.name!r}, …)",
                "warning",
                (place,),
            )


def _declared(context: Context) -> Iterator[tuple[str, str]]:
    """Kind and name of what is declared by trueline, or by ``DDL("CREATE TRIGGER …")``."""
    for module in context.project.modules:
        for call in module.calls if module.role == "code" else ():
            text = text_of(call.args[0]) if call.args else text_of(call.get("name"))
            if text is not None and call.last in {"Trigger", "Policy"}:
                yield call.last.lower(), text
            elif text is not None and call.last == "DDL":
                yield from _created(text)


def _created(text: str) -> Iterator[tuple[str, str]]:
    for words in statements(text):
        for word, after in pairwise(words):
            if _is_kind(word):
                yield word.text, after.text
                break


def _is_kind(word: Token) -> bool:
    return word.kind == "word" and word.text in {"trigger", "policy"}


RULE = Rule(
    ID,
    "A trigger or policy exists that create_all would not make",
    "The database has it on a table with a model, and no `Trigger`, `Policy` or `DDL(…)` in the project names it.",
    "Databases that tests build from the models lack it: what it keeps true is never tested, and autogenerate drops "
    "it or "
    "does not see it.",
    "Declare it beside the model; `trueline declare` writes the declaration.",
    check,
    frozenset({"database"}),
)

_MODELS = """
from sqlmodel import Field, SQLModel

class Note(SQLModel, table=True):
    __tablename__ = "notes"
    id: int = Field(primary_key=True)
"""
_DATABASE = """
CREATE TABLE notes (id integer PRIMARY KEY);
CREATE POLICY own_notes ON notes USING (id > 0);
"""

EXAMPLES = Examples(
    bad={"app/models.py": _MODELS, "database.sql": _DATABASE},
    good={
        "app/models.py": _MODELS + '\nPolicy("own_notes", on=Note, using="id > 0")\n',
        "database.sql": _DATABASE,
    },
)
