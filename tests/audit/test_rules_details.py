"""What rules say in cases beyond their examples."""

from __future__ import annotations

import pytest

from tests.audit.conftest import AuditOf

BASE = """
from sqlalchemy.orm import DeclarativeBase

class Base(DeclarativeBase):
    pass
"""


def found(audit_of: AuditOf, files: dict[str, str], rule: str) -> list[str]:
    return [
        f"{each.where.file}:{each.where.line} {each.what}" for each in audit_of(files).findings if each.rule == rule
    ]


def test_two_owners_says_how_they_differ(audit_of: AuditOf) -> None:
    """The class is the owner, and the file of SQL is told by its types and columns."""
    files = {
        "a.py": BASE
        + """
from sqlalchemy.orm import Mapped, mapped_column

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
""",
        "b.sql": "CREATE TABLE users (id uuid PRIMARY KEY, email text);",
    }
    assert found(audit_of, files, "two-owners") == [
        "b.sql:1 table users has two owners: "
        "id is integer in a.py and uuid in b.sql; b.sql lacks name; b.sql adds email"
    ]


def test_a_table_in_two_schemas_is_two_tables(audit_of: AuditOf) -> None:
    """A schema that is named tells tables apart; public is the same as none."""
    files = {"a.sql": "CREATE TABLE x.t (id int PRIMARY KEY); CREATE TABLE y.t (id int PRIMARY KEY);"}
    assert found(audit_of, files, "two-owners") == []
    files["b.sql"] = "CREATE TABLE t (id int PRIMARY KEY);"
    files["c.sql"] = "CREATE TABLE public.t (id int PRIMARY KEY);"
    assert len(found(audit_of, files, "two-owners")) == 1


def test_the_right_key_to_a_table_with_two_owners_is_none(audit_of: AuditOf) -> None:
    """Where a table is declared twice, keys are held against the declaration in Python."""
    files = {
        "a.py": """
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

metadata = MetaData()
users = Table("users", metadata, Column("id", Integer, primary_key=True))
identities = Table(
    "identities",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", Integer, ForeignKey("users.id"), index=True),
)
""",
        "1.sql": "CREATE TABLE users (id uuid PRIMARY KEY);",
        "2.sql": "CREATE TABLE money (\n  id int PRIMARY KEY,\n  user_id UUID REFERENCES users(id)\n);",
    }
    assert found(audit_of, files, "key-type-differs") == [
        "2.sql:3 money.user_id is uuid, and users.id, which it points at, is integer"
    ]


def test_a_wider_number_is_only_a_warning(audit_of: AuditOf) -> None:
    """PostgreSQL takes integer for bigint; the narrower one runs out first."""
    sql = "CREATE TABLE a (id bigint PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a (id));"
    severities = [each.severity for each in audit_of({"a.sql": sql}).findings if each.rule == "key-type-differs"]
    assert severities == ["warning"]


def test_a_wrong_name_gets_a_proposal(audit_of: AuditOf) -> None:
    """A key to a table that is nearly called so."""
    sql = "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, u int REFERENCES usres (id));"
    fixes = [each.fix for each in audit_of({"a.sql": sql}).findings if each.rule == "key-to-nothing"]
    assert fixes == ["did you mean users?"]


def test_a_column_that_is_not_there(audit_of: AuditOf) -> None:
    """The table is declared, and the column that the key names is not."""
    sql = "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, u int REFERENCES users (uid));"
    assert found(audit_of, {"a.sql": sql}, "key-to-nothing") == [
        "a.sql:1 b points at users.uid, and users has no column uid"
    ]


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("password: str", "password is no column of user, which has password_hash"),
        ("password: SecretStr", None),
        ("full_name: str", "full_name is no column of user, which has display_name"),
        ("invitation: str", "UserCreate requires invitation, and user has no such column"),
        ("invitation: str | None = None", None),
        ("password_hash: str", None),
    ],
)
def test_fields_that_a_table_lacks(audit_of: AuditOf, field: str, told: str | None) -> None:
    """A similar name, a field that is required, and what is neither."""
    files = {
        "m.py": "from sqlmodel import Field, SQLModel\n\nclass User(SQLModel, table=True):\n"
        "    id: int = Field(primary_key=True)\n    password_hash: str\n    display_name: str\n",
        "a.py": f"from pydantic import BaseModel, SecretStr\n\nclass UserCreate(BaseModel):\n    {field}\n",
    }
    whole = [line for line in found(audit_of, files, "api-schema-differs") if told is None or told in line]
    assert len(whole) == (0 if told is None else 1)


def test_create_all_without_a_single_table(audit_of: AuditOf) -> None:
    """A base of the tests' own, imported from another module than the models use."""
    files = {
        "app/db.py": BASE,
        "app/base.py": BASE,
        "app/models.py": "from app.base import Base\nfrom sqlalchemy.orm import Mapped, mapped_column\n\n"
        "class User(Base):\n    __tablename__ = 'users'\n    id: Mapped[int] = mapped_column(primary_key=True)\n",
        "tests/conftest.py": "from app.db import Base\n\nBase.metadata.create_all(None)\n",
    }
    assert found(audit_of, files, "tests-create-all") == [
        "tests/conftest.py:3 the tests' schema is built by create_all of app.db.Base.metadata, which holds no table"
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('URL = os.environ.get("DATABASE_URL", "postgresql://app:s3cret@localhost/app")', "DATABASE_URL is localhost"),
        ('URL = os.environ["DATABASE_URL"] or "postgres://localhost/app"', "an address of PostgreSQL"),
        ('DB_HOST = "127.0.0.1"', "DB_HOST is localhost"),
        ('REDIS_HOST = os.getenv("REDIS_HOST", "localhost")', ""),
        ('HELP = "open http://localhost:8000"', ""),
        ('URL = f"postgresql+psycopg://{user}@localhost:5432/x"', "an address of PostgreSQL"),
    ],
)
def test_what_leads_to_this_machine(audit_of: AuditOf, line: str, told: str) -> None:
    """Variables, settings and addresses of databases, and never a password in what is said."""
    lines = found(audit_of, {"s.py": f"import os\n\n{line}\n"}, "localhost-default")
    assert len(lines) == (1 if told else 0)
    assert told in "".join(lines)
    assert "s3cret" not in "".join(lines)


def test_a_loop_over_modules_imports_them_all(audit_of: AuditOf) -> None:
    """A package that imports whatever lies in it leaves no model out."""
    model = "from app.models.base import Base\nfrom sqlalchemy.orm import Mapped, mapped_column\n\n"
    model += "class User(Base):\n    __tablename__ = 'users'\n    id: Mapped[int] = mapped_column(primary_key=True)\n"
    files = {
        "app/models/base.py": BASE,
        "app/models/users.py": model,
        "app/models/__init__.py": "import pkgutil, importlib\n\nfor each in pkgutil.iter_modules(__path__):\n"
        "    importlib.import_module(f'{__name__}.{each.name}')\n",
        "migrations/env.py": "from alembic import context\nfrom app.models.base import Base\n",
    }
    assert audit_of(files).findings == ()


@pytest.mark.parametrize(
    ("revisions", "told"),
    [
        ({"a": None, "b": '"a"'}, ""),
        ({"a": None, "b": '"a"', "c": '"a"', "d": '("b", "c")'}, ""),
        ({"a": None, "b": '"gone"'}, "revision b follows gone, and there is no such revision"),
        ({"a": '"c"', "b": '"a"', "c": '"b"'}, "revisions follow one another in a circle: a, b, c"),
        ({"a": None, "b": '"a"', "c": '"a"'}, "the history has 2 heads: b, c"),
    ],
)
def test_chains(audit_of: AuditOf, revisions: dict[str, str | None], told: str) -> None:
    """Merges are no fault; gaps, circles and several heads are."""
    files = {
        f"m/versions/{name}.py": f'revision: str = "{name}"\ndown_revision = {down}\n'
        for name, down in revisions.items()
    }
    lines = found(audit_of, files, "broken-chain")
    assert [line.partition(" ")[2] for line in lines] == ([told] if told else [])


def test_a_project_that_cannot_be_imported_gets_a_diagnosis(audit_of: AuditOf) -> None:
    """Nothing is imported: a module that fails is read like any other."""
    files = {
        "app/models.py": "raise SystemExit('never run')\nfrom sqlmodel import Field, SQLModel\n\n"
        "class User(SQLModel, table=True):\n    name: str\n"
    }
    assert found(audit_of, files, "table-without-primary-key") == ["app/models.py:4 table user has no primary key"]
