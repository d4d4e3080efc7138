"""The model's stack to a graph: blocks called, loops unrolled, conditions decided, a shape for every layer."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ..grammar import syntax as s
from ..grammar.codes import Code
from ..grammar.diagnostic import Diagnostic, Label, LabError
from ..grammar.source import Span
from ..grammar.suggest import did_you_mean
from . import shapes
from .arguments import Arguments
from .assign import given_by
from .bind import bind
from .blocks import parameters_of
from .evaluate import items_of, known, truth
from .fields import TensorShape
from .graph import Graph, Node
from .layers import LAYERS, Layer
from .scope import Scope
from .shapes import Shape, ShapeError
from .unbuilt import UNBUILT, not_built
from .values import Unknown, Value, is_number, kind, show

MAX_LAYERS = 10_000
MAX_DEPTH = 60  # blocks in blocks, loops in loops
MAX_TURNS = 100_000  # of all loops together, empty ones too


A = TypeVar("A", bound=Arguments)


class Input(Arguments):
    """The shape of what the model sees: `input(128x128x1)`."""

    shape: TensorShape


def elaborate(
    model: s.Model,
    blocks: Mapping[str, s.Block],
    broken: Set[str],
    scope: Scope,
    image: Shape | Unknown | None,
    found: list[Diagnostic],
) -> Graph | None:
    """Build the graph of a model.

    `image` is the input's shape where `data` gives it, unknown where `data` could not be read; `broken` are names that
    may be blocks that could not be read. Mistakes go to `found`, each place once; with any error the result is None,
    as it is where something is unknown because of an earlier one.
    """
    known_image = None if isinstance(image, Unknown) else image
    elaborator = _Elaborator(blocks, broken, scope, known_image, known_image, lost=isinstance(image, Unknown))
    try:
        elaborator.stack(model.body, scope)
    except _Stop as stop:
        elaborator.report(stop.diagnostics)
    found.extend(elaborator.found)
    if elaborator.lost:
        return None
    if elaborator.input is None or not elaborator.nodes:
        found.append(Diagnostic(Code.MISSING, "the model has no layer", model.keyword))
        return None
    return Graph(elaborator.input, tuple(elaborator.nodes))


class _Stop(LabError):
    """Past a bound: the rest of the model is not looked at."""


@dataclass
class _Elaborator:
    blocks: Mapping[str, s.Block]
    broken: Set[str]
    top: Scope
    input: Shape | None
    shape: Shape | None  # of the current tensor; None once it cannot be known
    found: list[Diagnostic] = field(default_factory=list)
    seen: set[tuple[Code, Span]] = field(default_factory=set)
    nodes: list[Node] = field(default_factory=list)
    taps: dict[tuple[str, str], Span] = field(default_factory=dict)
    calls: list[tuple[str, Span]] = field(default_factory=list)  # the blocks being elaborated
    turns: list[dict[str, Value]] = field(default_factory=list)  # the loop variables of the loops being unrolled
    counts: dict[str, int] = field(default_factory=dict)
    begun: bool = False  # whether a layer has come, right or wrong
    depth: int = 0
    turned: int = 0
    lost: bool = False  # whether something was left out because of a mistake

    # --- stacks ---

    def stack(self, stack: s.Stack, scope: Scope) -> None:
        """Every step in turn; after one that is wrong the shape is unknown, and the rest is still looked at."""
        if self.depth >= MAX_DEPTH:
            message = f"blocks and loops are nested more than {MAX_DEPTH} deep, the bound"
            raise _Stop([Diagnostic(Code.BEYOND_BOUND, message, stack.span)])
        self.depth += 1
        for chain in stack.chains:
            if isinstance(chain, s.Invalid):
                self.lose()
                continue
            for step in chain.steps:
                try:
                    self.step(step, scope)
                except _Stop:
                    raise
                except LabError as error:
                    self.report(error.diagnostics)
        self.depth -= 1

    def step(self, step: s.Step, scope: Scope) -> None:
        match step:
            case s.Layer():
                self.call(step, scope)
            case s.Repeat():
                for _ in range(_repetitions(step, scope)):
                    self.turn(step, {}, scope)
            case s.For():
                for item in items_of(step.items, scope):
                    self.turn(step, _unpack(step, item), scope)
            case s.If():
                chosen = step.body if truth(step.test, scope) else step.otherwise
                if isinstance(chosen, s.If):
                    self.step(chosen, scope)
                elif chosen:
                    self.stack(chosen, scope)

    def turn(self, step: s.Repeat | s.For, values: dict[str, Value], scope: Scope) -> None:
        """One turn of a loop. Turns are counted, so that loops around nothing end as well."""
        self.turned += 1
        if self.turned > MAX_TURNS:
            message = f"the loops of this model take more than {MAX_TURNS} turns, the bound"
            raise _Stop([Diagnostic(Code.BEYOND_BOUND, message, step.span)])
        self.turns.append(values)
        self.stack(step.body, Scope(values, scope) if values else scope)
        self.turns.pop()

    # --- layers and blocks ---

    def call(self, step: s.Layer, scope: Scope) -> None:
        name = step.name.id
        if step.body and name not in UNBUILT["steps"]:
            raise LabError([Diagnostic(Code.UNEXPECTED, f"`{name}` takes no `{{ … }}`", step.body.span)])
        if name in self.blocks:
            self.block(self.blocks[name], step, scope)
        elif name == "input":
            self.take_input(step, scope)
        elif name in LAYERS:
            self.layer(LAYERS[name], step, scope)
        elif name in UNBUILT["steps"] or name.startswith("keras."):
            raise LabError([not_built(f"`{name}`", step.name.span)])
        elif name in self.broken:
            raise LabError([])
        else:
            known_names = [*LAYERS, *self.blocks, *UNBUILT["steps"], "input"]
            message = f"there is no layer or block `{name}`"
            raise LabError([Diagnostic(Code.UNKNOWN_LAYER, message, step.name.span, did_you_mean(name, known_names))])
        if step.tap:
            self.tap(step.tap, scope)

    def layer(self, cls: type[Layer], step: s.Layer, scope: Scope) -> None:
        layer = self.bound(cls, step, scope)
        self.begun = True
        if self.lost:
            return
        if self.shape is None:
            help = "begin the model with `input(128x128x1)`, or give the image in a `data` section"
            message = "nothing says what shape the model's input has"
            raise LabError([Diagnostic(Code.INPUT, message, step.span, help=help)])
        try:
            output = layer.output(self.shape)
        except ShapeError as error:
            raise LabError([self.shape_diagnostic(error, layer, step)]) from None
        if len(self.nodes) >= MAX_LAYERS:
            message = f"the model has more than {MAX_LAYERS} layers, the bound"
            raise _Stop([Diagnostic(Code.BEYOND_BOUND, message, step.span)])
        word = cls.word()
        self.counts[word] = self.counts.get(word, 0) + 1
        previous = len(self.nodes) - 1 if self.nodes else None
        weights = layer.weights(self.shape)
        name = f"{word}_{self.counts[word]}"
        self.nodes.append(Node(name, layer, previous, self.shape, output, weights, step.span))
        self.shape = output

    def bound(self, cls: type[A], step: s.Layer, scope: Scope) -> A:
        """The step's arguments as a `cls`; raises LabError with all that is wrong with them."""
        found: list[Diagnostic] = []
        whole = step.name.span.to(step.arguments[-1].span) if step.arguments else step.name.span
        made = bind(cls, given_by(step.arguments), scope, whole, found)
        if made is None:
            raise LabError(found)
        return made

    def block(self, block: s.Block, step: s.Layer, scope: Scope) -> None:
        name = block.name.id
        if any(called == name for called, _ in self.calls):
            chain = " -> ".join([*(called for called, _ in self.calls), name])
            raise LabError([Diagnostic(Code.RECURSION, f"the block `{name}` uses itself: {chain}", step.name.span)])
        values = parameters_of(block, step, scope, self.top)
        self.calls.append((name, step.span))
        self.stack(block.body, Scope(values, self.top))
        self.calls.pop()

    def take_input(self, step: s.Layer, scope: Scope) -> None:
        given = self.bound(Input, step, scope)
        if self.begun:
            raise LabError([Diagnostic(Code.INPUT, "`input` can only be the model's first step", step.span)])
        if self.input and self.input != given.shape:
            message = f"the input is {shapes.text(given.shape)} here, and {shapes.text(self.input)} in `data`"
            help = "leave `input` out: the image in `data` is the model's input"
            raise LabError([Diagnostic(Code.INPUT, message, step.span, help=help)])
        self.input = self.shape = given.shape

    def tap(self, tap: s.Tap, scope: Scope) -> None:
        index = known(tap.index, scope) if tap.index else None
        key = (tap.name.id, show(index))
        if key in self.taps:
            label = f"`{key[0]}`" if index is None else f"`{key[0]}[{key[1]}]`"
            first = Label(self.taps[key], "first here")
            raise LabError([Diagnostic(Code.DUPLICATE, f"the tap {label} is named twice", tap.span, labels=(first,))])
        self.taps[key] = tap.span

    # --- mistakes ---

    def lose(self) -> None:
        """From here on the shape of the tensor is unknown."""
        self.shape = None
        self.lost = True

    def report(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep a step's mistakes, each place once, with the turns of the loops and the blocks it came up in."""
        self.lose()
        turns = ", ".join(f"{name} = {show(value)}" for turn in self.turns for name, value in turn.items())
        called = tuple(Label(span, f"`{name}` is used here") for name, span in reversed(self.calls[-3:]))
        for diagnostic in diagnostics:
            key = (diagnostic.code, diagnostic.span)
            if key not in self.seen:
                self.seen.add(key)
                remark = diagnostic.remark or (f"with {turns}" if turns else "")
                self.found.append(replace(diagnostic, remark=remark, labels=diagnostic.labels + called))

    def shape_diagnostic(self, error: ShapeError, layer: Layer, step: s.Layer) -> Diagnostic:
        place = layer.place(error.argument) if error.argument else step.span
        trail = [shape for shape in [self.input, *(node.output for node in self.nodes)] if shape]
        changes = [shape for i, shape in enumerate(trail) if i == 0 or shape != trail[i - 1]]
        shown = ([] if len(changes) <= 8 else ["…"]) + [shapes.text(shape) for shape in changes[-8:]]
        notes = (f"shapes: {' -> '.join(shown)}",)
        return Diagnostic(error.code, error.message, place, help=error.help, notes=notes)


def _repetitions(step: s.Repeat, scope: Scope) -> int:
    count = known(step.count, scope)
    if isinstance(count, Unknown):
        raise LabError([])
    if type(count) is not int or count < 0:
        what = show(count) if is_number(count) else kind(count)
        message = f"`repeat` takes a whole number from 0, and this is {what}"
        raise LabError([Diagnostic(Code.WRONG_TYPE, message, step.count.span)])
    return count


def _unpack(step: s.For, item: Value) -> dict[str, Value]:
    """The loop variables' values for one item; several of them take a pair, a triple, … apart."""
    names = [name.id for name in step.names]
    if len(names) == 1:
        return {names[0]: item}
    if not isinstance(item, list | tuple) or len(item) != len(names):
        message = f"`for` takes {len(names)} values from each item here, and one is {show(item)}"
        raise LabError([Diagnostic(Code.WRONG_TYPE, message, step.items.span)])
    return dict(zip(names, item, strict=True))
