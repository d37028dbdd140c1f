"""Declares a specification: SQLAlchemy's metadata with trueline's objects on it.

What a specification says and PostgreSQL would refuse is left out here, always in the same way: a key over a column
that is not there, a foreign key to nothing unique, a second primary key.
"""

from __future__ import annotations

import sqlalchemy as sa

from tests.acceptance.properties import spec as s
from tests.acceptance.properties.build.extras import declare_extra
from tests.acceptance.properties.build.hints import give_hints
from tests.acceptance.properties.build.keys import declare_foreign
from tests.acceptance.properties.build.making import Making, each, place
from tests.acceptance.properties.build.programs import declare_function, declare_view
from tests.acceptance.properties.build.tables import declare_access, declare_table, table_name_of
from tests.acceptance.properties.build.types import declare_types
from trueline.declared import options


def metadata_of(spec: s.Spec, version: int, before: s.Spec | None = None) -> sa.MetaData:
    """The specification, declared for a version of PostgreSQL; with hints of what had another name before."""
    making = _made(spec, version)
    if before is not None:
        give_hints(making, _made(before, version))
    return making.metadata


def schemas_of(spec: s.Spec) -> list[str]:
    """The schemas that have to be there, without public."""
    parts = (spec.tables, spec.enums, spec.domains, spec.composites, spec.sequences, spec.views, spec.functions)
    used = {place(item.schema) for part in (*parts, spec.extras) for item in part if item is not None}
    return sorted(used - {"public"})


def _made(spec: s.Spec, version: int) -> Making:
    making = Making(spec, version)
    options.watch(making.metadata)
    for number, table in each(spec.tables):
        making.taken[place(table.schema)].add(table_name_of(making, number, table))
    declare_types(making)
    for number, function in each(spec.functions):
        declare_function(making, number, function)
    for number, table in each(spec.tables):
        declare_table(making, number, table)
    for number, table in each(spec.tables):
        for foreign in table.foreign:
            declare_foreign(making, number, foreign)
        declare_access(making, number, table)
    for number, view in each(spec.views):
        declare_view(making, number, view)
    for number, extra in each(spec.extras):
        declare_extra(making, number, extra)
    return making


__all__ = ["metadata_of", "schemas_of"]
