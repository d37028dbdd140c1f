"""Operations for what is said about objects: comments, owners, privileges.

The object is named by its kind and name. What hangs on a table, view, type or domain names that too (``table=``), a
routine or operator its input types (``arguments=``), an operator class or family its access method (``method=``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alembic.operations import Operations

from trueline.autogen.operations.called import called, key_of, schema_of
from trueline.autogen.operations.forms import Arguments, Form
from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp
from trueline.catalog.objects import Comment, DefaultPrivileges, Grant, Owner


class Access:
    """What these operations are called with."""

    @classmethod
    def set_comment(
        cls,
        operations: Operations,
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
        of = key_of(operations, kind, name, table=table, arguments=arguments, method=method, schema=schema)
        operations.invoke(CreateObjectOp(Comment(of, text)))

    @classmethod
    def drop_comment(
        cls,
        operations: Operations,
        kind: str,
        name: str,
        *,
        table: str | None = None,
        arguments: str = "",
        method: str | None = None,
        schema: str | None = None,
    ) -> None:
        """Take the comment off an object."""
        of = key_of(operations, kind, name, table=table, arguments=arguments, method=method, schema=schema)
        operations.invoke(DropObjectOp(Comment(of, "")))

    @classmethod
    def set_owner(
        cls,
        operations: Operations,
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
        of = key_of(operations, kind, name, table=table, arguments=arguments, method=method, schema=schema)
        operations.invoke(CreateObjectOp(Owner(of, role)))

    @classmethod
    def reset_owner(
        cls,
        operations: Operations,
        kind: str,
        name: str,
        *,
        table: str | None = None,
        arguments: str = "",
        method: str | None = None,
        schema: str | None = None,
    ) -> None:
        """Give an object to the role that runs the migration."""
        of = key_of(operations, kind, name, table=table, arguments=arguments, method=method, schema=schema)
        operations.invoke(DropObjectOp(Owner(of, "")))

    @classmethod
    def set_privileges(
        cls,
        operations: Operations,
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
        of = key_of(operations, kind, name, table=table, arguments=arguments, method=method, schema=schema)
        operations.invoke(CreateObjectOp(Grant(of, role, tuple(privileges))))

    @classmethod
    def reset_privileges(
        cls,
        operations: Operations,
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
        of = key_of(operations, kind, name, table=table, arguments=arguments, method=method, schema=schema)
        operations.invoke(DropObjectOp(Grant(of, role)))

    @classmethod
    def set_default_privileges(
        cls,
        operations: Operations,
        creator: str,
        objects: str,
        role: str,
        privileges: Sequence[str],
        *,
        schema: str | None = None,
    ) -> None:
        """Let a role, or ``public``, do exactly this with what ``creator`` will make: in ``schema``, or everywhere.

        ``objects`` are ``TABLES``, ``SEQUENCES``, ``FUNCTIONS``, ``TYPES`` or ``SCHEMAS``.
        """
        thing = DefaultPrivileges(creator, schema or "", objects, role, tuple(privileges))
        operations.invoke(CreateObjectOp(thing))

    @classmethod
    def reset_default_privileges(
        cls, operations: Operations, creator: str, objects: str, role: str, *, schema: str | None = None
    ) -> None:
        """Let a role, or ``public``, do with what ``creator`` will make what PostgreSQL allows by default."""
        operations.invoke(DropObjectOp(DefaultPrivileges(creator, schema or "", objects, role)))


def _schema(thing: Comment | Owner | Grant) -> str | None:
    return schema_of(thing.of)


def _identity(thing: Any) -> Arguments:
    return called(thing.of)


def _comment(thing: Comment) -> Arguments:
    positional, keywords = called(thing.of)
    return (*positional, thing.text), keywords


def _owner(thing: Owner) -> Arguments:
    positional, keywords = called(thing.of)
    return (*positional, thing.role), keywords


def _grant(thing: Grant) -> Arguments:
    positional, keywords = called(thing.of)
    return (*positional, thing.role, list(thing.privileges)), keywords


def _role(thing: Grant) -> Arguments:
    positional, keywords = called(thing.of)
    return (*positional, thing.role), keywords


def _default_privileges(thing: DefaultPrivileges) -> Arguments:
    return (thing.creator, thing.objects, thing.role, list(thing.privileges)), {"schema": thing.schema or None}


def _default_role(thing: DefaultPrivileges) -> Arguments:
    return (thing.creator, thing.objects, thing.role), {"schema": thing.schema or None}


FORMS = {
    "comment": Form(Access.set_comment, Access.drop_comment, _comment, _identity, creates_over=True, schema=_schema),
    "owner": Form(Access.set_owner, Access.reset_owner, _owner, _identity, creates_over=True, schema=_schema),
    "grant": Form(Access.set_privileges, Access.reset_privileges, _grant, _role, creates_over=True, schema=_schema),
    "default_privileges": Form(
        Access.set_default_privileges,
        Access.reset_default_privileges,
        _default_privileges,
        _default_role,
        creates_over=True,
        schema=lambda _: None,
    ),
}
