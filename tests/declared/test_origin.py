"""Places in the user's code."""

import sys
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, Table
from sqlmodel import Field as PlainField
from sqlmodel import SQLModel

from trueline.declared import origin
from trueline.declared.metadata import metadata
from trueline.declared.origin import Origin


def test_a_place_below_the_current_folder_is_shown_from_there() -> None:
    """A place is short where it can be, and names the class where there is one."""
    inside = Origin(str(Path.cwd() / "app" / "user.py"), 3, "app.user", "User")
    assert str(inside) == f"{Path('app/user.py')}:3 (class User)"
    assert str(Origin(f"{Path.cwd().anchor}other.py", 4, "other")) == f"{Path.cwd().anchor}other.py:4"


def test_code_that_was_typed_in_has_no_folder() -> None:
    """A place in a prompt has no folder; one in a file has the file's."""
    assert Origin("<stdin>", 1, "__main__").folder is None
    assert Origin(__file__, 1, __name__).folder == Path(__file__).parent


def line() -> int:
    return sys._getframe(1).f_lineno


def test_core_tables_and_plain_classes_have_a_place_too() -> None:
    """A Core table and a plain SQLModel class are remembered with file and line, the class by name."""
    table = Table("core_table", metadata, Column("id", Integer))
    at = line() - 1
    assert origin.of(table) == Origin(__file__, at, __name__, None)

    class Plain(SQLModel, table=True):
        id: int = PlainField(primary_key=True)

    found = origin.of(metadata.tables["plain"])
    assert found is not None
    assert (found.file, found.qualname) == (__file__, Plain.__qualname__)


def test_tables_of_other_metadata_are_left_alone() -> None:
    """A table on another metadata is not marked."""
    assert origin.of(Table("t", MetaData(), Column("id", Integer))) is None


def test_a_copy_keeps_its_place() -> None:
    """``to_metadata`` carries the place along."""
    table = Table("core_table", metadata, Column("id", Integer))
    assert origin.of(table.to_metadata(MetaData())) == origin.of(table)


def test_the_tables_own_information_stays() -> None:
    """What a table was given as ``info`` is not lost to what is remembered."""
    table = Table("core_table", metadata, Column("id", Integer), info={"mine": 1})
    assert table.info["mine"] == 1
    assert origin.of(table) is not None
