"""Nodes of the syntax tree: typed, frozen for type checkers, compared by identity."""

import pickle
from dataclasses import replace

import pytest

from labc.grammar.source import Source
from labc.grammar.syntax import Let, Name, Number

SPAN = Source("test.lab", "8deg").span(0, 4)


def test_the_fields_of_the_base_come_first() -> None:
    number = Number(SPAN, 8, "deg")
    assert list(number.fields()) == [("span", SPAN), ("value", 8), ("unit", "deg")]


def test_a_node_is_shown_without_its_places() -> None:
    let = Let(SPAN, Name(SPAN, "angle"), Number(SPAN, 8, "deg"))
    assert repr(let) == "Let(name=Name(id='angle'), value=Number(value=8, unit='deg'))"


def test_a_node_can_be_matched_by_position() -> None:
    match Number(SPAN, 8, "deg"):
        case Number(span, value, unit):
            assert (span, value, unit) == (SPAN, 8, "deg")


def test_type_checkers_refuse_to_change_a_node() -> None:
    Name(SPAN, "x").id = "y"  # type: ignore[misc]  # mypy reports an unused ignore if nodes are not frozen for it


def test_a_node_has_all_its_fields_and_no_others() -> None:
    with pytest.raises(TypeError, match="unit"):
        Number(SPAN, 8)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="positional"):
        Name(SPAN, "x", "y")  # type: ignore[call-arg]
    with pytest.raises(AttributeError, match="size"):
        Name(SPAN, "x").size = 3  # type: ignore[attr-defined]


def test_a_replaced_field_leaves_the_first_node_alone() -> None:
    first = Number(SPAN, 8, "deg")
    second = replace(first, value=9)
    assert (first.value, second.value, second.unit, second.span) == (8, 9, "deg", SPAN)
    with pytest.raises(TypeError, match="size"):
        replace(first, size=9)  # type: ignore[call-arg]


def test_nodes_are_compared_by_identity() -> None:
    first, second = Name(SPAN, "x"), Name(SPAN, "x")
    assert first != second
    assert len({first, second}) == 2


def test_a_node_can_be_sent_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(Number(SPAN, 8, "deg")))
    assert (copy.value, copy.unit, copy.span.text) == (8, "deg", "8deg")
