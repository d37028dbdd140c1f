"""Questions to whoever sits at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable


def asker() -> Callable[[str], bool] | None:
    """What asks a yes-or-no question; None where nobody could answer."""
    return _ask if sys.stdin.isatty() and sys.stderr.isatty() else None


def _ask(question: str) -> bool:
    # Only here, because it costs a tenth of a second.
    from rich.console import Console
    from rich.prompt import Confirm

    return Confirm.ask(question, default=False, console=Console(stderr=True))
