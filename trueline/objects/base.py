"""What all declarations have in common: a place in the code, a metadata that they are registered on, and a key."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import MetaData, Table
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.exc import CompileError
from sqlalchemy.sql.elements import ClauseElement

from trueline.catalog.render.words import literal
from trueline.declared.create import CreateObject
from trueline.declared.naming import MAX_BYTES, fit
from trueline.declared.origin import Origin, here
from trueline.objects.names import ObjectError, Place, readable

if TYPE_CHECKING:
    from trueline.objects.partition import Partition
    from trueline.objects.reference_rows import ReferenceRows

_INFO_KEY = "trueline.objects"

#: For values that are written out as PostgreSQL reads them: neither percent signs nor backslashes are doubled.
DIALECT = PGDialect(paramstyle="named")
DIALECT._backslash_escapes = False

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Objects:
    """Everything declared on one metadata beside its tables, in the order of declaration."""

    partitions: list[Partition] = field(default_factory=list)
    reference_rows: list[ReferenceRows] = field(default_factory=list)
    declarations: dict[Key, Declaration] = field(default_factory=dict)


def the_metadata() -> MetaData:
    """The one metadata, without putting its naming convention on models that have done without until now."""
    loaded = sys.modules.get("trueline.declared.metadata")
    if loaded is not None:
        metadata: MetaData = loaded.metadata
        return metadata
    from sqlmodel import SQLModel

    return SQLModel.metadata


def objects_of(metadata: MetaData) -> Objects:
    """What is declared on the metadata beside its tables."""
    objects: Objects = metadata.info.setdefault(_INFO_KEY, Objects())
    return objects


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration(ABC):
    """Something that ``create_all`` makes on PostgreSQL and that autogenerate writes into revisions.

    Args:
        metadata: where it is registered; the one metadata where none is given and nothing it stands on has one.
    """

    kind: ClassVar[str]

    #: Whether it is made before the tables, so that they can use it.
    early: ClassVar[bool] = False

    metadata: MetaData | None = field(default=None, repr=False, compare=False)
    origin: Origin = field(init=False, repr=False, compare=False, default_factory=here)

    def __post_init__(self) -> None:
        """Check the declaration, then register it.

        Raises:
            ObjectError: it cannot hold, or is declared already; it names both places.
        """
        self._check_name()
        self.check()
        object.__setattr__(self, "metadata", self.metadata or self._metadata())
        register(self)

    def _check_name(self) -> None:
        """PostgreSQL would cut a longer one, silently."""
        given = getattr(self, "name", None)
        if given is None:
            return
        if not isinstance(given, str) or not given:
            raise self.refuse(f"is called {given!r}", f'{type(self).__name__}("name", ...)')
        if len(given.encode()) > MAX_BYTES:
            raise self.refuse(
                f"has a name of {len(given.encode())} bytes; PostgreSQL keeps {MAX_BYTES}", f'name="{fit(given)}"'
            )

    def _metadata(self) -> MetaData:
        for given in self.stands_on():
            found = getattr(getattr(given, "__table__", given), "metadata", None)
            if isinstance(found, MetaData):
                return found
        return the_metadata()

    @property
    @abstractmethod
    def place(self) -> Place:
        """Schema and name, or those of the table that it is on."""

    @property
    @abstractmethod
    def key(self) -> Key:
        """What there can be only one of."""

    @abstractmethod
    def create_sql(self) -> Iterator[str]:
        """The statements that create it."""

    def drop_sql(self) -> Iterator[str]:
        """The statements that ``drop_all`` needs; none where it goes with its table."""
        return iter(())

    def check(self) -> None:  # noqa: B027 - most kinds have nothing that could be wrong
        """Refuse what cannot hold; raises `ObjectError`."""

    def stands_on(self) -> Iterable[Any]:
        """What it was given that may be a model, a table or another declaration."""
        return ()

    @property
    def label(self) -> str:
        """What messages call it."""
        return f"{self.kind} {readable(self.place)}"

    @property
    def where(self) -> str:
        """The line that declares it."""
        return str(self.origin)

    def statements(self) -> list[CreateObject]:
        """Everything that ``create_all`` runs for it."""
        return [CreateObject(text, self, self.label) for text in self.create_sql()]

    def refuse(self, what: str, fix: str, *places: str) -> ObjectError:
        """The error for this declaration."""
        return ObjectError(f"{self.label} {what}", where=(self.where, *places), fix=fix)


def register(declared: Declaration) -> None:
    """Put a declaration on its metadata.

    Raises:
        ObjectError: there is one of its name already.
    """
    from trueline.objects.create import watch

    metadata = declared.metadata
    if metadata is None:
        return
    known = objects_of(metadata).declarations
    if (first := known.get(declared.key)) is not None:
        raise ObjectError(
            f"{declared.label} is declared twice",
            where=(first.where, declared.where),
            fix="keep one of them and import it where the other was, or give one another name",
        )
    watch(metadata)
    known[declared.key] = declared


def comment_sql(noun: str, comment: str | None) -> Iterator[str]:
    """``COMMENT ON``, where there is a comment."""
    if comment is not None:
        yield f"COMMENT ON {noun} IS {literal(comment)}"


def sql_text(given: Any, declared: Declaration) -> str:
    """A text as it is, or an expression of SQLAlchemy as PostgreSQL's SQL with its values written out.

    Raises:
        ObjectError: a value in it has no literal form.
    """
    if isinstance(given, str):
        return given.strip().rstrip(";").rstrip()
    selectable = given.__clause_element__() if hasattr(given, "__clause_element__") else given
    if not isinstance(selectable, ClauseElement):
        raise declared.refuse(f"is made of {given!r}", "give SQL as text, a select() or an expression")
    try:
        compiled = selectable.compile(dialect=DIALECT, compile_kwargs={"literal_binds": True})
    except (CompileError, NotImplementedError) as error:
        raise declared.refuse(
            f"cannot be written as SQL: {error}", 'sqlalchemy.literal_column("...")   # for the value that it names'
        ) from error
    return str(compiled)


def is_table(given: Any) -> bool:
    """Whether it is a table or a model with one."""
    return isinstance(getattr(given, "__table__", given), Table)
