"""The names that a file refers to: blocks in model stacks, taps in merges, and `let`s in values."""

from collections.abc import Iterable, Iterator, Mapping

from ...grammar import syntax as s
from ..expressions.free_names import used_names
from ..files.declarations import Declarations
from ..layers import MERGES


def called_names(stack: s.Stack) -> Iterator[str]:
    """Yield the names of the layers and blocks that a stack contains."""
    for chain in stack.chains:
        for step in chain.steps if isinstance(chain, s.Chain) else ():
            if isinstance(step, s.Layer):
                yield step.name.id
            for body in _bodies(step):
                yield from called_names(body)


def merged_names(stack: s.Stack, conditional: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the name of each tap that a merge of the stack takes, and whether the merge is inside an `if`."""
    for chain in stack.chains:
        for step in chain.steps if isinstance(chain, s.Chain) else ():
            if isinstance(step, s.Layer) and step.name.id in MERGES:
                for argument in step.arguments:
                    yield from ((name, conditional) for name in used_names(argument.value))
            for body in _bodies(step):
                yield from merged_names(body, conditional or isinstance(step, s.If))


def _bodies(step: s.Step) -> Iterator[s.Stack]:
    """Yield the stacks directly inside a step: the body of a block or loop, or all branches of an `if`."""
    if step.body:
        yield step.body
    while isinstance(step, s.If) and isinstance(step.otherwise, s.If):
        step = step.otherwise
        yield step.body
    if isinstance(step, s.If) and isinstance(step.otherwise, s.Stack):
        yield step.otherwise


def reachable_names(declared: Declarations) -> set[str]:
    """Return every name that the model and the settings use, directly or through the values of `let`s."""
    sections = [section for word, section in declared.sections.items() if word not in ("sweep", "search")]
    nodes = (*declared.blocks.values(), *sections, declared.model, declared.variants, declared.expect)
    return names_through_lets((name for node in nodes if node for name in used_names(node)), declared.lets)


def model_names(declared: Declarations) -> frozenset[str]:
    """Return every name that the stacks of the model and of the blocks use."""
    nodes = (*declared.blocks.values(), declared.model)
    return frozenset(name for node in nodes if node for name in used_names(node))


def names_through_lets(names: Iterable[str], lets: Mapping[str, s.Let]) -> set[str]:
    """Return the names, and every name that they use through the values of `let`s."""
    waiting, reached = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += used_names(lets[name].value) if name in lets else ()
    return reached


def referenced_names(declared: Declarations) -> set[str]:
    """Return every name that is used in the declarations. To list values for a `let` in `sweep` is not a use of it."""
    nodes = [*declared.blocks.values(), *(let.value for let in declared.lets.values())]
    every = (*nodes, *declared.sections.values(), declared.model, declared.variants, declared.expect)
    return {name for node in every if node for name in used_names(node)}
