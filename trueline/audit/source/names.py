"""Names across modules: from where one was imported back to where it is defined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from trueline.audit.source.facts import Attribute, Class, Module
from trueline.audit.source.values import Const, Name, Value

#: Imports of imports that are followed; a circle ends there.
_MOST = 12


class Names:
    """The modules of a project by name, and what they define."""

    def __init__(self, modules: Iterable[Module]) -> None:
        self.modules: Mapping[str, Module] = {module.name: module for module in modules}
        self._classes = {each.path: each for module in self.modules.values() for each in module.classes}
        self._suffixes = _suffixes(self.modules)

    def module(self, name: str) -> Module | None:
        """The module of that name, or the only one whose name ends so: not every import starts at the root."""
        return self.modules.get(name) or self.modules.get(self._suffixes.get(name, ""))

    def resolve(self, path: str, _left: int = _MOST) -> str:
        """The name under which a thing is defined, however it was imported."""
        for head, tail in _splits(path):
            module = self.module(head)
            if module is None or not tail:
                continue
            first, _, rest = tail.partition(".")
            own = f"{module.name}.{first}"
            if own in self._classes or module.assignment(first):
                return f"{own}.{rest}" if rest else own
            if _left and first in module.aliases and module.aliases[first] != path:
                return self.resolve(".".join(filter(None, (module.aliases[first], rest))), _left - 1)
            return self._through_stars(module, tail, _left) or path
        return path

    def _through_stars(self, module: Module, tail: str, left: int) -> str | None:
        for star in module.stars if left else ():
            found = self.resolve(f"{star}.{tail}", left - 1)
            if self.class_(found) or self.assigned(found):
                return found
        return None

    def within(self, module: Module, path: str) -> str:
        """`resolve` for a name as a module uses it: what it knows by ``from x import *`` included."""
        found = self.resolve(path)
        return found if "." in found else self._through_stars(module, path, _MOST) or found

    def class_(self, path: str) -> Class | None:
        """The class that is defined under a name."""
        return self._classes.get(path)

    def assigned(self, path: str) -> Attribute | None:
        """What a name of a module is set to."""
        head, _, name = path.rpartition(".")
        module = self.module(head)
        return module.assignment(name) if module else None

    def literal(self, value: Value | None) -> Value | None:
        """A name of a constant as what it stands for."""
        if isinstance(value, Name):
            found = self.assigned(self.resolve(value.path))
            if found is not None and isinstance(found.value, Const):
                return found.value
        return value


def _splits(path: str) -> Iterator[tuple[str, str]]:
    """``a.b.c``: ``a.b`` and ``c``, then ``a`` and ``b.c``."""
    parts = path.split(".")
    for at in range(len(parts) - 1, 0, -1):
        yield ".".join(parts[:at]), ".".join(parts[at:])


def _suffixes(modules: Mapping[str, Module]) -> dict[str, str]:
    """Ends of names that only one module has."""
    found: dict[str, list[str]] = {}
    for name in modules:
        parts = name.split(".")
        for at in range(1, len(parts)):
            found.setdefault(".".join(parts[at:]), []).append(name)
    return {end: names[0] for end, names in found.items() if len(names) == 1}
