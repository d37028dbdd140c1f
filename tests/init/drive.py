"""Runs ``trueline init`` in a folder and looks at what became of it."""

from pathlib import Path

from trueline.init.plan import Plan, plan
from trueline.init.project import look_at
from trueline.init.write import write


def init(directory: Path, models: str | None = None, *, embedded: bool = False) -> Plan:
    planned = plan(look_at(directory, models, embedded=embedded))
    write(planned)
    return planned


def tree(directory: Path) -> dict[str, bytes]:
    return {str(p.relative_to(directory)): p.read_bytes() for p in directory.rglob("*") if p.is_file()}


def created(planned: Plan) -> set[str]:
    return {str(file.path) for file in planned.files}


def advice(planned: Plan, path: str) -> str:
    return "\n".join(each.lines for each in planned.by_hand if str(each.path) == path)
