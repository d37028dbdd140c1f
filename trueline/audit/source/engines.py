"""Where a project's tests run, as far as their text tells."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.source.project import Project
from trueline.audit.source.values import text_of
from trueline.finding import Place


def sqlite_in_tests(project: Project) -> Iterator[Place]:
    """Lines of tests that name a database of SQLite."""
    for module in project.modules:
        if module.role != "test":
            continue
        for call in module.calls:
            address = project.names.literal(call.args[0]) if call.args else None
            if call.last in {"create_engine", "create_async_engine"} and _is_sqlite(text_of(address)):
                yield module.place(call.line)
        for each in module.assigned:
            if _is_sqlite(text_of(each.value)):
                yield module.place(each.line)


def _is_sqlite(text: str | None) -> bool:
    return text is not None and text.startswith(("sqlite:", "sqlite+"))
