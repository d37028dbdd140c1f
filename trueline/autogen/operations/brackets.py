"""Where brackets close in SQL that PostgreSQL has written: quotes are looked at, nothing is understood."""

from __future__ import annotations


def outer_parts(sql: str, separator: str) -> list[str]:
    """Split SQL at a separator that stands outside of quotes and brackets."""
    parts, depth, quote, begin = [], 0, "", 0
    for position, character in enumerate(sql):
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif character == separator and depth == 0:
            parts.append(sql[begin:position])
            begin = position + 1
    return [*parts, sql[begin:]]


def closing(sql: str, opening: int) -> int:
    """The position of the bracket that closes the one at ``opening``; -1 where none does."""
    depth, quote = 0, ""
    for position in range(opening, len(sql)):
        character = sql[position]
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                return position
    return -1


def without_brackets(sql: str) -> str:
    """An expression without the brackets that hold all of it."""
    while sql.startswith("(") and closing(sql, 0) == len(sql) - 1:
        sql = sql[1:-1]
    return sql
