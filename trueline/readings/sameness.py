"""That a database is what models say, remembered: neither has to be made a catalog of to know it once more."""

from __future__ import annotations

from dataclasses import dataclass

from trueline.catalog.snapshot import Rows
from trueline.readings.cache import Cache, cache_folder
from trueline.settings import Settings


@dataclass(frozen=True, slots=True)
class Sameness:
    """Whether the catalog of these rows was found to be the one that those models have.

    Attributes:
        models: digest of everything that the models' catalog follows from.
        rows: what the database's catalog is made from.
        framework: tables that are marked as the framework's in both.
    """

    settings: Settings
    models: str
    rows: Rows
    framework: frozenset[str]

    def is_known(self) -> bool:
        """Whether it was. If not, nothing is known."""
        return self._cache().get(self._key()) is not None

    def remember(self) -> None:
        """It was found just now."""
        self._cache().put(self._key(), "same")

    def _cache(self) -> Cache[str]:
        return Cache(cache_folder(self.settings), str, str)

    def _key(self) -> str:
        return self._cache().key("same", self.models, self.rows.digest(), sorted(self.framework))
