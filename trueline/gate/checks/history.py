"""The files of the revisions: one line from the first to the last, none edited, none importing what will change."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trueline.finding import Finding, Place
from trueline.gate.base import Before, edited, files_at
from trueline.gate.outcome import Result
from trueline.gate.revisions import RevisionFile, read_revisions
from trueline.gate.work import Work, broken_chain
from trueline.placing import near

#: What keeps Alembic from loading the revisions.
BREAKING = {"gate/unreadable-revision", "gate/missing-revision", "gate/circle"}

#: The audit's rule about revisions that import what will change.
IMPORTS = "revision-imports-models"

ABOUT = "one line of revisions, none edited, none that imports models"


def check(work: Work) -> Result:
    """Read the files, and ask git where a base is given."""
    script = work.files()
    folders = [Path(each) for each in script._version_locations]
    found = read_revisions(folders, recursive=bool(script.recursive_version_locations))
    before = files_at(work.base, folders, work.root) if work.base else []
    error = broken_chain(script)
    heads = None if error is not None else tuple(script.get_heads())
    history = History(tuple(found), work.root, tuple(before), heads)
    findings = (*history.findings(), *(each for each in work.audit().findings if each.rule == IMPORTS))
    if error is not None and not BREAKING & {each.rule for each in findings}:
        findings = (*findings, _broken(error, work.root))
    told = f"{len(found)} revision{'s'[: len(found) != 1]}{f', against {work.base}' if work.base else ''}"
    return Result(findings, told)


def _broken(error: Exception, root: Path) -> Finding:
    """What only executing the files has shown, such as an import that fails."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if Path(each.filename).is_relative_to(root)]
    place = Place(near(frames[-1].filename, root), frames[-1].lineno or 1) if frames else Place()
    what = f"the revisions cannot be loaded: {type(error).__name__}: {error}"
    return Finding("gate/unreadable-revision", what, place)


@dataclass(frozen=True, slots=True)
class History:
    """What is known of the files.

    Attributes:
        before: the files where the change began; none where that is not asked.
        heads: as Alembic finds them, which executes the files; None where it cannot.
    """

    files: Sequence[RevisionFile]
    root: Path
    before: Sequence[Before] = ()
    heads: tuple[str, ...] | None = None

    def findings(self) -> Iterator[Finding]:
        """Everything that is wrong with them."""
        yield from self._unreadable()
        yield from self._named_twice()
        missing = list(self._missing())
        yield from missing or self._heads()  # a line that is torn has an end more
        yield from self._circles()
        yield from self._merges()
        yield from self._edited()

    def _place(self, each: RevisionFile, line: int | None = None) -> Place:
        return Place(near(each.file, self.root), each.line if line is None else line, f"revision {each.revision}")

    def _unreadable(self) -> Iterator[Finding]:
        for each in self.files:
            if each.unreadable:
                place = Place(near(each.file, self.root), each.line)
                yield Finding("gate/unreadable-revision", f"this is no Python: {each.unreadable}", place)

    def _named_twice(self) -> Iterator[Finding]:
        counted = Counter(each.revision for each in self.files if each.revision)
        for revision, number in counted.items():
            if number > 1:
                first, *others = (self._place(each) for each in self.files if each.revision == revision)
                what = f"{number} files are revision {revision}"
                fix = "give the newer one another name: trueline writes one with alembic revision"
                yield Finding("gate/revision-twice", what, others[-1], fix, related=(first, *others[:-1]))

    def _missing(self) -> Iterator[Finding]:
        known = {name for each in self.files for name in (each.revision, *each.labels) if name}
        for each in self.files:
            for other in (*each.follows, *each.needs):
                # A revision may be named by its beginning, and by a branch's label.
                if not any(name.startswith(other) for name in known) and "@" not in other:
                    yield Finding(
                        "gate/missing-revision",
                        f"revision {each.revision} comes after {other}, which no file is",
                        self._place(each),
                        "bring its file back from version control, or name what is really before it in down_revision",
                    )

    def _heads(self) -> Iterator[Finding]:
        followed = {other for each in self.files for other in each.follows}
        last = {each.revision for each in self.files} - followed if self.heads is None else set(self.heads)
        heads = [each for each in self.files if each.revision and each.revision in last]
        if len(heads) < 2:
            return
        old = {before.file.resolve() for before in self.before}
        # The one that is new has to give way, where that is known.
        heads.sort(key=lambda each: (each.file.resolve() not in old, each.file.name))
        names = ", ".join(each.revision for each in heads)
        fix = f"put the newer one after the other by its down_revision: down_revision = {heads[0].revision!r}"
        related = tuple(self._place(each) for each in heads[:-1])
        what = f"there are {len(heads)} heads: {names}"
        yield Finding("gate/several-heads", what, self._place(heads[-1]), fix, related=related)

    def _circles(self) -> Iterator[Finding]:
        """What no way leads to from a first revision, though each that it names is there."""
        known = {each.revision for each in self.files if each.revision}
        reached: set[str] = set()
        while True:
            more = {
                each.revision
                for each in self.files
                if each.revision not in reached and reached.issuperset(known.intersection(each.follows))
            }
            if not more:
                break
            reached |= more
        lost = [each for each in self.files if each.revision and each.revision not in reached]
        if lost:
            what = f"no way leads to {', '.join(each.revision for each in lost)}: each comes after another of them"
            yield Finding("gate/circle", what, self._place(lost[0]), related=tuple(map(self._place, lost[1:])))

    def _merges(self) -> Iterator[Finding]:
        """A history that was parted once is as it is; a new parting can still be put in line."""
        old = {before.file.resolve() for before in self.before}
        for each in self.files:
            if len(each.follows) > 1 and self.before and each.file.resolve() not in old:
                what = f"revision {each.revision} joins {len(each.follows)} branches: their order is anybody's guess"
                fix = "put one branch after the other by its down_revision, and remove this one"
                yield Finding("gate/merge", what, self._place(each), fix, severity="warning")

    def _edited(self) -> Iterator[Finding]:
        for each in edited(self.before):
            gone = not each.file.exists()
            what = "a revision that others have run is gone" if gone else "a revision that others have run was edited"
            fix = "bring it back as it was, and write what is to change as a new revision"
            yield Finding("gate/edited-revision", what, Place(near(each.file, self.root), 0 if gone else 1), fix)
