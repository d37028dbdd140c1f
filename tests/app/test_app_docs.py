"""The page about the application against the application."""

import re
from pathlib import Path

from app.models import metadata
from trueline.objects import objects_of

PAGE = Path(__file__).parents[2] / "docs" / "reference-application.md"


def test_page_lists_every_table() -> None:
    """The page names every table below its schema, in the words of the table's own comment."""
    _, _, listing = PAGE.read_text(encoding="utf-8").partition("\n## Every table\n")
    listed = {}
    for section in listing.split("\n### ")[1:]:
        schema = section.split("`")[1]
        for name, meaning in re.findall(r"^\| `(\w+)` \| (.+) \|$", section, flags=re.MULTILINE):
            listed[f"{schema}.{name}"] = meaning
    assert listed == {name: str(table.comment).rstrip(".") for name, table in metadata.tables.items()}


def test_page_names_only_what_exists() -> None:
    """Every table, column and other object that the page speaks of is there."""
    text = PAGE.read_text(encoding="utf-8")
    named = re.findall(r"`(identity|billing|core|media|knowledge)\.(\w+)(?:\.(\w+))?", text)
    others = {".".join(filter(None, each.place)) for each in objects_of(metadata).declarations.values()}
    assert {f"{schema}.{name}" for schema, name, _ in named} <= set(metadata.tables) | others
    assert all(not column or column in metadata.tables[f"{s}.{t}"].columns for s, t, column in named)
