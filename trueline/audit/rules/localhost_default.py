"""A connection that leads to the machine itself unless something else is said."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "localhost-default"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each such default, tests and revisions aside."""
    for module in context.project.modules:
        for host in module.hosts if module.role in {"code", "env"} else ():
            # The address itself is not told: it may hold a password.
            what = (
                f"{host.name} is localhost unless it is set"
                if host.name
                else "an address of PostgreSQL names localhost"
            )
            fix = f'os.environ["{host.name.upper()}"]' if host.name else 'os.environ["DATABASE_URL"]'
            yield Finding(ID, what, module.place(host.line), fix, "warning")


RULE = Rule(
    ID,
    "A connection falls back to localhost",
    "The default of a variable or setting that names a database's host or address, or an address in the code, is this "
    "machine.",
    "In a container that is the container itself: the application looks for its database where there is none, or "
    "finds a "
    "wrong one, and does not say that the variable was missing.",
    "Have no default: an error that names the variable is the better message.",
    check,
)

EXAMPLES = Examples(
    bad={"app/settings.py": 'import os\n\nPOSTGRES_HOST = os.getenv("POSTGRES_HOST", "localhost")\n'},
    good={"app/settings.py": 'import os\n\nPOSTGRES_HOST = os.environ["POSTGRES_HOST"]\n'},
)
