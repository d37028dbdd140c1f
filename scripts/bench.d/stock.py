"""An environment that has everything but trueline: the stock side must neither load its plugin nor profit from it."""

from __future__ import annotations

import sysconfig
import venv
from pathlib import Path


def make_environment(folder: Path) -> str:
    """Make it of links to what is installed here; the path of its interpreter."""
    venv.create(folder, symlinks=True)
    home = str(folder)
    paths = sysconfig.get_paths("venv", vars={"base": home, "platbase": home, "installed_base": home})
    packages = Path(paths["purelib"])
    for source in (Path(sysconfig.get_path("purelib")), Path(sysconfig.get_path("platlib"))):
        for entry in source.iterdir():
            link = packages / entry.name
            if "trueline" not in entry.name and not link.exists():
                link.symlink_to(entry)
    return str(Path(paths["scripts"]) / "python")
