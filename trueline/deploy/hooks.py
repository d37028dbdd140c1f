"""Callables of the project's own, once per run, while the lock is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from sqlalchemy import Connection

from trueline.errors import TruelineError


@dataclass(frozen=True, slots=True)
class Deploy:
    """What a hook is told.

    Attributes:
        connection: to the database, outside of a transaction; the hook commits what it does itself.
        command: ``upgrade`` or ``downgrade``.
        revisions: those that are to be run, or were; none where the database is already there.
        outcome: before the run ``pending``.
        error: why it failed.
    """

    connection: Connection
    command: str
    revisions: tuple[str, ...]
    outcome: Literal["pending", "done", "failed"] = "pending"
    error: BaseException | None = None


def call(hooks: Sequence[str], setting: str, deploy: Deploy) -> None:
    """Call each, in order.

    Args:
        hooks: as ``package.module:function``.
        setting: where they are named, for errors.
        deploy: what they get.

    Raises:
        TruelineError: there is none of that name.
    """
    for hook in hooks:
        _find(hook, setting)(deploy)
        # What a hook has left open would become part of the first revision.
        if deploy.connection.in_transaction():
            deploy.connection.rollback()


def _find(hook: str, setting: str) -> Any:
    module, _, name = hook.partition(":")
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise _wrong(hook, setting, str(error)) from None
    if not callable(found):
        raise _wrong(hook, setting, f"{name} is {type(found).__name__}, and no function")
    return found


def _wrong(hook: str, setting: str, why: str) -> TruelineError:
    return TruelineError(
        f"{setting} names {hook!r}, and that cannot be called: {why}",
        where="[tool.trueline]",
        fix=f'{setting} = ["app.hooks:{setting}"]   # def {setting}(deploy: trueline.deploy.hooks.Deploy) -> None',
    )
