"""What declared objects were called: ``renamed_from=`` of views, routines and domains."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import MetaData

from trueline.declared.former import OUT, Formers, Name, RenameError, add_former, refuse_claims
from trueline.objects.base import Declaration, objects_of
from trueline.objects.domain import Domain
from trueline.objects.routine import Routine
from trueline.objects.view import Relation


def formers_of(metadata: MetaData, default_schema: str) -> Formers:
    """What is said of declared objects, by kind and name now.

    Args:
        metadata: whose declarations to look at.
        default_schema: the schema of those that name none.

    Raises:
        RenameError: an old name is still declared, two claim one, or a hint names itself.
    """
    found: Formers = {}
    named = dict(_named(metadata, default_schema))
    for (kind, name), declared in named.items():
        if declared.renamed_from is not None:
            add_former(found, (kind, name), declared.renamed_from, declared.where)
    for (kind, name), former in found.items():
        other = named.get((kind, former.name))
        if other is not None:
            raise RenameError(
                f"{kind.replace('_', ' ')} {'.'.join(name)} says that it was {'.'.join(former.name)}, but that is "
                "declared as well",
                where=(former.where, other.where),
                fix=OUT,
            )
    refuse_claims(found)
    return found


def _named(metadata: MetaData, default_schema: str) -> Iterator[tuple[tuple[str, Name], Relation | Routine | Domain]]:
    """Of several routines of one name the one that says something: it speaks for all."""
    found: list[Declaration] = list(objects_of(metadata).declarations.values())
    for each in sorted(found, key=lambda one: getattr(one, "renamed_from", None) is not None):
        if isinstance(each, Relation | Routine | Domain):
            schema, name = each.place
            yield (each.kind.replace(" ", "_"), (schema or metadata.schema or default_schema, name)), each
