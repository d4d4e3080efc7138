"""Finds the names that an expression or a section uses."""

from collections.abc import Iterator

from ...grammar import syntax as s

_GIVEN = {"name", "names", "key", "keyword"}  # fields that define a name, and do not use one


def used_names(node: s.Node) -> Iterator[str]:
    """Yield every name that the expressions inside a node use, in the order of the text."""
    if isinstance(node, s.Name):
        yield node.id
        return
    for field, value in node.fields():
        if field not in _GIVEN:
            yield from _used_in(value)


def _used_in(value: object) -> Iterator[str]:
    if isinstance(value, s.Node):
        yield from used_names(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _used_in(item)
