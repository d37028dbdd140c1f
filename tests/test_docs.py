"""The manual against what it speaks of: links lead somewhere, and what is named is there."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trueline.cli import COMMANDS, application
from trueline.settings import KEYS

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
ANCHOR = re.compile(r"^#+ (.+)$", re.MULTILINE)
LINK = re.compile(r'(?:\]\(|src=")([^)"#\s]*)(#[^)"\s]*)?[)"]')


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = ANCHOR.findall(page.read_text(encoding="utf-8"))
    return {"#" + re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """Each page and heading that is linked to is there."""
    broken = []
    for path, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        target = page.parent / path if path else page
        if path.startswith(("http://", "https://")):
            continue
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            broken.append(path + anchor)
    assert broken == []


def test_every_page_is_in_the_table_of_contents() -> None:
    """docs/index.md links to every page of the manual."""
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    missing = [page.name for page in PAGES if page.name != "index.md" and f"{page.name})" not in index]
    assert missing == []


def test_every_command_is_in_the_changelog() -> None:
    """The list of commands is complete, and each can be asked for help."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    commands = re.search(r"^- Commands: (.+)$", text, re.MULTILINE)
    assert commands
    assert set(re.findall(r"`(?:trueline )?(\w+)`", commands[1])) == set(COMMANDS)
    for name in COMMANDS:
        assert CliRunner().invoke(application([name]), [name, "--help"]).exit_code == 0


def test_the_readme_sets_only_what_can_be_set() -> None:
    """The keys of [tool.trueline] that the README shows exist."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = re.search(r"\[tool\.trueline\]\n((?:\w+ = .+\n)+)", text)
    assert section
    assert set(re.findall(r"^(\w+) =", section[1], re.MULTILINE)) <= set(KEYS)


def test_both_scripts_of_the_readme_are_there() -> None:
    """Every script that the README and the page for contributors name can be executed."""
    for page in (ROOT / "README.md", ROOT / "docs/contributing.md"):
        for name in re.findall(r"\./(scripts/\w+|\.ci/run)", page.read_text(encoding="utf-8")):
            assert (ROOT / name).stat().st_mode & 0o111, name
