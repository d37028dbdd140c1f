"""What came of the gate: every check with its time, whatever the others found."""

from __future__ import annotations

from dataclasses import dataclass

from trueline.finding import Finding


class WaitsError(Exception):
    """A check needs what another has not been able to make; it says which one."""


class UnableError(Exception):
    """There is nowhere to run the checks, or nothing to run them on; it says why in words."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a check gives back.

    Attributes:
        told: what it has looked at, such as ``6 revisions``.
    """

    findings: tuple[Finding, ...] = ()
    told: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """One check that was made, or could not be.

    Attributes:
        name: as it is called in ``--skip``.
        about: what holds where nothing is found.
        seconds: that it took.
        told: what it has looked at.
        stopped: why it could not be made.
    """

    name: str
    about: str
    seconds: float
    findings: tuple[Finding, ...] = ()
    told: str = ""
    stopped: str = ""

    @property
    def word(self) -> str:
        """How it went."""
        return "failed" if self.findings else "not run" if self.stopped else "ok"


@dataclass(frozen=True, slots=True)
class Outcome:
    """All of them.

    Attributes:
        postgres: the major version of the server; none where there was none.
    """

    checks: tuple[Checked, ...]
    seconds: float
    postgres: int | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Of all checks."""
        return tuple(finding for each in self.checks for finding in each.findings)

    @property
    def exit_code(self) -> int:
        """0 holds, 1 does not, 2 could not run."""
        if self.findings:
            return 1
        return 2 if any(each.stopped for each in self.checks) else 0
