"""Readings kept as files, under a digest of everything that they follow from."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache as remembered
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Generic, TypeVar

from trueline.settings import Settings

T = TypeVar("T")

#: Files that stay; the least recently used go first.
_KEPT = 40
_SUFFIX = ".reading"


@dataclass(frozen=True, slots=True)
class Cache(Generic[T]):
    """A folder of readings of one kind; without a folder nothing is kept and nothing found.

    Whatever is wrong with the folder or a file in it, a reading is made anew: a cache is no reason to fail.

    Attributes:
        folder: only its owner may enter it.
        write: a reading as text.
        read: the reading of such a text; any error it raises means that it is not one.
    """

    folder: Path | None
    write: Callable[[T], str]
    read: Callable[[str], T]

    def key(self, *parts: Any) -> str:
        """A digest of everything that a reading follows from: plain values in a fixed order."""
        text = json.dumps([_trueline(), *parts], ensure_ascii=False, default=str)
        return sha256(text.encode(errors="surrogatepass")).hexdigest()

    def get(self, key: str) -> T | None:
        """The reading, if it is there and sound."""
        if self.folder is None:
            return None
        file = self.folder / (key + _SUFFIX)
        try:
            found = self.read(_checked(file.read_text(encoding="utf-8")))
        except Exception:  # no such file, or whatever a damaged one leads to
            return None
        with suppress(OSError):
            os.utime(file)  # so that what is used stays
        return found

    def has(self, key: str) -> bool:
        """Whether there is a file for it; whether that is sound, `get` finds out."""
        return self.folder is not None and (self.folder / (key + _SUFFIX)).is_file()

    def put(self, key: str, reading: T) -> None:
        """Keep a reading: whole or not at all, readable by its owner only."""
        if self.folder is None:
            return
        text = self.write(reading)
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(self.folder / (key + _SUFFIX), f"{_sum(text)}\n{text}")
            _prune(self.folder)


def cache_folder(settings: Settings) -> Path | None:
    """Where readings are kept; None where they are not."""
    if settings.cache == "off":
        return None
    if settings.cache:
        return (settings.project or Path.cwd()) / Path(settings.cache).expanduser()
    home = os.environ.get("XDG_CACHE_HOME", "")
    with suppress(RuntimeError):  # no home folder
        base = Path(home) if Path(home).is_absolute() else Path.home() / ".cache"
        return base / "trueline" / "readings"
    return None


def _sum(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def _checked(content: str) -> str:
    """What stands below the checksum, if that is right."""
    given, _, text = content.partition("\n")
    if given != _sum(text):
        raise ValueError("the file is damaged")
    return text


def _write(file: Path, text: str) -> None:
    new = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
            opened.write(text)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def _prune(folder: Path) -> None:
    def age(file: Path) -> float:
        return file.stat().st_mtime

    for file in sorted(folder.glob(f"*{_SUFFIX}"), key=age, reverse=True)[_KEPT:]:
        file.unlink(missing_ok=True)


@remembered
def _trueline() -> list[Any]:
    """This version of trueline: also in a checkout, where the number stays and the files change."""
    return [version("trueline"), *_files(Path(__file__).parents[1])]


def _files(folder: Path) -> Iterator[list[Any]]:
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".py", ".sql"}:
            status = file.stat()
            yield [str(file.relative_to(folder)), status.st_size, status.st_mtime_ns]
