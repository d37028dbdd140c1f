"""Connections that lead to ``localhost`` where nothing else is said."""

from __future__ import annotations

import re

from trueline.audit.source.facts import Attribute, Host
from trueline.audit.source.values import Call, text_of

_HERE = ("localhost", "127.0.0.1", "::1")
_ADDRESS = re.compile(
    r"^postgres(?:ql)?(?:\+\w+)?://(?:[^/@\s]*@)?(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/?]|$)", re.IGNORECASE
)

#: Words in names of variables and settings that speak of a database.
_DATABASE = re.compile(r"(?:^|_)(?:db|database|postgres\w*|pg\w*|sql\w*)(?:_|$)", re.IGNORECASE)
_HOST_OR_ADDRESS = re.compile(r"(?:host\w*|url|uri|dsn|server|address)$", re.IGNORECASE)


def host_of_call(call: Call) -> Host | None:
    """``os.getenv("POSTGRES_HOST", "localhost")``, and the like."""
    if call.last not in {"getenv", "get"} or len(call.args) < 2:
        return None
    name, given = text_of(call.args[0]), text_of(call.args[1])
    return Host(name, call.line) if name and given and _leads_here(name, given) else None


def host_of_attribute(attribute: Attribute) -> Host | None:
    """``postgres_host: str = "localhost"`` of a class of settings; also as the default of a ``Field``."""
    value = attribute.value
    if isinstance(value, Call) and value.last == "Field":
        value = value.get("default") or (value.args[0] if value.args else None)
    given = text_of(value)
    return Host(attribute.name, attribute.line) if given and _leads_here(attribute.name, given) else None


def host_of_text(text: str, line: int) -> Host | None:
    """An address of PostgreSQL on this machine, wherever it stands."""
    return Host("", line) if _ADDRESS.match(text) else None


def _leads_here(name: str, given: str) -> bool:
    if _ADDRESS.match(given):
        return True
    return given in _HERE and bool(_DATABASE.search(name)) and bool(_HOST_OR_ADDRESS.search(name))
