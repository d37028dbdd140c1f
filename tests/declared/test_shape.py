"""Annotations without their wrapping."""

from decimal import Decimal
from typing import Annotated, Any, Literal, NewType, Optional, Union

import annotated_types as at
import pytest
from pydantic import PositiveInt, StringConstraints, condecimal, conint, constr
from typing_extensions import TypeAliasType

from trueline import Field
from trueline.declared.shape import Rules, choices, read

UserId = NewType("UserId", int)
Percent = TypeAliasType("Percent", Annotated[int, at.Interval(ge=0, le=100)])


@pytest.mark.parametrize(
    ("annotation", "base", "optional", "rules"),
    [
        (int, int, False, Rules()),
        (int | None, int, True, Rules()),
        (Optional[int], int, True, Rules()),  # noqa: UP045 - the older spelling is what is tested
        (Union[None, str], str, True, Rules()),  # noqa: UP007 - the older spelling is what is tested
        (PositiveInt, int, False, Rules(gt=0)),
        (conint(ge=1, multiple_of=3), int, False, Rules(ge=1, multiple_of=3)),
        (Annotated[int, Field(ge=3)] | None, int, True, Rules(ge=3)),
        (Annotated[Annotated[int, at.Ge(1)], at.Ge(4)], int, False, Rules(ge=4)),
        (constr(min_length=1, max_length=4, pattern="^a"), str, False, Rules(min_length=1, max_length=4, pattern="^a")),
        (Annotated[str, StringConstraints(max_length=9)], str, False, Rules(max_length=9)),
        (Annotated[str, at.Len(2, 5)], str, False, Rules(min_length=2, max_length=5)),
        (condecimal(max_digits=5, decimal_places=2), Decimal, False, Rules(max_digits=5, decimal_places=2)),
        (UserId, int, False, Rules()),
        (Percent, int, False, Rules(ge=0, le=100)),
        (Percent | None, int, True, Rules(ge=0, le=100)),
        (list[str], list[str], False, Rules()),
    ],
)
def test_wrapping_is_taken_off(annotation: Any, base: Any, optional: bool, rules: Rules) -> None:
    """The bare type, whether None is allowed, and every constraint are found however they are written."""
    shape = read(annotation)
    assert (shape.base, shape.optional, shape.rules) == (base, optional, rules)


def test_literals_in_a_union_are_one_choice() -> None:
    """``Literal["a"] | Literal["b"] | None`` is a choice of two, or None."""
    shape = read(Literal["a"] | Literal["b"] | None)
    assert choices(shape.base) == ["a", "b"]
    assert shape.optional


def test_none_among_a_literals_values_is_no_choice() -> None:
    """None within a ``Literal`` is not one of its values."""
    assert choices(Literal["a", None]) == ["a"]


def test_the_tighter_of_two_bounds_holds() -> None:
    """Bounds of the type and of the field apply together."""
    shape = read(Annotated[int, at.Ge(3), at.Le(9)], [at.Ge(1), at.Le(5)])
    assert (shape.rules.ge, shape.rules.le) == (3, 5)


def test_what_is_unenforced_is_found_within_annotated() -> None:
    """A field inside ``Annotated`` tells what it leaves out as well."""
    assert read(Annotated[int, Field(ge=3, unenforced="range")] | None).unenforced == {"range"}
