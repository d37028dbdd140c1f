"""The bar for those who wait at a terminal."""

from __future__ import annotations

import io

import pytest

from trueline.readings import progress as module
from trueline.readings.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("stream", [Terminal(), io.StringIO()])
@pytest.mark.parametrize("seconds", [0.5, 2.0])
def test_only_at_a_terminal_and_after_a_second(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, seconds: float
) -> None:
    """It is shown on standard error, at a terminal, and when it takes longer than a second; never else."""
    monkeypatch.setattr("sys.stderr", stream)
    clock = iter([0.0, seconds, seconds, seconds])
    monkeypatch.setattr(module, "monotonic", lambda: next(clock))
    stream.truncate(0)
    with progress("building the models", 10) as advance:
        advance(1)
        advance(5)
    assert ("building the models" in stream.getvalue()) == (stream.isatty() and seconds > 1)
