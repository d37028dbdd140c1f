"""What is said about objects: comments, and when watched, owners, grants and default privileges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from trueline.catalog.objects.base import CatalogObject, Key, Origin


@dataclass(frozen=True, slots=True)
class Comment(CatalogObject):
    """A comment, as a kind of its own: one comparison and one operation serve every kind of object.

    Attributes:
        of: key of the object; of what is no object here, ``("attribute", schema, type, name)`` of a composite type,
            ``("view_column", schema, view, name)``, ``("not_null", schema, table, name)`` and
            ``("domain_constraint", schema, domain, name)``.
    """

    kind: ClassVar[str] = "comment"

    of: Key
    text: str
    origin: Origin | None = None

    @property
    def key(self) -> Key:
        """Kind, then the key of the object."""
        return (self.kind, *self.of)


@dataclass(frozen=True, slots=True)
class Owner(CatalogObject):
    """Who owns an object."""

    kind: ClassVar[str] = "owner"

    of: Key
    role: str
    origin: Origin | None = None

    @property
    def key(self) -> Key:
        """Kind, then the key of the object."""
        return (self.kind, *self.of)


@dataclass(frozen=True, slots=True)
class Grant(CatalogObject):
    """What one role, or ``public``, may do with an object, where that differs from PostgreSQL's default.

    Attributes:
        privileges: sorted, such as ``SELECT``, or ``SELECT*`` with grant option; empty where the default was revoked.
    """

    kind: ClassVar[str] = "grant"

    of: Key
    role: str
    privileges: tuple[str, ...] = ()
    origin: Origin | None = None

    @property
    def key(self) -> Key:
        """Kind, the key of the object, role."""
        return (self.kind, *self.of, self.role)


@dataclass(frozen=True, slots=True)
class DefaultPrivileges(CatalogObject):
    """What objects that ``creator`` will make shall allow ``role``.

    Attributes:
        schema: empty for all schemas.
        objects: ``TABLES``, ``SEQUENCES``, ``FUNCTIONS``, ``TYPES``, ``SCHEMAS`` or ``LARGE OBJECTS``.
        privileges: sorted, as in `Grant`.
    """

    kind: ClassVar[str] = "default_privileges"

    creator: str
    schema: str
    objects: str
    role: str
    privileges: tuple[str, ...] = ()
    origin: Origin | None = None

    @property
    def key(self) -> Key:
        """Kind, creator, schema, objects, role."""
        return (self.kind, self.creator, self.schema, self.objects, self.role)
