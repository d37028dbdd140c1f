"""A revision with no way back."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.source.revisions import revisions
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "revision-without-downgrade"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each revision that does something and undoes nothing."""
    for revision in revisions(context.project):
        functions = {each.name: each for each in revision.module.functions}
        up, down = functions.get("upgrade"), functions.get("downgrade")
        if up is None or up.empty or (down is not None and not down.empty):
            continue
        what = (
            f"revision {revision.id} has no downgrade" if down is None else f"the downgrade of {revision.id} is empty"
        )
        place = revision.module.place((down or up).line, f"revision {revision.id}")
        yield Finding(ID, what, place, "write in downgrade() what undoes upgrade(), last step first", "warning")


RULE = Rule(
    ID,
    "A revision has no downgrade",
    "`upgrade` does something, and `downgrade` is missing, empty, or only says that it is not implemented.",
    "A deploy that goes wrong cannot be taken back; `alembic downgrade` says that all is well and leaves the schema "
    "as it is.",
    "Write the downgrade; where data is lost for good, say so in a comment and suppress this with the reason.",
    check,
)

_UP = """
from alembic import op
import sqlalchemy as sa

revision = "a1"
down_revision = None

def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer, primary_key=True))

def downgrade():
"""

EXAMPLES = Examples(
    bad={"migrations/versions/a1_users.py": _UP + "    pass\n"},
    good={"migrations/versions/a1_users.py": _UP + '    op.drop_table("users")\n'},
)
