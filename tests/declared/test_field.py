"""`Field` and the names of what it can leave unenforced."""

import pytest
from pydantic import ValidationError

from trueline import Field, Model
from trueline.declared.field import RULES, Unenforced, UnknownRuleError, rules


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (True, frozenset(RULES)),
        ("all", frozenset(RULES)),
        (False, frozenset()),
        ((), frozenset()),
        ("range", {"range"}),
        (["range", "comment"], {"range", "comment"}),
    ],
)
def test_rules_are_named_singly_together_or_all_at_once(given: object, expected: frozenset[str]) -> None:
    """``unenforced`` takes one name, several, or everything."""
    assert rules(given) == expected  # type: ignore[arg-type]  # the point is what it is given


def test_unknown_rules_are_refused_with_those_that_exist() -> None:
    """An unknown name is an error that lists the known ones and suggests the nearest."""
    with pytest.raises(UnknownRuleError) as caught:
        Field(unenforced={"ranges"})
    assert "'ranges'" in str(caught.value)
    assert 'unenforced={"range"}' in str(caught.value)
    assert all(rule in str(caught.value) for rule in RULES)


@pytest.mark.parametrize("name", ["pattern", "regex"])
def test_patterns_are_validated_by_python_too(name: str) -> None:
    """``pattern`` and ``regex`` both reach pydantic, which SQLModel's own ``regex`` does not."""
    field = Field(**{name: "^a+$"})  # type: ignore[arg-type]  # the name is the parameter

    class Code(Model):
        value: str = field

    assert Code(value="aa").value == "aa"
    with pytest.raises(ValidationError):
        Code(value="b")


def test_the_mark_is_left_among_the_constraints() -> None:
    """A field remembers what it leaves unenforced."""
    assert Unenforced(frozenset({"range"})) in Field(ge=0, unenforced={"range"}).metadata


def test_a_schema_extra_of_the_caller_is_not_changed() -> None:
    """The dictionary that is passed as ``schema_extra`` stays as it was."""
    extra = {"examples": ["a"]}
    assert Field(schema_extra=extra, pattern="a").examples == ["a"]
    assert extra == {"examples": ["a"]}
