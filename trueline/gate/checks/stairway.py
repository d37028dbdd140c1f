"""Each revision up, down, and up again: its downgrade leads back to where it began, and from there it leads on.

What a downgrade leads to is compared with what was there before its revision. The second upgrade then begins where the
first one began; where all of them lead is compared with where upgrades alone lead, at the end.

Nearly all of the time the server reads its catalog. So a long line is walked by two, each in a database of its own, the
second from about the middle on: while the server reads for the one, the other's revision is run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock

from alembic.script import Script

from trueline.autogen.summary import described
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


#: Revisions from which on there are two walkers.
BY_TWO = 24

#: The second one's part: what is later has more to read.
_LATER = 0.4


def check(work: Work) -> Result:
    """Walk."""
    revisions = list(reversed(list(work.project().script.walk_revisions())))
    first = _number_of(work, revisions)
    number = len(revisions) - first
    walks = _walks(work, revisions, first, number)
    findings = [finding for found in _together(walks) for finding in found]
    if not findings:
        findings += _ends(work, walks)
    return Result(tuple(findings), f"{number} revision{'s'[: number != 1]}")


def _walks(work: Work, revisions: Sequence[Script], first: int, number: int) -> list[_Walk]:
    if number < BY_TWO:
        return [_Walk(work, work.empty(), revisions, first)]
    middle = len(revisions) - max(1, int(number * _LATER))
    turn, over = Lock(), Event()
    return [
        _Walk(work, work.empty(), revisions[:middle], first, turn, over),
        _Walk(work, work.empty(), revisions, middle, turn, over, follows=True),
    ]


def _together(walks: Sequence[_Walk]) -> list[list[Finding]]:
    if len(walks) == 1:
        return [walks[0].all_findings()]
    with ThreadPoolExecutor(len(walks)) as pool:
        under_way = [pool.submit(each.all_findings) for each in walks]
        try:
            return [each.result() for each in under_way]
        except BaseException:
            walks[0].over.set()
            raise


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
        turn: held while a revision is run: Alembic has one context for a process.
        over: set where nobody wants to know any more.
        follows: whether another one walks before it, and tells what fails there.
        rows: what is there; None where that is not known.
        began: what was there when the first one was about to be run.
        is_lost: whether what is there is not where the revisions lead.
    """

    work: Work
    replay: Replay
    revisions: Sequence[Script]
    first: int
    turn: Lock = field(default_factory=Lock)
    over: Event = field(default_factory=Event)
    follows: bool = False
    rows: Rows | None = None
    began: Rows | None = None
    is_lost: bool = False

    def all_findings(self) -> list[Finding]:
        """Walk to the end."""
        return list(self._findings())

    def _findings(self) -> Iterator[Finding]:
        """Of every revision; the walk ends at one that cannot be run even once."""
        for number, revision in enumerate(self.revisions):
            if self.over.is_set():
                return
            if self.is_lost:
                self._begin_anew(self.revisions[:number])
            if number >= self.first and self.rows is None:
                self.rows = self.replay.rows()
                self.began = self.began or self.rows
            failed = self._run(revision, "gate/upgrade-fails")
            if failed is not None:
                if number >= self.first or not self.follows:
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
        with self.turn:
            self.replay.restart()
            for each in revisions:
                self.replay.step(each)
        self.is_lost, self.rows = False, None

    def _run(self, revision: Script, rule: str, *, down: bool = False) -> Finding | None:
        try:
            with self.turn:
                self.replay.step(revision, down=down)
        except LostError:
            raise
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


def _ends(work: Work, walks: Sequence[_Walk]) -> Iterator[Finding]:
    """Where each walk ended, against where upgrades alone lead."""
    for number, walk in enumerate(walks):
        after = walks[number + 1].began if number + 1 < len(walks) else None
        made = work.migrated().catalog if after is None else catalog_of(after, walk.replay.framework)
        left = described(diff(made.own(), walk.replay.read().own()).essential())
        if left and walk.revisions:
            last = walk.revisions[-1]
            what = "all upgrades and downgrades lead elsewhere than the upgrades alone: " + listed(left)
            yield Finding("gate/stairway-leads-elsewhere", what, Place(near(str(last.path), work.root), 1))
