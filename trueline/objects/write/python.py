"""Values as Python source, laid out as ruff would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_WIDTH = 120
_INDENT = "    "
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


@dataclass(frozen=True, slots=True)
class Sql:
    """A text that may be written over several lines, as space around it means nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Python source as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call; arguments that are None are left out, and so are names that have an empty value."""

    function: str
    arguments: tuple[Any, ...]
    named: Mapping[str, Any]

    def source(self, **more: Any) -> str:
        """As source, with these names in the place of its own or after them."""
        given = [source(each) for each in self.arguments if each is not None]
        given += [f"{word}={source(value)}" for word, value in {**self.named, **more}.items() if not _is_usual(value)]
        line = f"{self.function}({', '.join(given)})"
        if "\n" not in line and len(line) <= _WIDTH:
            return line
        return f"{self.function}(\n{''.join(f'{_INDENT}{_indented(each)},' + chr(10) for each in given)})"


def call(function: str, *arguments: Any, **named: Any) -> Call:
    """A call with these arguments."""
    return Call(function, arguments, named)


def _is_usual(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, Sequence | Mapping) and not value and value != "")


def source(value: Any) -> str:
    """A value as source."""
    match value:
        case Source():
            return value.text
        case Sql():
            return _sql(value.text)
        case str():
            return quoted(value)
        case Mapping():
            return _braced("{", [f"{source(key)}: {source(item)}" for key, item in value.items()], "}")
        case tuple():
            items = [source(item) for item in value]
            return f"({items[0]},)" if len(items) == 1 else _braced("(", items, ")")
        case Sequence():
            return _braced("[", [source(item) for item in value], "]")
    return repr(value)


def _braced(left: str, items: Sequence[str], right: str) -> str:
    line = left + ", ".join(items) + right
    if "\n" not in line and len(line) <= _WIDTH - 2 * len(_INDENT):
        return line
    return left + "\n" + "".join(f"{_INDENT}{_indented(each)},\n" for each in items) + right


def _indented(text: str) -> str:
    """Further to the right; what stands in a string over several lines stays where it is."""
    lines = text.split("\n")
    result, quote = [lines[0]], _open_quote(lines[0], "")
    for line in lines[1:]:
        result.append(line if quote else _INDENT + line)
        quote = _open_quote(line, quote)
    return "\n".join(result)


def _open_quote(line: str, quote: str) -> str:
    """The quote that is open after a line; only strings of ours are looked at, which never hold their own."""
    if quote:
        return "" if line.startswith(quote) else quote
    return next((each for each in ('"""', "'''") if line.endswith(each)), "")


def _sql(text: str) -> str:
    """Over several lines between three quotes, where that says the same."""
    text = text.strip()
    if "\n" not in text and len(text) <= 100:
        return quoted(text)
    plain = all(letter.isprintable() or letter in "\n\t" for letter in text)
    quote = next((each for each in ('"""', "'''") if each not in text), None)
    if not plain or quote is None or text.endswith("\\"):
        return quoted(text)
    return f"{'r' if chr(92) in text else ''}{quote}\n{text}\n{quote}"


def quoted(text: str) -> str:
    """A string on one line, in the quotes that need fewer escapes."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(_letter(each, quote) for each in text) + quote


def _letter(letter: str, quote: str) -> str:
    if letter == quote:
        return f"\\{letter}"
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable():
        return letter
    number = ord(letter)
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}" if number < 65536 else f"\\U{number:08x}"
