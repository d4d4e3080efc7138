"""What refers to what in a file: blocks that are called, taps that are merged, `let`s that something depends on."""

from collections.abc import Iterator

from ...grammar import syntax as s
from ..expressions.free_names import used_names
from ..files.declarations import Declarations
from ..layers import MERGES


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


def reachable_names(declared: Declarations) -> set[str]:
    """Every name that the model and the settings depend on, by way of `let`s too."""
    sections = [section for word, section in declared.sections.items() if word not in ("sweep", "search")]
    nodes = (*declared.blocks.values(), *sections, declared.model, declared.variants, declared.expect)
    waiting = [name for node in nodes if node for name in used_names(node)]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += used_names(declared.lets[name].value) if name in declared.lets else ()
    return reached


def referenced_names(declared: Declarations) -> set[str]:
    """Every name that the declarations use. Being swept does not count as use; being referenced does."""
    nodes = [*declared.blocks.values(), *(let.value for let in declared.lets.values())]
    every = (*nodes, *declared.sections.values(), declared.model, declared.variants, declared.expect)
    return {name for node in every if node for name in used_names(node)}
