"""What ``trueline init`` says: what it did, what it left alone, and what to do next."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import indent

from trueline.init.parts import ByHand
from trueline.init.plan import Plan


def report(plan: Plan, *, dry_run: bool = False, cwd: Path | None = None) -> str:
    """The whole text; ``cwd`` is the folder that the user is in."""
    would = "would be " if dry_run else ""
    blocks = [
        "" if plan.files or plan.additions else "nothing to create: everything is there",
        _block(f"{would}created", ((str(file.path), file.purpose) for file in plan.files)),
        _block(f"{would}added to", ((str(each.path), each.purpose) for each in plan.additions)),
        _block("kept as they are", ((str(path), "") for path in plan.kept)),
        "\n\n".join(_by_hand(each) for each in plan.by_hand),
        "next\n" + "\n".join(f"  {number}. {step}" for number, step in enumerate(_steps(plan, cwd or Path.cwd()), 1)),
    ]
    return "\n\n".join(filter(None, blocks))


def _block(title: str, rows: Iterable[tuple[str, str]]) -> str:
    rows = list(rows)
    width = max((len(name) for name, _ in rows), default=0)
    return "\n".join([title, *(f"  {name:<{width}}  {remark}".rstrip() for name, remark in rows)]) if rows else ""


def _by_hand(change: ByHand) -> str:
    return f"to change by hand: {change.path}\n  {change.what}:\n\n{indent(change.lines.strip(), '    ')}"


def _steps(plan: Plan, cwd: Path) -> Iterator[str]:
    """Commands to type, in order."""
    project = plan.project
    if project.directory != cwd:
        yield f"cd {shlex.quote(str(project.directory))}"
    if plan.by_hand:
        yield "make the changes above"
    yield "pip install 'trueline[embedded]'   # and add it to the project's dependencies"
    if not project.embedded:
        yield (
            "export DATABASE_URL=postgresql://user:password@host:5432/database\n"
            "     # or set embedded = true in pyproject.toml, [tool.trueline]"
        )
    if any((project.directory / project.migrations / "versions").glob("*.py")):
        yield "alembic upgrade head"
    yield 'alembic revision --autogenerate -m "what changes"'
    yield "alembic upgrade head"
    yield "./scripts/check   # the same gate that CI runs"
