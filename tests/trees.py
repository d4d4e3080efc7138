"""Syntax trees as plain data, for tests that compare two texts."""

from typing import Any

from labc.grammar.source import Span
from labc.grammar.syntax import Node


def bare_tree(value: Any) -> Any:
    """Return a tree without its places."""
    if isinstance(value, tuple):
        return [bare_tree(item) for item in value]
    if isinstance(value, Node):
        parts = list(value.fields())
        return [type(value).__name__, *((name, bare_tree(part)) for name, part in parts if not isinstance(part, Span))]
    return value
