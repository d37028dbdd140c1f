"""How a command writes what it has found."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Format(StrEnum):
    """For people, or for programs."""

    terminal = "terminal"
    json = "json"


def as_json(found: Any) -> str:
    """A value of dataclasses as JSON; times as ISO 8601."""
    return json.dumps(_plain(found), indent=2, ensure_ascii=False, default=_written)


def _plain(found: Any) -> Any:
    if isinstance(found, list | tuple):
        return [_plain(each) for each in found]
    return asdict(found) if is_dataclass(found) and not isinstance(found, type) else found


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
