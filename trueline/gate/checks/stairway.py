"""Each revision up, down, and up again: its downgrade leads back to where it began, and from there it leads on.

One walk from the first to the last. What a downgrade leads to is compared with what was there before its revision. The
second upgrade then begins where the first one began; where all of them lead is compared with the replay, at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alembic.script import Script

from trueline.autogen.summary import described
from trueline.catalog.catalog import Catalog
from trueline.catalog.describe import Difference
from trueline.catalog.diff import diff
from trueline.catalog.snapshot import Rows, catalog_of
from trueline.errors import LostError, TruelineError
from trueline.finding import Finding, Place
from trueline.gate.outcome import Result
from trueline.gate.wording import listed
from trueline.gate.work import Work
from trueline.placing import finding_of, near
from trueline.readings.replay import Replay

ABOUT = "each revision goes up, down to where it began, and up again"


def check(work: Work) -> Result:
    """Walk."""
    revisions = list(reversed(list(work.project().script.walk_revisions())))
    first = _number_of(work, revisions)
    walk = _Walk(work, work.empty(), revisions, first)
    findings = list(walk.findings())
    if not findings:
        findings += _end(work, walk.replay, revisions)
    number = len(revisions) - first
    return Result(tuple(findings), f"{number} revision{'s'[: number != 1]}")


def _number_of(work: Work, revisions: Sequence[Script]) -> int:
    """Of the revision that is the first to be taken back."""
    if not work.since:
        return 0
    wanted = work.project().script.get_revision(work.since).revision
    return next(number for number, each in enumerate(revisions) if each.revision == wanted)


@dataclass(slots=True)
class _Walk:
    """One walk under way.

    Attributes:
        first: the number of the revision that is the first to be taken back.
        rows: what is there; None where that is not known.
        is_lost: whether what is there is not where the revisions lead.
    """

    work: Work
    replay: Replay
    revisions: Sequence[Script]
    first: int
    rows: Rows | None = None
    is_lost: bool = False

    def findings(self) -> Iterator[Finding]:
        """Of every revision; the walk ends at one that cannot be run even once."""
        for number, revision in enumerate(self.revisions):
            if self.is_lost:
                self._begin_anew(self.revisions[:number])
            if number >= self.first and self.rows is None:
                self.rows = self.replay.rows()
            failed = self._run(revision, "gate/upgrade-fails")
            if failed is not None:
                yield failed
                return
            if number >= self.first:
                yield from self._back_and_again(revision)

    def _back_and_again(self, revision: Script) -> Iterator[Finding]:
        before, self.rows = self.rows, None
        failed = self._run(revision, "gate/downgrade-fails", down=True)
        self.is_lost = failed is not None
        if failed is None and before is not None:
            left = _between(before, self.replay.rows(), self.replay.framework)
            if left:
                yield _elsewhere(self._place(revision), left)
            failed = self._run(revision, "gate/upgrade-again-fails")
            self.is_lost = bool(left) or failed is not None
        if failed is not None:
            yield failed

    def _begin_anew(self, revisions: Sequence[Script]) -> None:
        """Run what leads here in an empty database."""
        self.replay.restart()
        for each in revisions:
            self.replay.step(each)
        self.is_lost, self.rows = False, None

    def _run(self, revision: Script, rule: str, *, down: bool = False) -> Finding | None:
        try:
            self.replay.step(revision, down=down)
        except LostError:
            raise
        except NotImplementedError as error:
            words = f"the downgrade says that it is not written: {error or 'NotImplementedError'}"
            return Finding(rule, words, self._place(revision), _WRITE_IT)
        except TruelineError as error:
            found = finding_of(error, rule, self.work.root, self._place(revision))
            return Finding(rule, found.what, found.where, _WRITE_IT if down else found.fix, related=found.related)
        return None

    def _place(self, revision: Script) -> Place:
        return Place(near(str(revision.path), self.work.root), 1, f"revision {revision.revision}")


_WRITE_IT = "write the downgrade; alembic revision --autogenerate writes one that is proved"


def _between(before: Rows, after: Rows, framework: frozenset[str]) -> list[Difference]:
    """How a downgrade has missed where its upgrade began."""
    if before.tell_the_same(after):
        return []
    one, other = (catalog_of(rows, framework).own() for rows in (before, after))
    return described(diff(one, other).essential())


def _elsewhere(place: Place, left: Sequence[Difference]) -> Finding:
    what = "the downgrade does not lead back to where the upgrade began: " + listed(left)
    return Finding("gate/downgrade-leads-elsewhere", what, place, _WRITE_IT)


def _end(work: Work, replay: Replay, revisions: Sequence[Script]) -> Iterator[Finding]:
    """Where the walk ended, against where the upgrades alone lead."""
    made: Catalog = work.migrated().catalog
    left = described(diff(made.own(), replay.read().own()).essential())
    if left:
        last = revisions[-1]
        what = "all upgrades and downgrades lead elsewhere than the upgrades alone: " + listed(left)
        yield Finding("gate/stairway-leads-elsewhere", what, Place(near(str(last.path), work.root), 1))
