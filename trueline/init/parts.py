"""What a plan consists of. All paths are relative to the project's folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class File:
    """A file that is to be there, and what it is for."""

    path: PurePosixPath
    text: str
    purpose: str
    executable: bool = False


@dataclass(frozen=True, slots=True)
class Addition:
    """Lines that a file lacks; they go to its end, and the rest of it stays as it is."""

    path: PurePosixPath
    text: str
    purpose: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """A change that only the user may make: in which file, what to do, and the lines to paste."""

    path: PurePosixPath
    what: str
    lines: str
