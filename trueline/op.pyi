from collections.abc import Mapping, Sequence

from alembic.op import *

from trueline.catalog.objects.program import Enabled
from trueline.rows import PlainRow

# Schemas, extensions, sequences, views, statistics.
def create_schema(name: str) -> None:
    """Create the schema unless a DBA has created it beforehand."""

def drop_schema(name: str, *, if_made: bool = False) -> None:
    """Drop the schema; PostgreSQL refuses while anything is left in it.

    With ``if_made`` one that was there before the history began, or belongs to somebody else, stays.
    """

def create_extension(name: str, *, version: str | None = None, schema: str | None = None) -> None:
    """Create the extension unless it is there, in this schema; without ``version`` in the server's usual one."""

def drop_extension(name: str, *, if_made: bool = False) -> None:
    """Drop the extension; PostgreSQL refuses while anything uses it.

    With ``if_made`` one that was there before the history began, or belongs to somebody else, stays.
    """

def create_sequence(
    name: str,
    *,
    type_: str = "bigint",
    start: int | None = None,
    increment: int = 1,
    minimum: int | None = None,
    maximum: int | None = None,
    cache: int = 1,
    cycle: bool = False,
    unlogged: bool = False,
    schema: str | None = None,
) -> None:
    """Create a sequence; what is left out is as PostgreSQL has it, by type and direction."""

def drop_sequence(name: str, *, schema: str | None = None) -> None:
    """Drop a sequence; PostgreSQL refuses while a default draws from it."""

def create_view(
    name: str,
    definition: str,
    *,
    options: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
    schema: str | None = None,
) -> None:
    """Create a view of a SELECT; ``defaults`` are expressions by column, for INSERT into the view."""

def replace_view(
    name: str,
    definition: str,
    *,
    options: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
    schema: str | None = None,
) -> None:
    """Replace a view, which keeps its columns and may get more at the end."""

def drop_view(name: str, *, schema: str | None = None) -> None:
    """Drop a view; PostgreSQL refuses while another one uses it."""

def create_materialized_view(
    name: str,
    definition: str,
    *,
    options: Mapping[str, str] | None = None,
    access_method: str | None = None,
    tablespace: str | None = None,
    settings: Sequence[tuple[str, str]] = (),
    populated: bool = True,
    schema: str | None = None,
) -> None:
    """Create a materialized view of a SELECT, and fill it; ``settings`` are pairs: column, ``SET STORAGE …``."""

def drop_materialized_view(name: str, *, schema: str | None = None) -> None:
    """Drop a materialized view with its indexes; PostgreSQL refuses while a view uses it."""

def create_statistics(name: str, definition: str, *, target: int | None = None, schema: str | None = None) -> None:
    """Create extended statistics; ``definition`` is the whole statement."""

def drop_statistics(name: str, *, schema: str | None = None) -> None:
    """Drop extended statistics."""

# Types.
def create_enum(name: str, labels: Sequence[str], *, schema: str | None = None) -> None:
    """Create an enum type with these labels, in this order."""

def drop_enum(name: str, *, schema: str | None = None) -> None:
    """Drop an enum type; PostgreSQL refuses while a column uses it."""

def create_domain(
    name: str,
    type_: str,
    *,
    not_null: bool = False,
    not_null_name: str | None = None,
    default: str | None = None,
    collation: str | None = None,
    checks: Mapping[str, str] | None = None,
    schema: str | None = None,
) -> None:
    """Create a domain over ``type_``; ``checks`` are definitions by name, such as ``CHECK (VALUE <> '')``."""

def drop_domain(name: str, *, schema: str | None = None) -> None:
    """Drop a domain; PostgreSQL refuses while a column uses it."""

def create_composite_type(name: str, attributes: Sequence[Sequence[str]], *, schema: str | None = None) -> None:
    """Create a composite type; an attribute is its name and type, and its collation where that is not the usual."""

def drop_composite_type(name: str, *, schema: str | None = None) -> None:
    """Drop a composite type; PostgreSQL refuses while a column uses it."""

def create_range_type(
    name: str,
    subtype: str,
    *,
    operator_class: str | None = None,
    collation: str | None = None,
    canonical: str | None = None,
    difference: str | None = None,
    multirange: str | None = None,
    schema: str | None = None,
) -> None:
    """Create a range type over ``subtype``; what else is given names functions and the like as SQL has them."""

def drop_range_type(name: str, *, schema: str | None = None) -> None:
    """Drop a range type with its multirange; PostgreSQL refuses while a column uses one of them."""

# Functions, procedures, aggregates.
def create_function(name: str, arguments: str, definition: str, *, schema: str | None = None) -> None:
    """Create a function: its input types, and the whole statement; the body may use what comes later."""

def replace_function(name: str, arguments: str, definition: str, *, schema: str | None = None) -> None:
    """Replace a function, which keeps its input and result types."""

def drop_function(name: str, arguments: str, *, schema: str | None = None) -> None:
    """Drop the function with these input types; PostgreSQL refuses while anything uses it."""

def create_procedure(name: str, arguments: str, definition: str, *, schema: str | None = None) -> None:
    """Create a procedure: its input types, and the whole statement; the body may use what comes later."""

def replace_procedure(name: str, arguments: str, definition: str, *, schema: str | None = None) -> None:
    """Replace a procedure, which keeps its argument types."""

def drop_procedure(name: str, arguments: str, *, schema: str | None = None) -> None:
    """Drop the procedure with these input types."""

def create_aggregate(name: str, arguments: str, definition: str, *, schema: str | None = None) -> None:
    """Create an aggregate: its input types, and the whole statement."""

def replace_aggregate(name: str, arguments: str, definition: str, *, schema: str | None = None) -> None:
    """Replace an aggregate, which keeps its input and result types."""

def drop_aggregate(name: str, arguments: str, *, schema: str | None = None) -> None:
    """Drop the aggregate with these input types; PostgreSQL refuses while a view uses it."""

# Triggers, rules, policies.
def create_trigger(
    name: str, table: str, definition: str, *, enabled: Enabled = "origin", schema: str | None = None
) -> None:
    """Create a trigger of a table or view; ``definition`` is the whole statement."""

def replace_trigger(
    name: str, table: str, definition: str, *, enabled: Enabled = "origin", schema: str | None = None
) -> None:
    """Replace a trigger; a constraint trigger has to be dropped and created."""

def drop_trigger(name: str, table: str, *, schema: str | None = None) -> None:
    """Drop a trigger of a table or view."""

def create_rule(
    name: str, table: str, definition: str, *, enabled: Enabled = "origin", schema: str | None = None
) -> None:
    """Create a rewrite rule of a table or view; ``definition`` is the whole statement."""

def replace_rule(
    name: str, table: str, definition: str, *, enabled: Enabled = "origin", schema: str | None = None
) -> None:
    """Replace a rewrite rule."""

def drop_rule(name: str, table: str, *, schema: str | None = None) -> None:
    """Drop a rewrite rule of a table or view."""

def create_policy(
    name: str,
    table: str,
    *,
    command: str = "ALL",
    permissive: bool = True,
    roles: Sequence[str] = ("public",),
    using: str | None = None,
    check: str | None = None,
    schema: str | None = None,
) -> None:
    """Create a row security policy: ``using`` says which rows are seen, ``check`` which may be written."""

def drop_policy(name: str, table: str, *, schema: str | None = None) -> None:
    """Drop a row security policy."""

# Every kind without an operation of its own.
def create_object(
    kind: str,
    name: str,
    definition: str | Sequence[str],
    *,
    arguments: str = "",
    method: str | None = None,
    schema: str | None = None,
) -> None:
    """Create an object of a kind without an operation of its own; ``definition`` is the whole statement or several.

    ``kind`` is ``collation``, ``operator``, ``text_search_configuration``, ``cast``, ``publication`` and so on.
    """

def drop_object(
    kind: str, name: str, *, arguments: str = "", method: str | None = None, schema: str | None = None
) -> None:
    """Drop an object of a kind without an operation of its own; PostgreSQL refuses while anything uses it."""

# Constraints and indexes by PostgreSQL's own definition.
def create_constraint(
    name: str,
    table: str,
    definition: str,
    *,
    options: Mapping[str, str] | None = None,
    tablespace: str | None = None,
    schema: str | None = None,
) -> None:
    """Add a constraint to a table, with what stock operations have no word for.

    ``definition`` is what follows its name: ``CHECK (…) NO INHERIT``, ``EXCLUDE USING gist (…)``. ``options`` and
    ``tablespace`` are those of its index.
    """

def create_index_sql(
    name: str,
    table: str,
    definition: str,
    *,
    tablespace: str | None = None,
    statistics: Mapping[int, int] | None = None,
    schema: str | None = None,
) -> None:
    """Create an index with what stock ``create_index`` has no word for; ``definition`` is the whole statement.

    ``statistics`` are targets by the number of the index's column.
    """

# Comments, owners, privileges.
def set_comment(
    kind: str,
    name: str,
    text: str,
    *,
    table: str | None = None,
    arguments: str = "",
    method: str | None = None,
    schema: str | None = None,
) -> None:
    """Comment on an object, instead of what was said before."""

def drop_comment(
    kind: str,
    name: str,
    *,
    table: str | None = None,
    arguments: str = "",
    method: str | None = None,
    schema: str | None = None,
) -> None:
    """Take the comment off an object."""

def set_owner(
    kind: str,
    name: str,
    role: str,
    *,
    table: str | None = None,
    arguments: str = "",
    method: str | None = None,
    schema: str | None = None,
) -> None:
    """Give an object to a role."""

def reset_owner(
    kind: str,
    name: str,
    *,
    table: str | None = None,
    arguments: str = "",
    method: str | None = None,
    schema: str | None = None,
) -> None:
    """Give an object to the role that runs the migration."""

def set_privileges(
    kind: str,
    name: str,
    role: str,
    privileges: Sequence[str],
    *,
    table: str | None = None,
    arguments: str = "",
    method: str | None = None,
    schema: str | None = None,
) -> None:
    """Let a role, or ``public``, do exactly this with an object: ``SELECT``, or ``SELECT*`` with grant option."""

def reset_privileges(
    kind: str,
    name: str,
    role: str,
    *,
    table: str | None = None,
    arguments: str = "",
    method: str | None = None,
    schema: str | None = None,
) -> None:
    """Leave a role, or ``public``, what PostgreSQL gives it by default."""

def set_default_privileges(
    creator: str, objects: str, role: str, privileges: Sequence[str], *, schema: str | None = None
) -> None:
    """Let a role, or ``public``, do exactly this with what ``creator`` will make: in ``schema``, or everywhere.

    ``objects`` are ``TABLES``, ``SEQUENCES``, ``FUNCTIONS``, ``TYPES`` or ``SCHEMAS``.
    """

def reset_default_privileges(creator: str, objects: str, role: str, *, schema: str | None = None) -> None:
    """Let a role, or ``public``, do with what ``creator`` will make what PostgreSQL allows by default."""

# ALTER: what the statement says after the name.
def alter_schema(name: str, action: str) -> None:
    """``ALTER SCHEMA name …``, such as ``RENAME TO other``."""

def alter_extension(name: str, action: str) -> None:
    """``ALTER EXTENSION name …``, such as ``UPDATE TO '1.6'`` or ``SET SCHEMA other``."""

def alter_table(name: str, action: str, *, schema: str | None = None) -> None:
    """``ALTER TABLE name …``, such as ``SET (fillfactor = 70)`` or ``ALTER COLUMN note SET STORAGE EXTERNAL``."""

def alter_index(name: str, action: str, *, schema: str | None = None) -> None:
    """``ALTER INDEX name …``, such as ``RENAME TO other`` or ``SET (fillfactor = 70)``."""

def alter_sequence(name: str, action: str, *, schema: str | None = None) -> None:
    """``ALTER SEQUENCE name …``, such as ``INCREMENT 5`` or ``OWNED BY core.orders.id``."""

def alter_view(name: str, action: str, *, schema: str | None = None) -> None:
    """``ALTER VIEW name …``, such as ``SET (security_invoker = true)``."""

def alter_materialized_view(name: str, action: str, *, schema: str | None = None) -> None:
    """``ALTER MATERIALIZED VIEW name …``, such as ``CLUSTER ON ix_totals_day``."""

def alter_type(name: str, action: str, *, schema: str | None = None) -> None:
    """``ALTER TYPE name …`` of an enum, composite or range type, such as ``ADD ATTRIBUTE note text``."""

def alter_domain(name: str, action: str, *, schema: str | None = None) -> None:
    """``ALTER DOMAIN name …``, such as ``SET DEFAULT ''`` or ``ADD CONSTRAINT short CHECK (…)``."""

def alter_function(name: str, arguments: str, action: str, *, schema: str | None = None) -> None:
    """``ALTER FUNCTION name(arguments) …``, such as ``IMMUTABLE``; ``arguments`` are the input types."""

def alter_procedure(name: str, arguments: str, action: str, *, schema: str | None = None) -> None:
    """``ALTER PROCEDURE name(arguments) …``; ``arguments`` are the input types."""

def alter_aggregate(name: str, arguments: str, action: str, *, schema: str | None = None) -> None:
    """``ALTER AGGREGATE name(arguments) …``; ``arguments`` are the input types."""

def alter_statistics(name: str, action: str, *, schema: str | None = None) -> None:
    """``ALTER STATISTICS name …``, such as ``SET STATISTICS 500``."""

def alter_trigger(name: str, table: str, action: str, *, schema: str | None = None) -> None:
    """``ALTER TRIGGER name ON table …``, such as ``RENAME TO other``; ``schema`` is the table's."""

def alter_rule(name: str, table: str, action: str, *, schema: str | None = None) -> None:
    """``ALTER RULE name ON table …``, such as ``RENAME TO other``; ``schema`` is the table's."""

def alter_policy(name: str, table: str, action: str, *, schema: str | None = None) -> None:
    """``ALTER POLICY name ON table …``, such as ``USING (true)``; ``schema`` is the table's."""

def alter_object(
    kind: str, name: str, action: str, *, arguments: str = "", method: str | None = None, schema: str | None = None
) -> None:
    """``ALTER … name …`` of a kind without an operation of its own, such as ``ADD TABLE core.orders``."""

# Values of enum types.
def add_enum_value(
    name: str,
    value: str,
    *,
    before: str | None = None,
    after: str | None = None,
    commit: bool = False,
    schema: str | None = None,
) -> None:
    """Add a value to an enum type, last or at its place; with ``commit`` later statements may use it."""

def rename_enum_value(name: str, old: str, new: str, *, schema: str | None = None) -> None:
    """Give a value of an enum type another label; rows that have it follow."""

# Triggers of keys.
def set_key_firing(
    name: str,
    table: str,
    enabled: str,
    events: Sequence[str],
    *,
    on: str | None = None,
    on_schema: str | None = None,
    schema: str | None = None,
) -> None:
    """Say when the triggers of a key fire: ``disabled``, ``replica``, ``always``, or ``origin`` as usual.

    Events of a foreign key are ``insert`` and ``update``, and of the table that it points at ``referenced update``
    and ``referenced delete``; of a deferrable key it is ``recheck``. ``on`` names the table that the triggers are
    on, such as one partition. A superuser alone may do this, and nothing looks at the rows that are there.
    """

# Partitions.
def create_partition(
    name: str,
    parent: str,
    bounds: str,
    *,
    partition_by: str | None = None,
    parent_schema: str | None = None,
    schema: str | None = None,
) -> None:
    """Create a partition; ``bounds`` is ``DEFAULT`` or ``FOR VALUES …``.

    ``partition_by`` makes it a partitioned table itself; ``parent_schema`` is for a parent in another schema.
    """

# Reference rows.
def upsert_rows(table: str, *, key: Sequence[str], rows: Sequence[PlainRow], schema: str | None = None) -> None:
    """Insert the rows, or update the ones whose key exists; rows that are right already stay untouched."""

def update_rows(table: str, *, key: Sequence[str], rows: Sequence[PlainRow], schema: str | None = None) -> None:
    """Update the rows with these keys, a few of their columns alone; the ones that are gone are no error."""

def delete_rows(table: str, *, keys: Sequence[PlainRow], schema: str | None = None) -> None:
    """Delete the rows with these keys; the ones that are gone already are no error."""

# Tables by a statement of their own.
def create_table_sql(name: str, definition: str, *, schema: str | None = None) -> None:
    """Create a table with what stock ``create_table`` has no words for; ``definition`` is the whole statement."""

def drop_foreign_table(name: str, *, schema: str | None = None) -> None:
    """Drop a foreign table; the rows, which are elsewhere, stay."""
