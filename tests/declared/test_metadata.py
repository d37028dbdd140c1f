"""The one metadata as it is set up on import."""

import subprocess
import sys
from pathlib import Path

from trueline.declared import naming
from trueline.declared.metadata import metadata


def run(program: str) -> str:
    """The output of ``program`` in an interpreter of its own, where nothing is imported yet."""
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(Path.cwd())}
    ).stdout.strip()


def test_the_whole_convention_is_set() -> None:
    """All five kinds of names are set, and setting them again changes nothing."""
    before = dict(metadata.naming_convention)
    assert {"ix", "uq", "ck", "fk", "pk"} <= before.keys()
    naming.apply(metadata)
    assert dict(metadata.naming_convention) == before


def test_plain_classes_from_before_the_import_get_their_names() -> None:
    """A plain SQLModel class that was declared before trueline was imported is named and guarded like the others."""
    program = (
        "from sqlmodel import Field, SQLModel\n"
        "from sqlalchemy import UniqueConstraint, CheckConstraint\n"
        "class Old(SQLModel, table=True):\n"
        "    __table_args__ = (UniqueConstraint('a', 'b'), CheckConstraint('a > 0'), {'schema': 's'})\n"
        "    id: int = Field(primary_key=True)\n"
        "    a: int = Field(index=True)\n"
        "    b: int | None = Field(default=None, foreign_key='s.new.id')\n"
        "from trueline import metadata\n"
        "t = metadata.tables['s.old']\n"
        "print(sorted(str(c.name) for c in (*t.constraints, *t.indexes)))\n"
        "import uuid, trueline\n"
        "try:\n"
        "    class New(trueline.Model, table=True):\n"
        "        __table_args__ = {'schema': 's'}\n"
        "        id: uuid.UUID = Field(primary_key=True)\n"
        "except trueline.TruelineError as error:\n"
        "    print(error)\n"
    )
    names, message = run(program).split("\n", 1)
    assert names == "['ck_old_check_4ead0c05', 'fk_old_b_new', 'ix_old_a', 'pk_old', 'uq_old_a_b']"
    assert "s.old.b is INTEGER, but s.new.id, which it points at, is UUID" in message
    assert "table s.old (declared before trueline was imported)" in message


def test_importing_the_package_imports_no_models() -> None:
    """``import trueline`` alone loads neither SQLModel nor the declared part."""
    program = "import sys, trueline; print(sorted(m for m in sys.modules if m in {'sqlmodel', 'trueline.declared'}))"
    assert run(program) == "[]"
