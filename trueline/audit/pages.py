"""What a rule says of itself, for a terminal and as a page of the manual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trueline.audit.context import Context
from trueline.audit.rules import all_rules, examples
from trueline.rule import Examples, Rule

_MADE = "<!-- made from the rule itself: trueline rules --write docs/rules -->\n"


def pages() -> dict[str, str]:
    """Every page of ``docs/rules``: its name and its text."""
    found = {f"{rule.id}.md": page(rule, examples()[rule.id]) for rule in all_rules()}
    return {"README.md": _index(), **found}


def page(rule: Rule[Context], example: Examples) -> str:
    """A rule as a page."""
    return "\n".join(
        (
            f"# {rule.name}\n",
            _MADE,
            f"`{rule.id}`{_needs(rule)}\n",
            f"**Found when.** {rule.condition}\n",
            f"**What goes wrong.** {rule.effect}\n",
            f"**The way out.** {rule.remedy}\n",
            "## With the defect\n",
            *_files(example.bad),
            "## Without\n",
            *_files(example.good),
            f"Allow it in one place: `# trueline: allow {rule.id}: the reason`. See "
            "[the audit](../audit.md#allowing).\n",
        )
    )


def explanation(rule: Rule[Context]) -> str:
    """A rule on a terminal."""
    example = examples()[rule.id].bad
    shown = "\n".join(f"  {path}\n{_indent(text)}" for path, text in example.items())
    return (
        f"{rule.id}: {rule.name}\n\nfound when: {rule.condition}\n\nwhat goes wrong: {rule.effect}\n\n"
        f"the way out: {rule.remedy}\n\nfor example:\n{shown}\n"
    )


def _needs(rule: Rule[Context]) -> str:
    return ", with `--database` only" if "database" in rule.needs else ""


def _index() -> str:
    rows = "".join(f"| [{rule.id}]({rule.id}.md) | {rule.name}{_needs(rule)} |\n" for rule in all_rules())
    return f"# The rules of the audit\n\n{_MADE}\n| Rule | Defect |\n|---|---|\n{rows}"


def _files(files: Mapping[str, str]) -> Iterator[str]:
    for path, text in files.items():
        yield f"`{path}`\n\n```{path.rpartition('.')[2].replace('py', 'python')}\n{text.strip()}\n```\n"


def _indent(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.strip().splitlines())
