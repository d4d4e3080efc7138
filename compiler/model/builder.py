"""Growing a graph: layers put behind the current tensor, tensors named, branches joined."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.source import Span
from ..layers import Backbone, Layer, Merge, shapes
from ..layers.shapes import Shape, ShapeError
from .graph import INPUT, Graph, NamedTensor, Node, decides_range

MAX_LAYERS = 10_000


class Stop(LabError):
    """Past a bound: the rest of the model is not looked at."""


@dataclass(frozen=True)
class Tensor:
    """The output of a node, or the model's input."""

    node: int
    shape: Shape


@dataclass
class Taps:
    """Tensors by name and index, and the names that a merge has taken."""

    tensors: dict[tuple[str, str], tuple[Tensor | None, Span]] = field(default_factory=dict)
    used: set[tuple[str, str]] = field(default_factory=set)
    outside: "Taps | None" = None  # those of where the block is used

    def has_outside(self, key: tuple[str, str]) -> bool:
        """Whether the name is given outside of the block."""
        return self.outside is not None and (key in self.outside.tensors or self.outside.has_outside(key))


@dataclass
class Builder:
    """A graph while it grows; `current` is what the next layer works on, None while there is no input."""

    input: Shape | None
    top: float | None  # the largest value of an image, None if that is not fixed
    current: Tensor | None = field(init=False)
    nodes: list[Node] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    taps: Taps = field(default_factory=Taps)  # of the model, or of the block that is being elaborated
    done: list[Taps] = field(default_factory=list)  # of the file's own blocks, as often as they were used
    frozen: bool = False
    called: Span | None = None  # where the standard block is called that the next layers stand in

    def __post_init__(self) -> None:
        self.current = Tensor(INPUT, self.input) if self.input else None

    def take_input(self, shape: Shape) -> None:
        """Give the model its input."""
        self.input = shape
        self.current = Tensor(INPUT, shape)

    def add(self, layer: Layer, span: Span) -> None:
        """Put a layer behind the current tensor.

        Raises:
            LabError: if it cannot take that tensor's shape.
        """
        assert self.current
        shape = self.current.shape
        try:
            output = layer.output(shape)
        except ShapeError as error:
            place = layer.place(error.argument) if error.argument else span
            raise LabError([self.shape_diagnostic(error, place)]) from None
        if isinstance(layer, Backbone):
            layer = layer.seeing(None if decides_range(self.nodes, self.current.node) else self.top)
        weights, call = layer.weights_for(shape), layer.keras(shape)
        inputs, effort, values = (self.current.node,), layer.multiply_adds(shape), layer.values(shape)
        self._append(Node(self._name(layer), layer, inputs, output, weights, call, span, effort, values, self.frozen))

    def merge(self, merge: Merge, tensors: Iterable[tuple[Tensor, Label | None]], span: Span) -> None:
        """Merge the current tensor with others, each with the label that says where it comes from.

        Raises:
            LabError: if their shapes cannot be merged.
        """
        assert self.current
        given = list(tensors)
        every = [self.current, *(tensor for tensor, _ in given)]
        try:
            output = merge.output(tuple(tensor.shape for tensor in every))
        except ShapeError as error:
            diagnostic = self.shape_diagnostic(error, span)
            labels = tuple(label for tensor, label in given if label and tensor.shape != self.current.shape)
            raise LabError([replace(diagnostic, labels=labels)]) from None
        inputs = tuple(tensor.node for tensor in every)
        name, values = self._name(merge), shapes.size(output)
        self._append(Node(name, merge, inputs, output, (), merge.keras(), span, values=values))

    @contextmanager
    def block(self, standard: Span | None) -> Iterator[None]:
        """Layers of a block: the names that it gives are its own. `standard` is where one of the language is used."""
        outside, called = self.taps, self.called
        self.taps, self.called = Taps(outside=outside), called or standard
        yield
        if standard is None:
            self.done.append(self.taps)
        self.taps, self.called = outside, called

    def graph(self) -> Graph:
        """The finished graph."""
        assert self.input
        merged = {index for node in self.nodes if isinstance(node.layer, Merge) for index in node.inputs}
        taps = (
            NamedTensor(*key, span, key in taps.used, tensor is not None and tensor.node in merged)
            for taps in [self.taps, *self.done]
            for key, (tensor, span) in taps.tensors.items()
        )
        return Graph(self.input, tuple(self.nodes), tuple(taps))

    def _name(self, layer: Layer | Merge) -> str:
        word = layer.word().rpartition(".")[2]
        self.counts[word] = self.counts.get(word, 0) + 1
        return f"{word}_{self.counts[word]}"

    def _append(self, node: Node) -> None:
        if len(self.nodes) >= MAX_LAYERS:
            message = f"the model has more than {MAX_LAYERS} layers, the bound"
            raise Stop([Diagnostic(Code.BEYOND_BOUND, message, node.span)])
        self.current = Tensor(len(self.nodes), node.output)
        self.nodes.append(replace(node, span=self.called) if self.called else node)

    def shape_diagnostic(self, error: ShapeError, place: Span) -> Diagnostic:
        """The diagnostic of a shape that does not fit, with the shapes on the way to it."""
        trail: list[Shape] = []
        node = self.current.node if self.current else INPUT
        while node != INPUT:
            trail.append(self.nodes[node].output)
            node = self.nodes[node].inputs[0]
        assert self.input
        trail = [self.input, *reversed(trail)]
        changes = [shape for i, shape in enumerate(trail) if i == 0 or shape != trail[i - 1]]
        shown = ([] if len(changes) <= 8 else ["…"]) + [shapes.text(shape) for shape in changes[-8:]]
        notes = (f"shapes: {' -> '.join(shown)}",)
        return Diagnostic(error.code, error.message, place, help=error.help, notes=notes)
