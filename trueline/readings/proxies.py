"""The modules `alembic.op` and `alembic.context` while another migration runs inside of a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext


@contextmanager
def proxies_kept() -> Iterator[None]:
    """Give both modules back to whom they belonged, or to nobody: a nested user takes them away when it ends.

    https://github.com/sqlalchemy/alembic/blob/main/alembic/util/langhelpers.py: ``ModuleClsProxy``.
    """
    before = {cls: _owner(cls) for cls in (Operations, EnvironmentContext)}
    try:
        yield
    finally:
        for cls, owner in before.items():
            left = _owner(cls)
            if left is not None and left is not owner:
                left._remove_proxy()
            if owner is not None:
                owner._install_proxy()


def _owner(cls: type[Any]) -> Any:
    """The object whose methods the module hands on; Alembic has one module for each class."""
    modules = cls._setups[cls][1]
    return modules[0][0].get("_proxy")
