"""The texts that ``trueline init`` writes, each a file in ``templates/`` with ``@name@`` where a value goes."""

from __future__ import annotations

import re
from importlib.resources import files

_PLACE = re.compile(r"@([a-z]+)@")


def render(name: str, **values: str) -> str:
    """The template ``name`` with its values filled in.

    Raises:
        KeyError: the template asks for a value that was not given.
    """
    text = files("trueline.init").joinpath("templates", f"{name}.in").read_text(encoding="utf-8")
    return _PLACE.sub(lambda place: values[place[1]], text)
