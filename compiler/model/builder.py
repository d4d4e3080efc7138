"""Builds a graph: adds layers after the current tensor, names tensors, and merges branches."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.limit_exceeded import LimitExceeded
from ...grammar.source import Span
from ...grammar.value_class import value_class
from ..layers import Layer, Merge, shapes
from ..layers.shapes import Shape, ShapeError
from .graph import INPUT, Graph, NamedTensor, Node

UNKNOWN_INPUT = -2  # the input of a node after a mistake
MAX_LAYERS = 10_000
MAX_PARAMETERS = 10**12  # 4 TB of float32 weights
MAX_VALUES = 2**63  # of a tensor: frameworks count its values with signed integers of 64 bits


@value_class
class Tensor:
    """The output of a node, or the model's input.

    `image_max` is the largest possible value of the tensor if the tensor is still in the range of the image, else None.
    """

    node: int
    shape: Shape
    image_max: float | None = None


@dataclass
class Taps:
    """The taps of the model or of a block: tensors that `as` names. `used` holds the keys that merges refer to.

    A key is a name and an index. A tensor is None if its shape is unknown because of a mistake.
    """

    tensors: dict[tuple[str, str], tuple[Tensor | None, Span]] = field(default_factory=dict)
    used: set[tuple[str, str]] = field(default_factory=set)
    outside: "Taps | None" = None  # the taps where the block is called; None for the taps of the model

    def has_outside(self, key: tuple[str, str]) -> bool:
        """Return whether a tensor with this key is named outside of the block."""
        return self.outside is not None and (key in self.outside.tensors or self.outside.has_outside(key))


@dataclass
class Builder:
    """The graph under construction. `current` is the input of the next layer: None until the model has an input."""

    input: Shape | None
    image_max: float | None  # the largest possible value of the input; None if the value is not fixed
    current: Tensor | None = field(init=False)
    nodes: list[Node] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    taps: Taps = field(default_factory=Taps)  # the taps of the model, or of the current block
    done: list[Taps] = field(default_factory=list)  # the taps of the file's own blocks, one for each call
    parameters: int = 0  # the number of weights of all nodes
    frozen: bool = False
    called: Span | None = None  # the outermost call of a standard block around the next layer

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

    def add_after(self, before: Tensor | None, layer: Layer, output: Shape, span: Span) -> None:
        """Add a layer with a known output after a mistake. `before` is None if the tensor before it is unknown."""
        self._append(Node(self._name(layer), layer, (before.node if before else UNKNOWN_INPUT,), output, (), span))

    def merge(
        self, merge: Merge, tensors: Iterable[tuple[Tensor, Label | None]], span: Span, where: str | None = None
    ) -> None:
        """Merge the current tensor with `tensors`. The label of a tensor says where the tensor comes from.

        `where` says, in the help of a mistake, where a layer can change the current tensor.

        Raises:
            LabError: if the shapes of the tensors cannot be merged.
        """
        assert self.current
        given = list(tensors)
        inputs = [self.current, *(tensor for tensor, _ in given)]
        try:
            output = merge.output(tuple(tensor.shape for tensor in inputs))
        except ShapeError as error:
            from .merge_help import merge_help  # only imported for a file with a mistake

            diagnostic = self.shape_diagnostic(error, span)
            labels = tuple(label for tensor, label in given if label and tensor.shape != self.current.shape)
            others = (tensor.shape for tensor, _ in given)
            help = merge_help(merge, self.current.shape, others, where or f"before `{merge.word()}`")
            raise LabError([replace(diagnostic, labels=labels, help=help)]) from None
        indices = tuple(tensor.node for tensor in inputs)
        self._append(Node(self._name(merge), merge, indices, output, (), span, activation_count=shapes.size(output)))

    @contextmanager
    def block(self, standard: Span | None) -> Iterator[None]:
        """Keep the taps of a block separate while the layers of the block are added.

        `standard` is the location of the call of a standard block, None for a block of the file.
        """
        outside, called = self.taps, self.called
        self.taps, self.called = Taps(outside=outside), called or standard
        yield
        if standard is None:
            self.done.append(self.taps)
        self.taps, self.called = outside, called

    def graph(self) -> Graph:
        """Return the finished graph."""
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
            message = f"the model has too many layers: the limit is {MAX_LAYERS}"
            raise LimitExceeded(Diagnostic(Code.BEYOND_BOUND, message, node.span))
        self.parameters += node.parameters
        if self.parameters > MAX_PARAMETERS:
            message = f"the model has too many weights: the limit is {MAX_PARAMETERS:_}"
            raise LimitExceeded(Diagnostic(Code.BEYOND_BOUND, message, node.span))
        if max(shapes.size(node.output), node.activation_count) >= MAX_VALUES:
            message = f"the output of `{node.layer.word()}` has too many values for one image: they must be below 2**63"
            raise LimitExceeded(Diagnostic(Code.BEYOND_BOUND, message, node.span))
        self.current = Tensor(len(self.nodes), node.output, node.image_max)
        self.nodes.append(replace(node, span=self.called) if self.called else node)

    def shape_diagnostic(self, error: ShapeError, place: Span) -> Diagnostic:
        """Return the diagnostic for a shape that does not fit. Its note lists the shapes from the input to here."""
        path: list[Shape] = []
        node = self.current.node if self.current else INPUT
        while node not in (INPUT, UNKNOWN_INPUT):
            path.append(self.nodes[node].output)
            node = self.nodes[node].inputs[0]
        path = [*([self.input] if self.input and node == INPUT else []), *reversed(path)]
        changes = [shape for i, shape in enumerate(path) if i == 0 or shape != path[i - 1]]
        whole = len(changes) <= 8 and node == INPUT
        shown = ([] if whole else ["…"]) + [shapes.text(shape) for shape in changes[-8:]]
        notes = (f"shapes: {' -> '.join(shown)}",)
        return Diagnostic(error.code, error.message, place, help=error.help, notes=notes)
