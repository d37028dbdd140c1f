"""The way out of a refusal, ready to paste."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, Index, String
from sqlalchemy.dialects.postgresql import JSONB

from trueline.extensions import bringing, installing, lacking
from trueline.readings.send import Refusal
from trueline.scratch.places import OWN_SERVER
from trueline.settings import variable

_UNDEFINED_OBJECT = "42704"
#: Object, function, table, column, schema.
_UNDEFINED = frozenset({_UNDEFINED_OBJECT, "42883", "42P01", "42703", "3F000"})

#: Access methods that know few types, with the class that most columns of text are meant to have.
_TEXT_CLASSES = {"gin": "gin_trgm_ops", "gist": "gist_trgm_ops"}
_SCALARS = {"gin": "btree_gin", "gist": "btree_gist"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the scratch database is.

    Attributes:
        words: for messages.
        extensions: names of those that its server can install.
    """

    words: str
    extensions: frozenset[str] = frozenset()


def way_out(refusal: Refusal, place: Place) -> str:
    """What to do about a refused declaration."""
    if (absent := lacking(refusal.error)) is not None:
        return lacking_extension(absent, place.words)
    if (columns := without_class(refusal)) is not None:
        return _class_hint(refusal.statement.item, columns)
    if (extension := bringing(refusal.words)) is not None:
        declare = "declare the extension beside the models:\nfrom trueline.objects import Extension\n"
        install = "" if extension in place.extensions else f"\nand {lacking_extension(extension, place.words)}"
        return f"{declare}Extension({extension!r}){install}"
    if refusal.error.sqlstate == _UNDEFINED_OBJECT and (column := _plain_json(refusal)) is not None:
        return f"from sqlalchemy.dialects.postgresql import JSONB   # for {column}: PostgreSQL does not compare json"
    if refusal.error.sqlstate in _UNDEFINED:
        return "correct the name, or declare what it stands for beside the models, as revisions define it"
    return refusal.error.diag.message_hint or "correct the declaration"


def lacking_extension(extension: str, place: str) -> str:
    """The server where scratch databases are has to have it, or they have to be elsewhere."""
    if place == OWN_SERVER:
        return installing(extension)
    return (
        f"scratch databases are made on {place}; let them be where the extension is installed:\n"
        "ALTER ROLE … CREATEDB;   # on the database's own server\n"
        f"or export {variable('scratch')}=postgresql://user:password@host:5432/postgres\n"
        f"or {installing(extension)}"
    )


def without_class(refusal: Refusal) -> list[Column[Any]] | None:
    """The columns of an index for which its access method has no operator class of its own; None for other refusals."""
    item = refusal.statement.item
    if refusal.error.sqlstate != _UNDEFINED_OBJECT or not isinstance(item, Index):
        return None
    chosen = item.dialect_options["postgresql"]
    if chosen["using"] not in _TEXT_CLASSES or chosen["ops"]:
        return None
    return list(item.columns)


def _plain_json(refusal: Refusal) -> str | None:
    """The column of an index or key that is json."""
    columns = getattr(refusal.statement.item, "columns", ())
    return next(
        (each.name for each in columns if isinstance(each.type, JSON) and not isinstance(each.type, JSONB)), None
    )


def _class_hint(index: Index, columns: list[Column[Any]]) -> str:
    method = index.dialect_options["postgresql"]["using"]
    texts = [column for column in columns if isinstance(column.type, String)]
    if not texts:
        extension = _SCALARS[method]
        return f"from trueline.objects import Extension\nExtension({extension!r})   # operator classes for plain types"
    classes = {column.key: _TEXT_CLASSES[method] for column in texts}
    return f"postgresql_ops={classes!r}   # in Index(…), with Extension('pg_trgm') declared"


def declaration_of(kind: str) -> str:
    """How to declare an object of a kind that only revisions make."""
    return f"trueline declare   # writes the declaration of the {kind.replace('_', ' ')} as Python"
