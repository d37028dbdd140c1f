"""Readings that are kept: found again when nothing has changed, and never a reason to fail."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text

from tests.readings.conftest import ReadSql
from trueline.readings import read_declared
from trueline.readings.cache import Cache, cache_folder
from trueline.scratch import scratch_database
from trueline.settings import Settings


def texts(folder: Path | None) -> Cache[str]:
    return Cache(folder, str, str)


def test_there_and_back(tmp_path: Path) -> None:
    """What was put under a key is found under it, and under no other."""
    cache = texts(tmp_path / "deep" / "cache")
    assert cache.get(cache.key("a")) is None
    cache.put(cache.key("a"), "ü\nx")
    assert cache.get(cache.key("a")) == "ü\nx"
    assert cache.get(cache.key("b")) is None
    assert cache.key("a", ["b"]) != cache.key("a", ["b", None])


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    """The folder has mode 0700 and a file 0600, whatever the umask."""
    before = os.umask(0)
    try:
        texts(tmp_path / "cache").put("key", "text")
    finally:
        os.umask(before)
    (file,) = (tmp_path / "cache").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"0000\ntext", b"{}"])
def test_a_damaged_file_is_no_reading(tmp_path: Path, content: bytes) -> None:
    """Whatever stands in a file that was not written whole is not found, and is replaced."""
    cache = texts(tmp_path)
    cache.put("key", "text")
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    assert cache.get("key") is None
    cache.put("key", "new")
    assert cache.get("key") == "new"


def test_a_reading_that_cannot_be_read(tmp_path: Path) -> None:
    """A sound file of another form is not found either."""
    texts(tmp_path).put("key", "text")
    assert Cache(tmp_path, str, int).get("key") is None


def test_nowhere_to_write(tmp_path: Path) -> None:
    """Where nothing can be written nothing is kept, and nobody is told."""
    (tmp_path / "file").write_text("in the way", "utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", None):
        cache = texts(folder)
        cache.put("key", "text")
        assert cache.get("key") is None


def test_the_newest_stay(tmp_path: Path) -> None:
    """Forty readings are kept; those that were used longest ago go."""
    cache = texts(tmp_path)
    cache.put("first", "text")
    cache.put("second", "text")
    for number in range(60):
        for file in tmp_path.iterdir():  # the clock of the file system is coarse
            os.utime(file, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns - 10**9))
        assert cache.get("first") == "text"
        cache.put(f"n{number}", "text")
    assert len(list(tmp_path.iterdir())) == 40
    assert cache.get("first") == "text"
    assert cache.get("second") is None


def test_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting decides, relative to the project; else XDG_CACHE_HOME where it is absolute, else ~/.cache."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_folder(Settings()) == tmp_path / ".cache" / "trueline" / "readings"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder(Settings()) == tmp_path / "xdg" / "trueline" / "readings"
    assert cache_folder(Settings(cache="off")) is None
    assert cache_folder(Settings(cache="x", project=tmp_path)) == tmp_path / "x"
    assert cache_folder(Settings(cache="~/x")) == tmp_path / "x"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows with every scratch database that is made for models."""
    calls: list[object] = []

    def counted(*arguments: object, **options: object) -> object:
        calls.append(arguments)
        return scratch_database(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("trueline.readings.making.scratch_database", counted)
    return calls


def models(*columns: str) -> MetaData:
    metadata = MetaData()
    Table("t", metadata, *(Column(name, Integer, index=True) for name in columns))
    return metadata


def test_unchanged_models_are_not_built(live: Connection, settings: Settings, built: list[object]) -> None:
    """The second reading of the same models needs no scratch database, also from another metadata."""
    first = read_declared(models("a", "b", "c"), live, settings)
    assert read_declared(models("a", "b", "c"), live, settings) == first
    assert len(built) == 1


def test_what_makes_another_reading(live: Connection, settings: Settings, built: list[object]) -> None:
    """Another column, default, watch, framework or search path is another reading."""
    read_declared(models("a"), live, settings)
    read_declared(models("a", "b"), live, settings)
    read_declared(models("a"), live, settings, watch=frozenset({"owner"}))
    read_declared(models("a"), live, settings, framework=frozenset({"t"}))
    live.exec_driver_sql("CREATE SCHEMA other; SET search_path = other")
    assert ("table", "other", "t") in read_declared(models("a"), live, settings).catalog
    assert len(built) == 5
    read_declared(models("a"), live, settings)
    assert len(built) == 5


def test_switched_off(live: Connection, settings: Settings, built: list[object]) -> None:
    """Without a cache everything is built each time."""
    off = settings.model_copy(update={"cache": "off"})
    read_declared(models("a"), live, off)
    read_declared(models("a"), live, off)
    assert len(built) == 2


def test_findings_are_kept(live: Connection, settings: Settings, read_sql: ReadSql, built: list[object]) -> None:
    """What was taken over is kept with its findings, as long as it is the same where it was taken from."""
    metadata = MetaData()
    Table("t", metadata, Column("x", Text, server_default=sa.text("f()")))
    sql = "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT 1::text'"
    catalog = read_sql(sql)
    other = read_sql(sql.replace("1", "2"))
    first = read_declared(metadata, live, settings, migrated=lambda: catalog)
    assert first.findings
    assert read_declared(metadata, live, settings, migrated=lambda: catalog) == first
    assert len(built) == 1
    again = read_declared(metadata, live, settings, migrated=lambda: other)
    assert "2::text" in again.catalog["function", "public", "f", ""].definition  # type: ignore[attr-defined]
    assert len(built) == 2


def test_revisions_are_not_asked_without_need(live: Connection, settings: Settings) -> None:
    """Models that can be built as they stand need no history, neither cold nor warm."""
    for _ in range(2):
        read_declared(models("a"), live, settings, migrated=lambda: pytest.fail("nobody needs it"))
