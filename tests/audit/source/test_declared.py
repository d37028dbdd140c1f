"""Idioms in which tables are declared, and what the text does not tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.conftest import AuditOf, write
from trueline.audit.source.project import Project, read_project
from trueline.audit.source.tables import Table

HEAD = "from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, declared_attr, registry\n"
HEAD += (
    "from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData, String\nfrom datetime import datetime\n\n"
)
KEY = "    id: Mapped[int] = mapped_column(primary_key=True)\n"


def project(tmp_path: Path, files: dict[str, str]) -> Project:
    return read_project(write(tmp_path, files))


def only(tmp_path: Path, text: str) -> Table:
    (table,) = project(tmp_path, {"m.py": HEAD + text}).tables
    return table


@pytest.mark.parametrize(
    ("line", "type_", "nullable"),
    [
        ("x: Mapped[int]", "integer", False),
        ("x: Mapped[int | None]", "integer", True),
        ("x: Mapped['int | None']", "integer", True),
        ("x: Mapped[str | None] = mapped_column(String(3), nullable=False)", "varchar", False),
        ("x = Column(Integer)", "integer", True),
        ("x: Mapped[datetime] = mapped_column(DateTime(timezone=True))", "timestamptz", False),
        ("x: Mapped[datetime]", "timestamp", False),
        ("x: Mapped[Unheard]", "", False),
        ("x: Mapped[datetime] = my_column()", "", False),
    ],
)
def test_types(tmp_path: Path, line: str, type_: str, nullable: bool) -> None:
    """By the call, by the annotation, or not at all where a function of the project's own makes the column."""
    table = only(
        tmp_path, f"class B(DeclarativeBase):\n    pass\n\nclass A(B):\n    __tablename__ = 'a'\n{KEY}    {line}\n"
    )
    column = table.column("x")
    if "my_column" in line:
        assert column is None or not column.type
        return
    assert column
    assert (column.type, column.nullable) == (type_, nullable)


def test_an_annotated_type_brings_its_column(tmp_path: Path) -> None:
    """``Annotated[int, mapped_column(…)]`` under a name of its own."""
    text = "from typing import Annotated\n\nkey = Annotated[int, mapped_column(primary_key=True)]\n\n"
    text += "class B(DeclarativeBase):\n    pass\n\nclass A(B):\n    __tablename__ = 'a'\n    id: Mapped[key]\n"
    assert only(tmp_path, text).primary == ("id",)


@pytest.mark.parametrize(
    "base",
    [
        "    type_annotation_map = {datetime: DateTime(timezone=True)}\n",
        "    registry = registry(type_annotation_map={datetime: DateTime(timezone=True)})\n",
    ],
)
def test_a_base_maps_types(tmp_path: Path, base: str) -> None:
    """What the base says of a type of Python counts in its classes."""
    text = f"class B(DeclarativeBase):\n{base}\n\nclass A(B):\n    __tablename__ = 'a'\n{KEY}    x: Mapped[datetime]\n"
    column = only(tmp_path, text).column("x")
    assert column
    assert column.type == "timestamptz"


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("class B(DeclarativeBase):\n    metadata = M\n", "class C(DeclarativeBase):\n    metadata = M\n", True),
        ("class B(DeclarativeBase):\n    metadata = C.metadata\n", "class C(DeclarativeBase):\n    pass\n", True),
        ("class B(DeclarativeBase):\n    metadata = MetaData()\n", "class C(DeclarativeBase):\n    pass\n", False),
        ("class B(DeclarativeBase):\n    pass\n", "class C(B):\n    __abstract__ = True\n", True),
        (
            "class B(DeclarativeBase):\n    pass\n",
            "class C(B):\n    metadata = MetaData()\n    __abstract__ = True\n",
            False,
        ),
    ],
)
def test_bases_that_share_a_metadata(tmp_path: Path, first: str, second: str, one: bool) -> None:
    """Two bases are one where they have one metadata, whichever is read first."""
    tables = "".join(f"\n\nclass T{b}({b}):\n    __tablename__ = 't{b}'\n{KEY}" for b in "BC")
    found = project(tmp_path, {"m.py": f"{HEAD}M = MetaData()\n\n{first}\n\n{second}{tables}"})
    assert len({table.owner for table in found.tables}) == (1 if one else 2)


def test_flask_names_tables_itself(tmp_path: Path) -> None:
    """As Flask-SQLAlchemy does, where a model gives no name."""
    files = {
        "app/ext.py": "from flask_sqlalchemy import SQLAlchemy\n\ndb = SQLAlchemy()\n",
        "app/m.py": "from app.ext import db\n\nclass UserOrder(db.Model):\n"
        "    id = db.Column(db.Integer, primary_key=True)\n"
        "    user_id = db.Column(db.Integer, db.ForeignKey('user.id'))\n\n"
        "class User(db.Model):\n    id = db.Column(db.Integer, primary_key=True)\n"
        "    orders = db.relationship('UserOrder')\n",
    }
    found = project(tmp_path, files)
    assert sorted(table.name for table in found.tables) == ["user", "user_order"]
    assert [str(key) for table in found.tables for key in table.keys] == ["user.id"]


@pytest.mark.parametrize(
    "inner",
    [
        "    id = make_key()\n",
        "    @declared_attr\n    def id(cls):\n        return Column(Integer, primary_key=True)\n",
    ],
)
def test_columns_that_only_running_would_show(audit_of: AuditOf, inner: str) -> None:
    """A table that may have more columns than can be read has no missing key."""
    text = (
        f"{HEAD}class B(DeclarativeBase):\n    pass\n\nclass A(B):\n    __tablename__ = 'a'\n    x = Column(Integer)\n"
    )
    assert audit_of({"m.py": text + inner}).findings == ()


def test_a_class_of_another_package_is_no_missing_one(audit_of: AuditOf) -> None:
    """What a library maps is not in the project, and there all the same."""
    text = f"{HEAD}from library import Account\n\nclass B(DeclarativeBase):\n    pass\n\n"
    text += f"class A(B):\n    __tablename__ = 'a'\n{KEY}    account: Mapped[Account] = relationship()\n"
    assert audit_of({"m.py": text}).findings == ()


def test_names_come_through_packages_and_stars(tmp_path: Path) -> None:
    """A base that is handed on, by name, by star and relatively, is the same base."""
    files = {
        "src/app/db/base.py": HEAD + "class Base(DeclarativeBase):\n    pass\n",
        "src/app/db/__init__.py": "from .base import *\n",
        "src/app/a.py": f"from app.db import Base as Root\n\nclass A(Root):\n    __tablename__ = 'a'\n{KEY}",
        "src/app/b.py": f"from .db.base import Base\n\nclass C(Base):\n    __tablename__ = 'c'\n{KEY}",
    }
    assert {table.owner for table in project(tmp_path, files).tables} == {"app.db.base.Base.metadata"}


def test_a_module_that_lists_the_models(audit_of: AuditOf) -> None:
    """A base.py that env.py imports for the sake of what it imports."""
    files = {
        "app/db/base_class.py": HEAD + "class Base(DeclarativeBase):\n    pass\n",
        "app/db/base.py": "from app.db.base_class import Base\nfrom app.models.a import A\n",
        "app/models/a.py": f"from app.db.base_class import Base\n\nclass A(Base):\n    __tablename__ = 'a'\n{KEY}",
        "m/env.py": "from alembic import context\nfrom app.db.base import Base\n",
    }
    assert audit_of(files).findings == ()


def test_modules_that_are_imported_by_name(audit_of: AuditOf) -> None:
    """A helper that env.py gives a package to imports whatever lies below that."""
    files = {
        "app/models/__init__.py": "",
        "app/base.py": HEAD + "class Base(DeclarativeBase):\n    pass\n",
        "app/models/a.py": f"from app.base import Base\n\nclass A(Base):\n    __tablename__ = 'a'\n{KEY}",
        "app/loading.py": "import pkgutil\n\ndef load(package):\n    ...\n",
        "m/env.py": "from alembic import context\nimport app.models\nfrom app.loading import load\n\nload()\n",
    }
    assert audit_of(files).findings == ()
