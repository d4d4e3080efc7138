"""`value_class` does what Python's frozen dataclasses do, except that a field can be set at run time."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labc.grammar.value_class import value_class


def _pair(name: str, fields: dict[str, Any], slots: bool) -> tuple[type[Any], type[Any]]:
    """Return a class of these fields as a value class, and as a frozen dataclass."""

    def bare() -> type[Any]:
        defaults = {key: value for key, value in fields.items() if value is not None}
        return type(name, (), {"__annotations__": dict.fromkeys(fields, int), **defaults})

    return value_class(slots=slots)(bare()), dataclass(frozen=True, slots=slots)(bare())


@pytest.mark.parametrize("slots", [False, True])
@given(one=st.tuples(st.integers(0, 1), st.integers(0, 1)), other=st.tuples(st.integers(0, 1), st.integers(0, 1)))
def test_equal_hashed_shown_and_replaced_as_a_frozen_dataclass(
    slots: bool, one: tuple[int, int], other: tuple[int, int]
) -> None:
    ours, frozen = _pair("Point", {"x": None, "y": field(default=0, compare=False, repr=False)}, slots)
    assert (ours(*one) == ours(*other)) is (frozen(*one) == frozen(*other))
    assert (hash(ours(*one)) == hash(ours(*other))) is (hash(frozen(*one)) == hash(frozen(*other)))
    assert repr(ours(*one)).rpartition(".")[2] == repr(frozen(*one)).rpartition(".")[2]
    assert repr(replace(ours(*one), x=7)) == repr(ours(7, one[1]))
    assert hasattr(ours(*one), "__dict__") is not slots


@pytest.mark.parametrize("fields", [{}, {"x": None}])
def test_with_few_fields(fields: dict[str, Any]) -> None:
    ours, other = _pair("Small", fields, False)[0], _pair("Small", fields, False)[0]
    values = [3] * len(fields)
    assert ours(*values) == ours(*values)
    assert hash(ours(*values)) == hash(ours(*values))
    assert ours(*values) != other(*values)  # another class of the same name


def test_a_class_keeps_its_own_repr() -> None:
    @value_class
    class Short:
        text: str

        def __repr__(self) -> str:
            return f"<{self.text}>"

    assert repr(Short("a")) == "<a>"
