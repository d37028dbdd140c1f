"""``trueline settings``: every effective value, and where it came from."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

import typer
from pydantic import SecretStr

from trueline.address.libpq import taken_from_environment
from trueline.address.url import hosts_of
from trueline.settings import KEYS, Reading, Target, find_target, read_settings

MASK = "***"


class Format(StrEnum):
    """How the settings are written."""

    terminal = "terminal"
    json = "json"


def settings(
    format: Annotated[Format, typer.Option(help="How to write them.")] = Format.terminal,  # noqa: A002 - the option
) -> None:
    """Print every effective setting and where it came from; secrets are masked."""
    reading = read_settings()
    report = describe(reading, find_target(reading.settings))
    print(json.dumps(report, indent=2) if format is Format.json else "\n".join(lines(report)))


def describe(reading: Reading, target: Target | None) -> dict[str, Any]:
    """The report as plain values, without a secret in it."""
    chosen = reading.settings
    values = {key: {"value": _plain(getattr(chosen, key)), "source": reading.origins[key]} for key in KEYS}
    return {
        "project": str(chosen.project) if chosen.project else None,
        "environment": chosen.environment,
        "settings": values,
        "database": _database(target) if target else _no_database(chosen.embedded, chosen.embedded_version),
        "notes": [*reading.notes, *(target.notes if target else ()), *_from_libpq(target)],
    }


def lines(report: dict[str, Any]) -> list[str]:
    """The report for people: aligned columns, then notes."""
    rows = [(key, _text(item["value"]), f"({item['source']})") for key, item in report["settings"].items()]
    rows += [("project", _text(report["project"]), ""), ("environment", _text(report["environment"]), "")]
    database = {**report["database"]}
    options = database.pop("options", {})
    rows += [(f"database {name}", _text(value), "") for name, value in {**database, **options}.items()]
    name_width = max(len(name) for name, _, _ in rows)
    value_width = max(len(value) for _, value, origin in rows if origin)
    table = [f"{name:<{name_width}}  {value:<{value_width}}  {origin}".rstrip() for name, value, origin in rows]
    return [*table, *(f"note: {note}" for note in report["notes"])]


def _database(target: Target) -> dict[str, Any]:
    url = target.url
    options = {name: str(value) for name, value in url.query.items() if name not in {"host", "port"}}
    hidden = {name: MASK if isinstance(value, str) else value for name, value in target.hidden}
    return {
        "source": target.source,
        "hosts": [
            f"{host}:{port}" if not host.startswith("/") else f"{host} (port {port})" for host, port in hosts_of(url)
        ],
        "user": url.username,
        "password": MASK if url.password else None,
        "name": url.database or url.username,
        "options": {**options, **hidden},
        "url": url.render_as_string(hide_password=True),
    }


def _no_database(embedded: bool, version: int) -> dict[str, Any]:
    return {"source": f"embedded PostgreSQL {version}" if embedded else "none: DATABASE_URL is not set"}


def _from_libpq(target: Target | None) -> list[str]:
    """Variables of libpq's own that fill what the address leaves open."""
    if target is None:
        return []
    given = {
        **target.url.query,
        **dict(target.hidden),
        **target.url.translate_connect_args(username="user", database="dbname"),
    }
    return [f"{variable} is set: libpq takes {keyword} from it" for keyword, variable in taken_from_environment(given)]


def _plain(value: object) -> object:
    if isinstance(value, SecretStr):
        return MASK
    return sorted(value) if isinstance(value, frozenset) else value


def _text(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) or "none" if isinstance(value, list) else str(value)
