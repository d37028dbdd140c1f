"""Small histories: revisions as files, without an env.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent

from alembic.config import Config
from alembic.script import ScriptDirectory

_REVISION = '''"""{name}"""
import sqlalchemy as sa
from alembic import context, op

revision = {name!r}
down_revision = {down!r}
branch_labels = {labels!r}
depends_on = {depends!r}


def upgrade():
{up}


def downgrade():
{back}
'''


@dataclass(frozen=True)
class History:
    """A folder of revisions."""

    folder: Path

    @property
    def config(self) -> Config:
        config = Config()
        config.set_main_option("script_location", str(self.folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        return config

    @property
    def script(self) -> ScriptDirectory:
        """Anew each time: Alembic remembers what it has read."""
        return ScriptDirectory.from_config(self.config)

    def add(
        self,
        name: str,
        up: str,
        back: str = "pass",
        *,
        down: str | Sequence[str] | None = None,
        labels: str | None = None,
        depends: str | None = None,
    ) -> Path:
        """Write a revision."""
        file = self.folder / "versions" / f"{name}_x.py"
        bodies = {key: indent(dedent(body).strip(), "    ") for key, body in (("up", up), ("back", back))}
        file.write_text(_REVISION.format(name=name, down=down, labels=labels, depends=depends, **bodies), "utf-8")
        return file


def history(folder: Path) -> History:
    """An empty history; its env.py must not be executed."""
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text("raise SystemExit('env.py was executed')", "utf-8")
    (folder / "script.py.mako").write_text("", "utf-8")
    return History(folder)
