"""Builds a graph: adds layers after the current tensor, names tensors, merges branches."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.source import Span
from ..layers import Layer, Merge, shapes
from ..layers.shapes import Shape, ShapeError
from .graph import INPUT, Graph, NamedTensor, Node

MAX_LAYERS = 10_000


class Stop(LabError):
    """A limit is exceeded: the rest of the model is not read."""


@dataclass(frozen=True)
class Tensor:
    """The output of a node, or the model's input.

    `image_max` is its largest possible value if it is still in the range of the image, else None.
    """

    node: int
    shape: Shape
    image_max: float | None = None


@dataclass
class Taps:
    """Named tensors by name and index, and the keys that merges refer to."""

    tensors: dict[tuple[str, str], tuple[Tensor | None, Span]] = field(default_factory=dict)
    used: set[tuple[str, str]] = field(default_factory=set)
    outside: "Taps | None" = None  # those of the place where the block is called

    def has_outside(self, key: tuple[str, str]) -> bool:
        """Whether the tensor is named outside of the block."""
        return self.outside is not None and (key in self.outside.tensors or self.outside.has_outside(key))


@dataclass
class Builder:
    """A graph under construction; `current` is the input of the next layer, None before the model has an input."""

    input: Shape | None
    image_max: float | None  # the largest possible value of the input, None if that is not fixed
    current: Tensor | None = field(init=False)
    nodes: list[Node] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    taps: Taps = field(default_factory=Taps)  # of the model, or of the block that is being elaborated
    done: list[Taps] = field(default_factory=list)  # of the file's own blocks, one for each call
    frozen: bool = False
    called: Span | None = None  # where the standard block is called that the next layers belong to

    def __post_init__(self) -> None:
        self.current = Tensor(INPUT, self.input, self.image_max) if self.input else None

    def take_input(self, shape: Shape) -> None:
        """Set the shape of the model's input."""
        self.input = shape
        self.current = Tensor(INPUT, shape, self.image_max)

    def add(self, layer: Layer, span: Span) -> None:
        """Add a layer after the current tensor.

        Raises:
            LabError: if the layer does not accept the tensor's shape.
        """
        assert self.current
        shape = self.current.shape
        try:
            output = layer.output(shape)
        except ShapeError as error:
            place = layer.place(error.argument) if error.argument else span
            raise LabError([self.shape_diagnostic(error, place)]) from None
        self._append(
            Node(
                self._name(layer),
                layer,
                (self.current.node,),
                output,
                layer.weights_for(shape),
                span,
                layer.macs(shape),
                layer.activation_count(shape),
                self.frozen,
                self.current.image_max if layer.output_activation() is None else None,
            )
        )

    def merge(self, merge: Merge, tensors: Iterable[tuple[Tensor, Label | None]], span: Span) -> None:
        """Merge the current tensor with others, each given with a label that says where it comes from.

        Raises:
            LabError: if their shapes cannot be merged.
        """
        assert self.current
        given = list(tensors)
        inputs = [self.current, *(tensor for tensor, _ in given)]
        try:
            output = merge.output(tuple(tensor.shape for tensor in inputs))
        except ShapeError as error:
            diagnostic = self.shape_diagnostic(error, span)
            labels = tuple(label for tensor, label in given if label and tensor.shape != self.current.shape)
            raise LabError([replace(diagnostic, labels=labels)]) from None
        indices = tuple(tensor.node for tensor in inputs)
        self._append(Node(self._name(merge), merge, indices, output, (), span, activation_count=shapes.size(output)))

    @contextmanager
    def block(self, standard: Span | None) -> Iterator[None]:
        """The layers of a block, in which tensors have names of their own.

        `standard` is where a standard block is called, None for a block of the file.
        """
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
        return Graph(self.input, tuple(self.nodes), tuple(taps), self.image_max)

    def _name(self, layer: Layer | Merge) -> str:
        word = layer.word().rpartition(".")[2]
        self.counts[word] = self.counts.get(word, 0) + 1
        return f"{word}_{self.counts[word]}"

    def _append(self, node: Node) -> None:
        if len(self.nodes) >= MAX_LAYERS:
            message = f"the model has more than {MAX_LAYERS} layers, the limit"
            raise Stop([Diagnostic(Code.BEYOND_BOUND, message, node.span)])
        self.current = Tensor(len(self.nodes), node.output, node.image_max)
        self.nodes.append(replace(node, span=self.called) if self.called else node)

    def shape_diagnostic(self, error: ShapeError, place: Span) -> Diagnostic:
        """The diagnostic for a shape that does not fit, with a note that lists the shapes up to there."""
        path: list[Shape] = []
        node = self.current.node if self.current else INPUT
        while node != INPUT:
            path.append(self.nodes[node].output)
            node = self.nodes[node].inputs[0]
        assert self.input
        path = [self.input, *reversed(path)]
        changes = [shape for i, shape in enumerate(path) if i == 0 or shape != path[i - 1]]
        shown = ([] if len(changes) <= 8 else ["…"]) + [shapes.text(shape) for shape in changes[-8:]]
        notes = (f"shapes: {' -> '.join(shown)}",)
        return Diagnostic(error.code, error.message, place, help=error.help, notes=notes)
