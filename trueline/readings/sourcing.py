"""Where something can be taken over from: the revisions first, then the live database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import digest
from trueline.errors import LostError, TruelineError

ReadCatalog = Callable[[], Catalog]


@dataclass(slots=True)
class Source:
    """A catalog that is read when it is needed for the first time.

    Attributes:
        name: ``migrated`` or ``live``.
        words: what messages call it.
        trouble: why it cannot be read, once that is known.
    """

    name: str
    words: str
    read: ReadCatalog | None
    trouble: TruelineError | None = None
    _known: Catalog | None = field(default=None, repr=False)

    @property
    def consulted(self) -> bool:
        """Whether what was built may follow from it."""
        return self._known is not None

    def catalog(self) -> Catalog | None:
        """The catalog; None where there is none to be had."""
        if self._known is None and self.read is not None and self.trouble is None:
            try:
                self._known = self.read()
            except LostError:
                raise
            except TruelineError as error:
                self.trouble = error
        return self._known

    def digest(self) -> str | None:
        """The digest of the catalog; None where there is none to be had."""
        catalog = self.catalog()
        return None if catalog is None else digest(catalog.own())
