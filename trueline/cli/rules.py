"""``trueline rules`` and ``trueline explain``: what the audit looks for."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from trueline.audit.pages import explanation, pages
from trueline.audit.rules import all_rules
from trueline.errors import TruelineError


def rules(
    write: Annotated[Path | None, typer.Option(help="Write a page for each rule into this folder instead.")] = None,
) -> None:
    """List the rules of the audit."""
    if write is None:
        width = max(len(rule.id) for rule in all_rules())
        print("\n".join(f"{rule.id:<{width}}  {rule.name}" for rule in all_rules()))
        return
    try:
        write.mkdir(parents=True, exist_ok=True)
        for name, text in pages().items():
            (write / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise TruelineError(f"the pages cannot be written: {error.strerror}", where=str(write)) from None
    print(f"wrote {len(pages())} pages to {write}")


def explain(rule: Annotated[str, typer.Argument(help="Its id, as trueline rules lists it.")]) -> None:
    """Say when a rule finds something, what goes wrong then, and the way out."""
    known = {each.id: each for each in all_rules()}
    if rule not in known:
        near = get_close_matches(rule, known, n=1)
        fix = f"trueline explain {near[0]}" if near else "trueline rules   # lists all of them"
        raise TruelineError(f"there is no rule {rule!r}", fix=fix)
    print(explanation(known[rule]), end="")
