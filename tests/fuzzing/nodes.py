"""Splices along the syntax tree: an expression, a step or a setting in the place of another one."""

import random
from collections import defaultdict
from collections.abc import Iterator

from labc.grammar import syntax as s
from labc.grammar.parse import parse
from labc.grammar.source import Source, Span
from labc.grammar.syntax import Node

# All expressions are of one kind, so that values of other types get into a place too.
KINDS: tuple[tuple[type[Node], ...], ...] = (
    (
        *(s.Number, s.Size, s.String, s.Constant, s.Name, s.Unary, s.Binary, s.Comparison, s.Conditional, s.Index),
        *(s.Group, s.Call, s.Sequence),
    ),
    (s.Layer, s.If, s.For, s.Repeat),
    (s.Stack,),
    (s.Chain,),
    (s.Setting,),
    (s.Argument,),
    (s.Claim,),
)
LONGEST = 20_000  # characters


def splice_nodes(draw: random.Random, text: str, other: str) -> str:
    """Put a node of another text, or of the same one, in the place of a node of the same kind.

    A long text stays as it is, because it is parsed without limits.
    """
    if len(text) > LONGEST:
        return text
    places = _spans(text)
    pieces = _spans(draw.choice([text, other]))
    common = [kind for kind in places if kind in pieces]
    if not common:
        return text
    kind = draw.choice(common)
    place, piece = draw.choice(places[kind]), draw.choice(pieces[kind])
    return text[: place.start] + piece.text + text[place.end :]


def _spans(text: str) -> dict[int, list[Span]]:
    """Return the spans of the nodes of each kind."""
    found: dict[int, list[Span]] = defaultdict(list)
    for node in _nodes(parse(Source("seed", text)).file.declarations):
        for kind, classes in enumerate(KINDS):
            if isinstance(node, classes):
                found[kind].append(node.span)
    return found


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)
    elif isinstance(value, Node):
        yield value
        for _, part in value.fields():
            yield from _nodes(part)
