"""What extensions bring, and how a server comes to have one."""

from __future__ import annotations

import re

#: Names that come with an extension, as far as they say which.
#: https://www.postgresql.org/docs/current/contrib.html and the manuals of PostGIS and pgvector
_FROM = {
    "geometry": "postgis",
    "geography": "postgis",
    "raster": "postgis_raster",
    "vector": "vector",
    "halfvec": "vector",
    "citext": "citext",
    "hstore": "hstore",
    "ltree": "ltree",
    "gin_trgm_ops": "pg_trgm",
    "gist_trgm_ops": "pg_trgm",
    "similarity": "pg_trgm",
    "unaccent": "unaccent",
    "crypt": "pgcrypto",
    "gen_salt": "pgcrypto",
    "gen_random_bytes": "pgcrypto",
    "uuid_generate_v1": "uuid-ossp",
    "uuid_generate_v1mc": "uuid-ossp",
    "uuid_generate_v4": "uuid-ossp",
}

#: What comes with PostgreSQL itself, be it in a package of its own.
_CONTRIB = frozenset(_FROM.values()) - {"postgis", "postgis_raster", "vector"} | {"btree_gin", "btree_gist", "intarray"}
#: What others are packaged as; NN is the server's major version. https://wiki.postgresql.org/wiki/Apt
_PACKAGES = {
    "postgis": "postgresql-NN-postgis-3",
    "postgis_raster": "postgresql-NN-postgis-3",
    "postgis_topology": "postgresql-NN-postgis-3",
    "vector": "postgresql-NN-pgvector",
    "pg_cron": "postgresql-NN-cron",
    "pg_partman": "postgresql-NN-partman",
    "hypopg": "postgresql-NN-hypopg",
    **dict.fromkeys(_CONTRIB, "postgresql-contrib"),
}

_MISSING = re.compile(r'extension "([^"]+)" is not available|extension control file "[^"]*?([^/"]+)\.control"')
_ABSENT = frozenset({"0A000", "58P01"})  # feature_not_supported since PostgreSQL 15, undefined_file before


def lacking(error: BaseException) -> str | None:
    """The extension that a server cannot create because it does not have it.

    Args:
        error: psycopg's, or SQLAlchemy's around it.
    """
    original = getattr(error, "orig", None) or error
    if getattr(original, "sqlstate", None) not in _ABSENT:
        return None
    found = _MISSING.search(str(original))
    return (found[1] or found[2]) if found else None


def bringing(words: str) -> str | None:
    """The extension that brings what PostgreSQL's words say is not there."""
    parts = re.sub(r'[()".]', " ", words).split()
    return next((_FROM[part] for part in parts if part in _FROM), None)


def installing(extension: str) -> str:
    """How a server comes to have it, ready to paste."""
    there = "SELECT name FROM pg_available_extensions;   # what it has now"
    if (package := _PACKAGES.get(extension)) is None:
        return f"install {extension} on the server\n{there}"
    major = "NN is its major version; " if "NN" in package else ""
    return f"apt install {package}   # on the server; {major}other systems have a package like it\n{there}"
