"""What env.py says, and whether the models can hold at all."""

from __future__ import annotations

from trueline.declared.guards import has_models, verify
from trueline.gate.outcome import Result
from trueline.gate.work import Work

ABOUT = "env.py can be run, and every key of the models leads somewhere"


def check(work: Work) -> Result:
    """Import them."""
    metadata = work.project().metadata
    if has_models(metadata):
        verify(metadata)
    return Result(told=f"{len(metadata.tables)} table{'s'[: len(metadata.tables) != 1]}")
