"""What one statement makes, with its parts, as SQL: one function per way in which parts are said."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from trueline.catalog.objects import Defined
from trueline.catalog.objects.defined import Parts
from trueline.catalog.render.words import name as quoted
from trueline.catalog.render.words import noun

#: Parts of foreign objects that are options: `option host` is called ``host``.
OPTION = "option "


def defined(thing: Defined) -> Iterator[str]:
    """The statements that make it; parts without a name are such as follow the first."""
    if thing.parts and not thing.parts[0][0]:
        yield from (thing.definition, *(text for _, text in thing.parts))
        return
    yield from _BY_KIND.get(thing.kind, _plain)(thing)


def _plain(thing: Defined) -> Iterator[str]:
    yield thing.definition


def _in_parentheses(thing: Defined) -> Iterator[str]:
    listed = ", ".join(assigned(name, value) for name, value in thing.parts)
    yield f"{thing.definition} ({listed})" if listed else thing.definition


def assigned(name: str, value: str) -> str:
    """``name = value``, or the name of what is just there."""
    return f"{name} = {value}" if value else name


def _class(thing: Defined) -> Iterator[str]:
    listed = ",\n    ".join(member(name, value) for name, value in thing.parts)
    yield f"{thing.definition} AS\n    {listed}" if listed else thing.definition


def member(name: str, value: str) -> str:
    """What is added to a class or family: an operator tells its types by itself."""
    return f"{name.partition(' (')[0] if name.startswith('OPERATOR ') else name} {value}"


def _family(thing: Defined) -> Iterator[str]:
    yield thing.definition
    if thing.parts:
        yield f"ALTER {noun(thing.key)} ADD\n    " + ",\n    ".join(member(*part) for part in thing.parts)


def _configuration(thing: Defined) -> Iterator[str]:
    yield thing.definition
    for tokens, dictionaries in mappings(thing.parts):
        yield f"ALTER {noun(thing.key)} ADD MAPPING FOR {tokens} WITH {dictionaries}"


def mappings(parts: Parts) -> Iterator[tuple[str, str]]:
    """Types of tokens with the same dictionaries together."""
    for dictionaries in dict.fromkeys(value for _, value in parts):
        yield ", ".join(token for token, value in parts if value == dictionaries), dictionaries


def _foreign(thing: Defined) -> Iterator[str]:
    words, options = foreign_words(thing.parts), foreign_options(thing.parts)
    text = thing.definition + "".join(f" {word} {value}" for word, value in words)
    yield f"{text} OPTIONS ({', '.join(f'{quoted(key)} {value}' for key, value in options)})" if options else text


def foreign_words(parts: Parts) -> Parts:
    """Those that are no options."""
    return tuple(part for part in parts if not part[0].startswith(OPTION))


def foreign_options(parts: Parts) -> Parts:
    """Those that are, by their own name."""
    return tuple((name.removeprefix(OPTION), value) for name, value in parts if name.startswith(OPTION))


def _publication(thing: Defined) -> Iterator[str]:
    published, options = publication_objects(thing.parts), publication_options(thing.parts)
    text = f"{thing.definition} FOR {published}" if published else thing.definition
    yield f"{text} WITH ({', '.join(assigned(*part) for part in options)})" if options else text


def publication_objects(parts: Parts) -> str:
    """Tables and schemas, as they follow FOR, SET and ADD."""
    return ", ".join(f"{name} {value}".rstrip() for name, value in parts if name.startswith("TABLE"))


def publication_options(parts: Parts) -> Parts:
    """What is published of them, and how."""
    return tuple(part for part in parts if not part[0].startswith("TABLE"))


#: When an event trigger fires, by the word for it.
FIRES = {"origin": "ENABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS", "disabled": "DISABLE"}


def _event_trigger(thing: Defined) -> Iterator[str]:
    yield thing.definition
    for _, enabled in thing.parts:
        yield f"ALTER {noun(thing.key)} {FIRES[enabled]}"


_BY_KIND: dict[str, Callable[[Defined], Iterator[str]]] = {
    "collation": _in_parentheses,
    "text_search_parser": _in_parentheses,
    "text_search_template": _in_parentheses,
    "text_search_dictionary": _in_parentheses,
    "text_search_configuration": _configuration,
    "operator": _in_parentheses,
    "operator_class": _class,
    "operator_family": _family,
    "foreign_data_wrapper": _foreign,
    "server": _foreign,
    "publication": _publication,
    "event_trigger": _event_trigger,
}
