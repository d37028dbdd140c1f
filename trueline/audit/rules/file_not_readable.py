"""A file that is not what its name says."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "file-not-readable"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each file that could not be read or parsed."""
    for each in context.project.unreadable:
        fix = (
            f"python -m py_compile {each.place.file}" if each.place.file.endswith(".py") else f"file {each.place.file}"
        )
        yield Finding(ID, f"{each.place.file} could not be looked at: {each.why}", each.place, fix)


RULE = Rule(
    ID,
    "A file cannot be read",
    "A file called `.py` is not Python, one called `.py` or `.sql` is not in UTF-8 or the encoding that it names, or "
    "the system does not let it be opened.",
    "What it declares is missing from everything that is said here; Python cannot import it either.",
    "Correct the file, or leave it out by `exclude` in `[tool.trueline]`.",
    check,
)

EXAMPLES = Examples(
    bad={"app/models.py": "class User(\n    name = 1\n"},
    good={"app/models.py": "class User:\n    name = 1\n"},
)
