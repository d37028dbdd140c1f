"""Pieces of the calls that a revision holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_INDENT = "    "
_BACKSLASH = "\\"


class Sql(str):
    """SQL as an argument: laid out over several lines where that reads better."""

    __slots__ = ()


class Fixed(str):
    """A name that no naming convention may touch: ``op.f("…")``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A call of ``op``, as it will be written."""

    operation: str
    positional: tuple[Any, ...]
    keywords: Mapping[str, Any] = field(default_factory=dict)


def schema_argument(schema: str | None) -> str:
    """The keyword argument, or nothing for the default schema."""
    return f", schema={schema!r}" if schema else ""


def written(call: Call) -> str:
    """The call as Python, on one line unless an argument takes several."""
    arguments = [value(each) for each in call.positional]
    arguments += [f"{name}={value(each)}" for name, each in call.keywords.items()]
    if not any("\n" in argument for argument in arguments):
        return f"op.{call.operation}({', '.join(arguments)})"
    return f"op.{call.operation}(\n" + "".join(f"{_indented(argument)},\n" for argument in arguments) + ")"


def value(thing: Any) -> str:
    """A value as Python, sequences as lists."""
    match thing:
        case Sql() if _reads_better(thing):
            return _laid_out(thing)
        case Sql() if unindented(thing) != thing:  # it looks as if it were laid out
            return repr(f"\n{thing}\n")
        case Fixed():
            return f"op.f({str(thing)!r})"
        case str():
            return repr(str(thing))
        case Mapping():
            return _collection("{", (f"{value(key)}: {value(each)}" for key, each in thing.items()), "}")
        case list():
            return _collection("[", map(value, thing), "]")
        case tuple():
            return _collection("(", map(value, thing), ",)" if len(thing) == 1 else ")")
    return repr(thing)


def _collection(opening: str, items: Iterable[str], closing: str) -> str:
    texts = list(items)
    if not any("\n" in text for text in texts):
        return opening + ", ".join(texts) + closing
    return f"{opening}\n" + "".join(f"{_indented(text)},\n" for text in texts) + closing


def _indented(text: str) -> str:
    return "\n".join(_INDENT + line if line else line for line in text.split("\n"))


def _reads_better(sql: str) -> bool:
    """Whether it has several lines, and comes back from a triple-quoted string unchanged.

    Alembic indents what is rendered and takes spaces off the ends of lines; Python's source has one kind of line end.
    """
    lines = sql.split("\n")
    return (
        len(lines) > 1
        and _quotes(sql) not in sql
        and all(line == line.rstrip(" ") and _is_plain(line) and (not line or line.strip()) for line in lines)
        and bool(lines[0] and lines[-1])
    )


def _is_plain(line: str) -> bool:
    return line.replace("\t", "").isprintable()


def _laid_out(sql: str) -> str:
    quotes = _quotes(sql)
    return f"{'r' if _BACKSLASH in sql else ''}{quotes}\n{sql}\n{quotes}"


def _quotes(sql: str) -> str:
    return '"' * 3 if '"' * 3 not in sql else "'" * 3


def unindented(sql: str) -> str:
    """SQL as it was before it was laid out: without the first line break, and without the indentation of the last line.

    Text that does not begin with a line break comes back as it is.
    """
    first, *lines = sql.split("\n")
    if first or not lines or lines[-1].strip(" "):
        return sql
    margin = lines.pop()
    if not all(line.startswith(margin) for line in lines if line):
        return sql
    return "\n".join(line.removeprefix(margin) for line in lines)
