"""Nodes are records: made whole, never changed."""

import pytest

from labc.grammar.source import Source
from labc.grammar.syntax import Name, Number

PLACE = Source("test.lab", "8deg").span(0, 4)


def test_the_fields_of_the_base_come_first() -> None:
    number = Number(PLACE, 8, "deg")
    assert (number.span, number.value, number.unit) == (PLACE, 8, "deg")
    assert repr(Name(PLACE, "x")).endswith("id='x')")


def test_a_node_is_frozen() -> None:
    with pytest.raises(AttributeError, match=r"Name\.id cannot be set"):
        Name(PLACE, "x").id = "y"  # type: ignore[misc]


def test_a_node_has_all_its_fields_and_no_others() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Number(PLACE, 8)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="longer"):
        Name(PLACE, "x", "y")  # type: ignore[call-arg]


def test_a_replaced_field_leaves_the_first_node_alone() -> None:
    first = Number(PLACE, 8, "deg")
    second = first.replace(value=9)
    assert (first.value, second.value, second.unit, second.span) == (8, 9, "deg", PLACE)
    with pytest.raises(ValueError, match="longer"):
        first.replace(size=9)
