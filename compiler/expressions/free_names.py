"""Which names a tree uses, apart from those it gives; and which taps its merges name."""

from collections.abc import Iterator

from ...grammar import syntax as s
from ..layers import MERGES

_GIVEN = {"name", "names", "key", "keyword"}  # fields that name a thing, rather than use a name


def used_names(node: s.Node) -> Iterator[str]:
    """Every bare name in the expressions below a node, in the order of the text."""
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


def called_names(stack: s.Stack) -> Iterator[str]:
    """The names of the layers and blocks that a stack calls."""
    for chain in stack.chains:
        for step in chain.steps if isinstance(chain, s.Chain) else ():
            if isinstance(step, s.Layer):
                yield step.name.id
            for body in _bodies(step):
                yield from called_names(body)


def merged_names(stack: s.Stack, conditional: bool = False) -> Iterator[tuple[str, bool]]:
    """The names of the taps that a stack's merges take, each with whether an `if` stands around the merge."""
    for chain in stack.chains:
        for step in chain.steps if isinstance(chain, s.Chain) else ():
            if isinstance(step, s.Layer) and step.name.id in MERGES:
                for argument in step.arguments:
                    yield from ((name, conditional) for name in used_names(argument.value))
            for body in _bodies(step):
                yield from merged_names(body, conditional or isinstance(step, s.If))


def _bodies(step: s.Step) -> Iterator[s.Stack]:
    """The stacks that stand directly in a step."""
    if step.body:
        yield step.body
    while isinstance(step, s.If) and isinstance(step.otherwise, s.If):
        step = step.otherwise
        yield step.body
    if isinstance(step, s.If) and isinstance(step.otherwise, s.Stack):
        yield step.otherwise
