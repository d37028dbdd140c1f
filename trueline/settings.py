"""The project's settings: ``[tool.trueline]`` in pyproject.toml, each key overridable by ``TRUELINE_<KEY>``.

`read_settings` also tells where each value came from. The database itself is not a setting but a `Target`, because
it holds a secret and differs between deployments.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from trueline.address.target import Target, find_target, no_target
from trueline.address.url import parse_url
from trueline.errors import TruelineError
from trueline.surroundings import in_container, in_kubernetes

__all__ = [
    "KEYS",
    "Reading",
    "Settings",
    "SettingsError",
    "Target",
    "find_target",
    "in_container",
    "in_kubernetes",
    "load_settings",
    "no_target",
    "parse_url",
    "read_settings",
    "variable",
]

#: What a model declares and a project may leave to Python alone.
Enforcement = Literal["length", "range", "pattern", "choice", "enum", "comment", "timestamptz"]

#: What differs between environments more often than it should be the same, and is compared on demand.
Watched = Literal["owner", "grant", "default_privileges", "column_order", "extension", "database"]

_SECTION = "[tool.trueline]"
_DOTTED = r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$"

Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class SettingsError(TruelineError):
    """A setting, or the file that it stands in, that cannot be used."""


def _as_set(value: object) -> object:
    """A TOML array as a set; pydantic's strict mode would refuse it."""
    return frozenset(value) if isinstance(value, list) and all(isinstance(v, str) for v in value) else value


def _as_tuple(value: object) -> object:
    """A TOML array as a tuple, for the same reason."""
    return tuple(value) if isinstance(value, list) and all(isinstance(v, str) for v in value) else value


class Settings(BaseModel):
    """Everything that a project can set, with its default. Frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    embedded: bool = Field(False, description="use the embedded PostgreSQL where no database is named")
    embedded_version: Literal[16, 18] = Field(18, description="major version of the embedded PostgreSQL")
    models: str = Field("app.models", pattern=_DOTTED, description="package whose modules declare the models")
    unenforced: Annotated[frozenset[Enforcement], BeforeValidator(_as_set)] = Field(
        frozenset(), description="what models declare but the database need not enforce"
    )
    ignore: Annotated[tuple[str, ...], BeforeValidator(_as_tuple)] = Field(
        (), description="patterns of what no comparison looks at: kind:name, name, or renames"
    )
    allow: Annotated[tuple[str, ...], BeforeValidator(_as_tuple)] = Field(
        (), description="what the audit does not find, as rule-id:pattern: reason"
    )
    exclude: Annotated[tuple[str, ...], BeforeValidator(_as_tuple)] = Field(
        (), description="patterns of paths that the audit does not read"
    )
    watch: Annotated[frozenset[Watched], BeforeValidator(_as_set)] = Field(
        frozenset(), description="what is compared beyond the usual"
    )
    connect_timeout: int = Field(10, ge=1, description="seconds to wait for one host in one attempt")
    connect_retries: int = Field(5, ge=0, description="attempts after the first, for what can heal")
    connect_wait: Seconds = Field(2.0, description="seconds before the first retry; doubles each time")
    connect_wait_max: Seconds = Field(32.0, description="most seconds to wait before a retry")
    application_name: str = Field("trueline", description="name of the connection in pg_stat_activity")
    lock_timeout: Seconds | None = Field(None, description="seconds to wait for a lock; 1, below deadlock_timeout")
    statement_timeout: Annotated[float, Field(ge=0, allow_inf_nan=False)] = Field(
        900.0, description="seconds that one statement may take; 0 is no limit"
    )
    lock_retries: int = Field(10, ge=0, description="how often a revision is tried again for want of a lock")
    lock_wait: Seconds = Field(1.0, description="seconds before a lock is tried again; doubles each time")
    lock_wait_max: Seconds = Field(30.0, description="most seconds to wait before a lock is tried again")
    wait_timeout: Seconds | None = Field(None, description="seconds to wait for another migration to end")
    on_drift: Literal["warn", "refuse"] = Field("warn", description="what a database changed by hand does to a deploy")
    before: Annotated[tuple[str, ...], BeforeValidator(_as_tuple)] = Field(
        (), description="what to call before revisions run, as package.module:function"
    )
    after: Annotated[tuple[str, ...], BeforeValidator(_as_tuple)] = Field(
        (), description="what to call after they have run or failed"
    )
    version_schema: str | None = Field(None, min_length=1, description="schema of alembic_version and the ledger")
    application_version: str = Field("", description="version of the application that is deployed")
    scratch: SecretStr | None = Field(None, description="address of a server for scratch databases")
    cache: str = Field("", description="folder for cached readings, or off")

    project: Path | None = Field(None, description="folder of the pyproject.toml that was read")
    environment: str | None = Field(None, description="TRUELINE_ENV, such as production")

    @property
    def production(self) -> bool:
        """Whether this is a deployment whose data matters."""
        return (self.environment or "").lower() in {"production", "prod"}


#: The keys of ``[tool.trueline]``; the other fields are facts about the surroundings.
KEYS = tuple(name for name in Settings.model_fields if name not in {"project", "environment"})


@dataclass(frozen=True, slots=True)
class Reading:
    """Settings, and for each where it came from: ``default``, a file, or a variable's name."""

    settings: Settings
    origins: Mapping[str, str]
    notes: tuple[str, ...] = ()


def load_settings(start: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The effective settings of the project that ``start`` (the current folder) lies in.

    Raises:
        SettingsError: an unknown key, a wrong value, or a file that is not TOML.
    """
    return read_settings(start, environ).settings


def read_settings(start: Path | None = None, environ: Mapping[str, str] | None = None) -> Reading:
    """As `load_settings`, with the origin of every value."""
    env = os.environ if environ is None else environ
    file, table = _nearest_table((start or Path.cwd()).absolute())
    _refuse_unknown(table, file)
    words = {key: env[name].strip() for name, key in _VARIABLES.items() if env.get(name, "").strip()}
    from_file = _validated(table, strict=True, where=f"{file}, {_SECTION}")
    from_env = _validated({key: _from_text(key, word) for key, word in words.items()}, strict=False)
    update = {key: getattr(from_env, key) for key in words}
    update["project"] = file.parent if file else None
    update["environment"] = env.get("TRUELINE_ENV", "").strip() or None
    origins = {key: _origin(key, words, table, file) for key in KEYS}
    return Reading(from_file.model_copy(update=update), origins, _misspelt(env))


def variable(key: str) -> str:
    """The environment variable that overrides ``key``."""
    return f"TRUELINE_{key.upper()}"


_VARIABLES = {variable(key): key for key in KEYS}


def _origin(key: str, words: Mapping[str, str], table: Mapping[str, Any], file: Path | None) -> str:
    if key in words:
        return variable(key)
    return str(file) if key in table else "default"


def _nearest_table(start: Path) -> tuple[Path | None, dict[str, Any]]:
    """The first pyproject.toml with ``[tool.trueline]``, from ``start`` upward, and that table."""
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        tool = _toml(file).get("tool", {})
        if isinstance(tool, dict) and "trueline" in tool:
            return file, _table(tool["trueline"], file)
    return None, {}


def _table(value: object, file: Path) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise SettingsError("tool.trueline is not a table", where=str(file), fix=f"{_SECTION}\nembedded = true")
    return value


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        what = f"pyproject.toml cannot be read: {error.strerror}"
        raise SettingsError(what, where=str(file), fix=f"chmod u+r '{file}'") from None
    except ValueError as error:  # not TOML, or not UTF-8
        raise SettingsError(f"pyproject.toml is not TOML: {error}", where=str(file)) from None


def _refuse_unknown(table: Mapping[str, Any], file: Path | None) -> None:
    for key in table:
        if key not in KEYS:
            near = get_close_matches(key.replace("-", "_"), KEYS, n=1, cutoff=0)
            fix = f"did you mean {near[0]}? The keys are {', '.join(KEYS)}."
            raise SettingsError(f"{_SECTION} has no key {key!r}", where=str(file), fix=fix)


def _validated(values: Mapping[str, Any], *, strict: bool, where: str | None = None) -> Settings:
    """``values`` as settings; a file's types must be right, a variable's text is converted."""
    try:
        return Settings.model_validate(dict(values), strict=strict)
    except ValidationError as errors:
        error = errors.errors(include_url=False)[0]
    key = str(error["loc"][0])
    what = f"{key} is set to {error['input']!r}: {_lower(error['msg'])}"
    raise SettingsError(what, where=where or f"{variable(key)} (environment)", fix=_example(key))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


_EXAMPLES = {
    "ignore": '["table:legacy.*", "renames"]',
    "watch": '["owner", "grant"]',
    "allow": '["naive-timestamp:app/legacy/*: it is UTC by contract"]',
    "exclude": '["vendor/*"]',
    "before": '["app.hooks:before"]',
    "after": '["app.hooks:after"]',
    "lock_timeout": "1.0",
    "wait_timeout": "600",
    "version_schema": '"public"',
}


def _example(key: str) -> str:
    """A line that can be pasted: the key with its default, and what it is for."""
    default = Settings.model_fields[key].default
    value = _EXAMPLES.get(key) or {bool: str(default).lower(), frozenset: '["comment"]', str: f'"{default}"'}.get(
        type(default), default
    )
    value = '"postgresql://…"' if default is None else value
    return f"{_SECTION}\n{key} = {value}   # {Settings.model_fields[key].description}"


def _from_text(key: str, text: str) -> Any:
    """A variable's text as what pydantic does not convert on its own."""
    if key in {"unenforced", "watch", "ignore", "allow", "exclude", "before", "after"}:
        words = tuple(word.strip() for word in text.split(",") if word.strip())
        return frozenset(words) if key in {"unenforced", "watch"} else words
    if key == "embedded_version" and text.isdecimal():
        return int(text)
    return text


def _misspelt(env: Mapping[str, str]) -> tuple[str, ...]:
    """A note for every variable that looks like a setting and is none; others may own their names."""
    notes = []
    for name in sorted(env):
        if name.startswith("TRUELINE_") and name not in _VARIABLES:
            near = get_close_matches(name, _VARIABLES, n=1, cutoff=0.85)
            notes += [f"{name} is ignored: the setting is called {near[0]}"] if near else []
    return tuple(notes)
