"""Each rule against its own examples, which are what the manual shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.conftest import write
from trueline.audit.context import Context
from trueline.audit.pages import pages
from trueline.audit.rules import all_rules, examples
from trueline.audit.run import audit
from trueline.rule import Rule

PAGES = Path(__file__).parents[2] / "docs" / "rules"
FROM_SOURCE = [rule for rule in all_rules() if "database" not in rule.needs]


@pytest.mark.parametrize("rule", FROM_SOURCE, ids=lambda rule: rule.id)
def test_the_bad_example_is_found(rule: Rule[Context], tmp_path: Path) -> None:
    """A rule finds what its page shows as bad, with a place and a way out."""
    found = [f for f in audit(write(tmp_path, examples()[rule.id].bad)).findings if f.rule == rule.id]
    assert found
    for finding in found:
        assert finding.where.file in examples()[rule.id].bad
        assert finding.fix


@pytest.mark.parametrize("rule", FROM_SOURCE, ids=lambda rule: rule.id)
def test_nothing_is_found_in_the_good_example(rule: Rule[Context], tmp_path: Path) -> None:
    """What a page shows as good is good by every rule, but for a missing env.py or class around it."""
    found = {f.rule for f in audit(write(tmp_path, examples()[rule.id].good)).findings}
    assert rule.id not in found


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_a_rule_is_called_like_its_module(rule: Rule[Context]) -> None:
    """The id is the module's name, with dashes, and nothing is left empty."""
    assert rule.check.__module__ == f"trueline.audit.rules.{rule.id.replace('-', '_')}"
    assert all((rule.name, rule.condition, rule.effect, rule.remedy))


def test_the_pages_are_what_the_rules_say() -> None:
    """docs/rules holds a page for each rule and no other; `trueline rules --write docs/rules` makes them."""
    assert {file.name: file.read_text(encoding="utf-8") for file in PAGES.iterdir()} == pages()
