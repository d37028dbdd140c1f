"""The broken projects in examples/: what the audit finds in each, none missing and none besides."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trueline.cli import application

EXAMPLES = Path(__file__).parents[2] / "examples"
PROJECTS = sorted(each.name for each in EXAMPLES.iterdir() if each.is_dir())


def findings(project: str) -> list[dict[str, object]]:
    arguments = ["audit", str(EXAMPLES / project), "--format", "json"]
    done = CliRunner().invoke(application(arguments), arguments)
    assert done.exit_code == 1
    found: list[dict[str, object]] = json.loads(done.stdout)["findings"]
    return found


def line(finding: dict[str, object], project: str) -> str:
    where = finding["where"]
    assert isinstance(where, dict)
    file = Path(where["file"]).relative_to(EXAMPLES / project).as_posix()
    return f"{file}:{where['line']} {finding['rule']}: {finding['what']}"


@pytest.mark.parametrize("project", PROJECTS)
def test_what_is_found_is_what_is_written_down(project: str) -> None:
    """findings.txt beside the project lists each, by file, line and rule."""
    expected = (EXAMPLES / project / "findings.txt").read_text(encoding="utf-8").splitlines()
    assert [line(each, project) for each in findings(project)] == expected


@pytest.mark.parametrize(
    ("project", "rule", "number"),
    [
        ("two_services", "two-owners", 1),  # users
        ("two_services", "key-type-differs", 4),  # subscriptions, financial, user_subscriptions, subscription_history
        ("two_services", "localhost-default", 2),  # both services
        ("sqlite_tests", "tests-create-all", 1),
        ("sqlite_tests", "api-schema-differs", 3),  # password, full_name, is_private
        ("five_bases", "several-bases", 4),  # beside the one with the most tables
        ("five_bases", "two-owners", 1),  # core.bookings
        ("five_bases", "key-without-schema", 4),  # menu items, add-ons, refunds, disputes
        ("five_bases", "key-across-bases", 2),  # bookings and customers to stations
        ("five_bases", "relationship-across-bases", 1),
        ("unseen_models", "model-never-imported", 44),
        ("unseen_models", "key-type-differs", 11),  # experts, subscriptions, FAQ, eight of the export
        ("unseen_models", "two-owners", 2),
        ("unseen_models", "lookalike-key", 9),
    ],
)
def test_the_numbers_are_the_facts(project: str, rule: str, number: int) -> None:
    """Faults that each project was built with, counted apart from what the audit says of itself."""
    assert Counter(each["rule"] for each in findings(project))[rule] == number
