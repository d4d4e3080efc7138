"""The model's stack to a graph: blocks called, loops unrolled, conditions decided, a shape for every layer."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label, LabError
from ...grammar.diagnostics.suggest import did_you_mean
from ...grammar.source import Span
from ..expressions.evaluate import items_of, known, truth
from ..expressions.scope import Scope
from ..expressions.values import Unknown, Value, is_number, kind, show
from ..layers import LAYERS, MERGES, Layer, shapes
from ..layers.keras_classes import layer_word
from ..layers.keras_layer import PREFIX
from ..layers.shapes import Shape
from ..schema.arguments import Arguments
from ..schema.bind import bind
from ..schema.call_arguments import given_by
from ..std import BLOCKS, std_block
from .block_calls import parameters_of
from .builder import Builder, Stop
from .composites import COMPOSITES, Input, composite
from .graph import Graph
from .keras_step import foreign_layer
from .taps import merge, name_tensor
from .valid_sizes import with_sizes

MAX_DEPTH = 60  # blocks in blocks, loops in loops
MAX_TURNS = 100_000  # of all loops together, empty ones too

A = TypeVar("A", bound=Arguments)


def elaborate(
    model: s.Model,
    blocks: Mapping[str, s.Block],
    broken: Set[str],
    lets: Scope,
    built_in: Mapping[str, Value],
    image: Shape | Unknown | None,
    top: float | None,
    found: list[Diagnostic],
) -> Graph | None:
    """Build the graph of a model.

    `image` is the input's shape where `data` gives it, unknown where `data` could not be read; `top` is the largest
    value of an image, None where that is not fixed; `broken` are names that
    may be blocks that could not be read; `built_in` are the names that `data` gives a meaning. Mistakes go to `found`,
    each place once; with any error the result is None, as it is where something is unknown because of an earlier one.
    """

    scope, standard = Scope(dict(built_in), lets), Scope(dict(built_in))

    def attempt(forced: Shape | None = None) -> Elaborator:
        builder = Builder(forced or (None if isinstance(image, Unknown) else image), top)
        elaborator = Elaborator(
            blocks, broken, scope, standard, builder, isinstance(image, Unknown), forced is not None
        )
        try:
            elaborator.stack(model.body, scope)
        except Stop as stop:
            elaborator.report(stop.diagnostics)
        return elaborator

    elaborator = attempt()
    builder = elaborator.builder
    if builder.input:
        elaborator.found = [
            with_sizes(one, builder.input, lambda size: attempt(size).found) for one in elaborator.found
        ]
    found.extend(elaborator.found)
    if elaborator.lost:
        return None
    if not builder.nodes:
        found.append(Diagnostic(Code.MISSING, "the model has no layer", model.keyword))
        return None
    return builder.graph()


@dataclass
class Elaborator:
    """A model while it is unrolled."""

    blocks: Mapping[str, s.Block]
    broken: Set[str]
    top: Scope
    built_in: Scope
    builder: Builder
    lost: bool  # whether something is missing because of a mistake: shapes are unknown from then on
    forced: bool  # whether the input's size is an attempt, so that what the model says of it does not count
    found: list[Diagnostic] = field(default_factory=list)
    seen: set[tuple[Code, Span]] = field(default_factory=set)
    calls: list[tuple[str, Span]] = field(default_factory=list)  # the blocks being elaborated
    turns: list[dict[str, Value]] = field(default_factory=list)  # the loop variables of the loops being unrolled
    begun: bool = False  # whether a layer has come, right or wrong
    depth: int = 0
    turned: int = 0

    # --- stacks ---

    def stack(self, stack: s.Stack, scope: Scope) -> None:
        """Every step in turn; after one that is wrong the shape is unknown, and the rest is still looked at."""
        if self.depth >= MAX_DEPTH:
            message = f"blocks and loops are nested more than {MAX_DEPTH} deep, the bound"
            raise Stop([Diagnostic(Code.BEYOND_BOUND, message, stack.span)])
        self.depth += 1
        for chain in stack.chains:
            if isinstance(chain, s.Invalid):
                self.lost = True
                continue
            for step in chain.steps:
                try:
                    self.step(step, scope)
                except Stop:
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
            raise Stop([Diagnostic(Code.BEYOND_BOUND, message, step.span)])
        self.turns.append(values)
        self.stack(step.body, Scope(values, scope) if values else scope)
        self.turns.pop()

    # --- layers and blocks ---

    def call(self, step: s.Layer, scope: Scope) -> None:
        name = step.name.id
        if name in COMPOSITES:
            composite(self, step, scope)
        elif step.body:
            raise LabError([Diagnostic(Code.UNEXPECTED, f"`{name}` takes no `{{ … }}`", step.body.span)])
        elif name in self.blocks:
            self.block(self.blocks[name], self.top, step, scope)
        elif name == "input":
            self.take_input(step, scope)
        elif name in MERGES:
            merge(self, MERGES[name], step, scope)
        elif name in LAYERS:
            self.place(self.bound(LAYERS[name], step, scope), step)
        elif name.startswith(PREFIX):
            self.place(foreign_layer(step, scope), step)
        elif name not in self.broken and (standard := std_block(name)):
            self.block(standard, self.built_in, step, scope)
        else:
            raise LabError(self.unknown(step.name))
        if step.tap:
            name_tensor(self, step.tap, scope)

    def unknown(self, name: s.Name) -> list[Diagnostic]:
        """What to say of a name that is no layer here; nothing, if it may be a block that could not be read."""
        if name.id in self.broken:
            return []
        known_names = [*LAYERS, *MERGES, *COMPOSITES, *self.blocks, *BLOCKS, "input"]
        message = f"there is no layer or block `{name.id}`"
        word = layer_word(name.id)
        help = f"`{name.id}` is called `{word}` here" if word else did_you_mean(name.id, known_names)
        if any(tap == name.id for tap, _ in self.builder.taps.tensors):
            help = f"`{name.id}` is a tap, which a merge takes: `concat({name.id})`"
        return [Diagnostic(Code.UNKNOWN_LAYER, message, name.span, help)]

    def place(self, layer: Layer, step: s.Layer) -> None:
        if self.ready(step):
            self.builder.add(layer, step.span)

    def ready(self, step: s.Layer) -> bool:
        """Whether there is a tensor to work on; raises LabError if nothing ever said what shape the input has."""
        self.begun = True
        if not self.lost and self.builder.current is None:
            help = "begin the model with `input(128x128x1)`, or give the image in a `data` section"
            message = "nothing says what shape the model's input has"
            raise LabError([Diagnostic(Code.INPUT, message, step.span, help=help)])
        return not self.lost

    def bound(self, cls: type[A], step: s.Layer, scope: Scope) -> A:
        """The step's arguments as a `cls`; raises LabError with all that is wrong with them."""
        found: list[Diagnostic] = []
        whole = step.name.span.to(step.arguments[-1].span) if step.arguments else step.name.span
        made = bind(cls, given_by(step.arguments), scope, whole, found)
        if made is None:
            raise LabError(found)
        return made

    def block(self, block: s.Block, top: Scope, step: s.Layer, scope: Scope) -> None:
        """A block's stack, which sees its parameters and `top`: the file's names, or for a standard block none."""
        name = block.name.id
        if any(called == name for called, _ in self.calls):
            chain = " -> ".join([*(called for called, _ in self.calls), name])
            raise LabError([Diagnostic(Code.RECURSION, f"the block `{name}` uses itself: {chain}", step.name.span)])
        values = parameters_of(block, step, scope, top)
        self.calls.append((name, step.span))
        with self.builder.block(step.span if top is self.built_in else None):
            self.stack(block.body, Scope(values, top))
        self.calls.pop()

    def take_input(self, step: s.Layer, scope: Scope) -> None:
        given = self.bound(Input, step, scope)
        if self.begun:
            raise LabError([Diagnostic(Code.INPUT, "`input` can only be the model's first step", step.span)])
        image = self.builder.input
        if self.forced:
            return
        if image and image != given.shape:
            message = f"the input is {shapes.text(given.shape)} here, and {shapes.text(image)} in `data`"
            help = "leave `input` out: the image in `data` is the model's input"
            raise LabError([Diagnostic(Code.INPUT, message, step.span, help=help)])
        self.begun = True
        self.builder.take_input(given.shape)

    # --- mistakes ---

    def report(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep a step's mistakes, each place once, with the turns of the loops and the blocks it came up in."""
        self.lost = True
        turns = ", ".join(f"{name} = {show(value)}" for turn in self.turns for name, value in turn.items())
        called = tuple(Label(span, f"`{name}` is used here") for name, span in reversed(self.calls[-3:]))
        for diagnostic in diagnostics:
            key = (diagnostic.code, diagnostic.span)
            if key not in self.seen:
                self.seen.add(key)
                remark = diagnostic.remark or (f"with {turns}" if turns else "")
                self.found.append(replace(diagnostic, remark=remark, labels=diagnostic.labels + called))


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
