"""Stacks: steps drawn one after the other, each for the shape that the ones before it leave."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from labc.compiler.layers import MERGES
from labc.compiler.layers.shapes import Shape, size
from labc.compiler.pipeline import compile_source
from labc.grammar.source import Source

from .draft import Draft
from .layers import LARGEST

DEEPEST = 3
MOST_LAYERS = 40


@dataclass
class Context:
    """What stands at the top of the file: declarations that a stack may use and add to."""

    lets: list[str] = field(default_factory=list)
    lists: dict[str, list[int]] = field(default_factory=dict)  # the `let`s that hold lists
    words: list[str] = field(default_factory=list)  # the `let`s that hold an activation
    blocks: dict[str, str] = field(default_factory=dict)
    reusable: dict[str, str] = field(default_factory=dict)  # a call for each block that may be called again
    built_in: dict[str, int] = field(default_factory=dict)  # `classes` and `channels`, if there is data


@dataclass
class Stack:
    """Steps, and the shape after them. `taps` has the shapes of the named tensors by the text that names them."""

    draft: Draft
    context: Context
    shape: Shape
    depth: int = 0
    chains: list[str] = field(default_factory=list)
    taps: dict[str, Shape] = field(default_factory=dict)

    def inner(self, names: dict[str, int] | None = None) -> "Stack":
        """An empty stack in the place of a body, where `names` are in reach too."""
        reach = {**self.draft.names, **(names or {})}
        return Stack(self.draft.within(reach), self.context, self.shape, self.depth + 1)

    def after(self, text: str) -> Shape | None:
        """The shape after a step, None if it is refused or makes the model too large.

        What stands behind the step keeps two output activations from meeting at the end.
        """
        names = {**self.context.built_in, **self.draft.names}
        known = {line.split()[1] for line in self.context.lets}
        lets = [*self.context.lets, *(f"let {name} = {value}" for name, value in names.items() if name not in known)]
        shape = f"({', '.join(map(str, self.shape))},)"
        model = f"model {{\ninput({shape})\n{text}\nrescale(1)\n}}\n"
        source = Source("part.lab", "\n".join([*lets, *self.context.blocks.values(), model]))
        experiment = compile_source(source).experiment
        if experiment is None:
            return None
        graph = experiment.graph
        largest = max(size(node.output) for node in graph.nodes)
        fits = largest <= 8 * LARGEST and graph.parameters < 100_000 and len(graph.nodes) <= MOST_LAYERS
        return graph.output if fits else None

    def take(self, kind: str, text: str) -> bool:
        """Add a step if it is sound."""
        after = self.after(text)
        if after is None:
            self.draft.note("refused")
            return False
        self.draft.note(kind)
        self.put(text, after)
        return True

    def put(self, text: str, shape: Shape) -> None:
        self.chains.append(text)
        self.shape = shape


def joined(draft: Draft, chains: Sequence[str]) -> list[str]:
    """Chains on lines of their own, or joined by arrows: on one line, or with the arrow at the start of the next."""
    lines: list[str] = []
    for chain in chains:
        arrow = draft.pick(["", "", " -> ", "\n  -> "]) if lines else ""
        if arrow:
            lines[-1] += arrow + chain
        else:
            lines.append(chain)
    return lines


def body(draft: Draft, chains: Sequence[str]) -> str:
    """`{ … }`, on one line where that is possible and sometimes where it is not pretty."""
    lines = joined(draft, chains)
    if not lines:
        return "{ }"
    if len(lines) == 1 and draft.chance(2):
        return f"{{ {lines[0]} }}"
    comment = "  # a comment\n" if draft.chance(6) else "\n"
    inside = "\n".join(lines).replace("\n", "\n  ")
    return f"{{{comment}  {inside}\n}}"


def merged_shape(word: str, shape: Shape, others: Sequence[Shape]) -> Shape:
    """The shape that leaves a merge of tensors that fit."""
    return (*shape[:-1], shape[-1] + sum(other[-1] for other in others)) if word == "concat" else shape


def fitting_taps(word: str, shape: Shape, taps: dict[str, Shape]) -> list[str]:
    """The taps that can be merged with a tensor of `shape`."""
    if word == "concat":
        return [name for name, one in taps.items() if one[:-1] == shape[:-1]]
    return [name for name, one in taps.items() if one == shape]


ALL_MERGES = sorted(MERGES)
