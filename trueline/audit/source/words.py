"""Types by SQLAlchemy's, Python's and SQL's names, in PostgreSQL's words."""

from __future__ import annotations

#: Last word of SQLAlchemy's or SQLModel's type -> PostgreSQL's.
_SQLALCHEMY = {
    "Integer": "integer", "INTEGER": "integer", "INT": "integer", "BigInteger": "bigint", "BIGINT": "bigint",
    "SmallInteger": "smallint", "SMALLINT": "smallint", "String": "varchar", "VARCHAR": "varchar",
    "AutoString": "varchar", "Unicode": "varchar", "NVARCHAR": "varchar", "CHAR": "char", "Text": "text",
    "TEXT": "text", "UnicodeText": "text", "LowerText": "text", "CITEXT": "citext", "Uuid": "uuid", "UUID": "uuid",
    "GUID": "uuid", "DateTime": "timestamp", "DATETIME": "timestamp", "TIMESTAMP": "timestamp", "Date": "date",
    "DATE": "date", "Time": "time", "TIME": "time", "Interval": "interval", "INTERVAL": "interval",
    "Boolean": "boolean", "BOOLEAN": "boolean", "Numeric": "numeric", "NUMERIC": "numeric", "DECIMAL": "numeric",
    "Float": "double precision", "FLOAT": "double precision", "Double": "double precision",
    "DOUBLE_PRECISION": "double precision", "REAL": "real", "LargeBinary": "bytea", "BYTEA": "bytea", "JSON": "json",
    "JSONB": "jsonb", "ARRAY": "array", "HSTORE": "hstore", "INET": "inet", "CIDR": "cidr", "MACADDR": "macaddr",
    "TSVECTOR": "tsvector", "INT4RANGE": "int4range", "INT8RANGE": "int8range", "NUMRANGE": "numrange",
    "DATERANGE": "daterange", "TSRANGE": "tsrange", "TSTZRANGE": "tstzrange", "MONEY": "money", "BIT": "bit",
}  # fmt: skip

#: Python's types -> what SQLAlchemy and SQLModel make of them.
_PYTHON = {
    "int": "integer", "str": "varchar", "bool": "boolean", "float": "double precision", "bytes": "bytea",
    "UUID": "uuid", "UUID4": "uuid", "datetime": "timestamp", "date": "date", "time": "time", "timedelta": "interval",
    "Decimal": "numeric", "EmailStr": "varchar", "AwareDatetime": "timestamptz", "NaiveDatetime": "timestamp",
}  # fmt: skip

#: Words that SQL has for a type -> the one that PostgreSQL prints.
_SQL = {
    "int": "integer", "int4": "integer", "serial": "integer", "serial4": "integer", "int8": "bigint",
    "bigserial": "bigint", "serial8": "bigint", "int2": "smallint", "smallserial": "smallint", "serial2": "smallint",
    "character varying": "varchar", "character": "char", "bpchar": "char", "decimal": "numeric", "bool": "boolean",
    "float8": "double precision", "float": "double precision", "float4": "real",
    "timestamp without time zone": "timestamp", "timestamp with time zone": "timestamptz",
    "time without time zone": "time", "time with time zone": "timetz",
}  # fmt: skip

#: PostgreSQL's types that SQLite's dialect cannot write.
ONLY_POSTGRESQL = frozenset(
    [
        "jsonb",
        "array",
        "hstore",
        "inet",
        "cidr",
        "macaddr",
        "tsvector",
        "citext",
        "int4range",
        "int8range",
        "numrange",
        "daterange",
        "tsrange",
        "tstzrange",
        "money",
        "bit",
    ]
)

_FAMILIES = {"smallint": "integer", "bigint": "integer", "varchar": "text", "char": "text", "citext": "text"}


def of_sqlalchemy(name: str) -> str:
    """PostgreSQL's word for a class of SQLAlchemy, by its last word; empty for an unknown one."""
    return _SQLALCHEMY.get(name, "")


def of_python(name: str) -> str:
    """The same for a class of Python's."""
    return _PYTHON.get(name, "")


def of_sql(words: str) -> str:
    """The same for SQL's own words, in lower case and without lengths."""
    return _SQL.get(words, words)


def family(type_: str) -> str:
    """Types between which a foreign key can hold have one family."""
    return _FAMILIES.get(type_, type_)


def is_number(type_: str) -> bool:
    """Whether it is one of the whole numbers."""
    return family(type_) == "integer"
