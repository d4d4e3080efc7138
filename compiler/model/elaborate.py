"""Turns the model's stack into a graph: expands blocks, unrolls loops, decides conditions, and computes all shapes."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.limit_exceeded import LimitExceeded
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.source import Span
from ...grammar.value_class import value_class
from ..expressions.budget import ITERATION, LAYER, MISTAKE, Budget
from ..expressions.evaluate import items_of, known, truth
from ..expressions.origin import at_origin
from ..expressions.scope import Scope
from ..expressions.values import Unknown, Value, is_number, kind, show
from ..files.declarations import repeated_names
from ..layers import LAYERS, MERGES, Layer, shapes
from ..layers.keras_layer import PREFIX
from ..layers.shapes import Shape
from ..std import std_block
from .block_calls import parameters_of
from .builder import Builder, Tensor
from .composites import COMPOSITES, Input, composite
from .context import ModelContext, bind_step
from .graph import Graph
from .keras_step import foreign_layer
from .recovery import add_unknown, recover
from .taps import merge, name_tensor
from .valid_sizes import with_valid_sizes

HELP_STEPS = 200_000  # to find an input size with which a model fits
MAX_DEPTH = 60  # levels of nested blocks, loops and conditions


@value_class
class Names:
    """What the names in a model mean. `broken` holds names that could not be read, and may be names of blocks."""

    blocks: Mapping[str, s.Block]
    broken: Set[str]
    lets: Scope
    built_in: Mapping[str, Value]
    """The names that `data` defines, with their values."""


@value_class
class ImageInput:
    """The model's input images. `shape` is None without a `data` section, and Unknown if `data` could not be read."""

    shape: Shape | Unknown | None
    largest: float | None
    """The largest possible value of an image; None if the value is not fixed."""


def elaborate(model: s.Model, names: Names, image: ImageInput, reporter: Reporter) -> Graph | None:
    """Return the graph of a model, and report the model's mistakes, one for each location.

    Return None after an error, and also if a shape is unknown because of an earlier error.
    """
    elaborator = _elaborator(names, image, None)
    try:
        elaborator.stack(model.body, elaborator.scope)
    except LimitExceeded as limit:
        elaborator.report([limit.diagnostic] if limit.diagnostic else [])
    builder = elaborator.context.builder
    attempts = _Attempts(model, replace(names, lets=names.lets.with_budget(Budget(HELP_STEPS))), image)
    found = elaborator.reporter.diagnostics
    for one in found:
        reporter.report(with_valid_sizes(one, found, builder.input, attempts.diagnostics) if builder.input else one)
    if elaborator.context.poisoned:
        return None
    if not builder.nodes:
        reporter.report(Diagnostic(Code.MISSING, "the model has no layer", model.keyword))
        return None
    return builder.graph()


@value_class
class _Attempts:
    """Elaborates the model with other input sizes."""

    model: s.Model
    names: Names
    image: ImageInput

    def diagnostics(self, size: Shape) -> tuple[Diagnostic, ...]:
        """Return the diagnostics of the model for an input of this size.

        Raises:
            LimitExceeded: if all attempts together take more than HELP_STEPS steps.
        """
        elaborator = _elaborator(self.names, self.image, size)
        elaborator.stack(self.model.body, elaborator.scope)
        return elaborator.reporter.diagnostics


def _elaborator(names: Names, image: ImageInput, size: Shape | None) -> "_Elaborator":
    """Return an elaborator at the start of a model; if `size` is given, for an input of that size."""
    unknown = isinstance(image.shape, Unknown)
    builder = Builder(size or (None if isinstance(image.shape, Unknown) else image.shape), image.largest)
    lets = names.lets.names()  # a `let` hides a built-in name, with a warning
    scope = Scope({name: value for name, value in names.built_in.items() if name not in lets}, names.lets)
    standard = Scope(dict(names.built_in), vocabulary=names.lets.vocabulary, budget=names.lets.budget)
    return _Elaborator(names, scope, standard, ModelContext(builder, unknown), size is not None)


@dataclass
class _Elaborator:
    names: Names
    scope: Scope
    """The names of the file. The file's own blocks see them."""
    standard_scope: Scope
    """The names that the standard blocks see."""
    context: ModelContext
    other_size: bool
    """Whether the model is tried with another input size: the step `input` is then ignored."""
    reporter: Reporter = field(default_factory=lambda: Reporter(once_per_place=True))
    block_calls: list[tuple[str, Span]] = field(default_factory=list)
    """The calls of blocks around the current step, the outermost first."""
    loops: list[dict[str, Value]] = field(default_factory=list)
    """The variables of the loops around the current step, the outermost loop first."""
    depth: int = 0

    # --- stacks ---

    def stack(self, stack: s.Stack, scope: Scope) -> None:
        """Elaborate every step in turn. After a wrong step, the later steps are checked as far as shapes are known."""
        if self.depth >= MAX_DEPTH:
            message = f"blocks and loops are nested too deeply: the limit is {MAX_DEPTH} levels"
            raise LimitExceeded(Diagnostic(Code.BEYOND_BOUND, message, stack.span))
        self.depth += 1
        for chain in stack.chains:
            if isinstance(chain, s.Invalid):
                self.context.poisoned = self.context.taps_unknown = True
                self.context.builder.current = None
                continue
            for step in chain.steps:
                before = self.context.builder.current
                try:
                    self.step(step, scope)
                except LabError as error:
                    scope.budget.spend(MISTAKE * max(1, len(error.diagnostics)), step.span)
                    self.report(error.diagnostics)
                    self.recover(step, before, error.diagnostics, scope)
        self.depth -= 1

    def recover(self, step: s.Step, before: Tensor | None, found: tuple[Diagnostic, ...], scope: Scope) -> None:
        """Go on after a wrong step with the tensor that the step gives, or with an unknown tensor."""
        recover(self.context.builder, step, before, found, scope)
        if not isinstance(step, s.Layer) or step.body:
            self.context.taps_unknown = True
        elif step.tap:
            try:
                name_tensor(self.context, step.tap, scope)
            except LabError:
                self.context.taps_unknown = True

    def step(self, step: s.Step, scope: Scope) -> None:
        match step:
            case s.Layer():
                self.call(step, scope)
            case s.Repeat():
                for _ in range(_repetitions(step, scope)):
                    self.iteration(step, {}, scope)
            case s.For():
                if repeated := repeated_names(step.names, "this `for` has two variables"):
                    raise LabError(repeated)
                for item in items_of(step.items, scope):
                    self.iteration(step, _unpack(step, item), scope)
            case s.If():
                chosen = step.body if truth(step.test, scope) else step.otherwise
                if isinstance(chosen, s.If):
                    self.step(chosen, scope)
                elif chosen:
                    self.stack(chosen, scope)

    def iteration(self, step: s.Repeat | s.For, variables: dict[str, Value], scope: Scope) -> None:
        """Elaborate one iteration of a loop. It takes steps from the budget, so that an empty loop ends too."""
        scope.budget.spend(ITERATION + len(variables), step.span)
        self.loops.append(variables)
        self.stack(step.body, Scope(variables, scope) if variables else scope)
        self.loops.pop()

    # --- layers and blocks ---

    def call(self, step: s.Layer, scope: Scope) -> None:
        """Elaborate a step by its name: a composite, a block, a merge or a layer."""
        name, names = step.name.id, self.names
        scope.budget.spend(LAYER + len(step.arguments), step.span)
        if name in COMPOSITES:
            composite(self.context, step, scope, self.stack)
        elif step.body:
            raise LabError(self.wrong_step(step, scope))
        elif name in names.blocks:
            self.block(names.blocks[name], self.scope, step, scope)
        elif name == "input":
            self.take_input(bind_step(Input, step, scope), step)
        elif name in MERGES:
            merge(self.context, MERGES[name], step, scope)
        elif name in LAYERS:
            self.add(bind_step(LAYERS[name], step, scope), step)
        elif name.startswith(PREFIX):
            self.add(foreign_layer(step, scope), step)
        elif name not in names.broken and (standard := std_block(name)):
            self.block(standard, self.standard_scope, step, scope)
        else:
            raise LabError(self.wrong_step(step, scope))
        if step.tap:
            name_tensor(self.context, step.tap, scope)

    def add(self, layer: Layer, step: s.Layer) -> None:
        """Add a layer after the current tensor."""
        if self.context.ready(step):
            self.context.builder.add(layer, step.span)
        else:
            add_unknown(self.context.builder, layer, step, None)

    def block(self, block: s.Block, outer: Scope, step: s.Layer, scope: Scope) -> None:
        """Elaborate a block's stack. The stack sees the block's parameters and the names of `outer`."""
        name = block.name.id
        if any(called == name for called, _ in self.block_calls):
            chain = " -> ".join([*(called for called, _ in self.block_calls), name])
            raise LabError([Diagnostic(Code.RECURSION, f"the block `{name}` uses itself: {chain}", step.name.span)])
        inner = parameters_of(block, step, scope, outer)
        self.block_calls.append((name, step.span))
        with self.context.builder.block(step.span if outer is self.standard_scope else None):
            self.stack(block.body, inner)
        self.block_calls.pop()

    def take_input(self, given: Input, step: s.Layer) -> None:
        """Set the shape of the model's input, as the step `input(…)` gives it."""
        context = self.context
        if context.started:
            raise LabError([Diagnostic(Code.INPUT, "`input` must be the model's first step", step.span)])
        image = context.builder.input
        if self.other_size:
            return
        if image and image != given.shape:
            message = f"the input must be {shapes.text(image)} as in `data`, but is {shapes.text(given.shape)}"
            help = "leave `input` out: the image in `data` is the model's input"
            raise LabError([Diagnostic(Code.INPUT, message, step.span, help=help)])
        context.started = True
        context.builder.take_input(given.shape)

    # --- mistakes ---

    def wrong_step(self, step: s.Layer, scope: Scope) -> list[Diagnostic]:
        """Return the diagnostics for a step with a wrong body, or whose name is neither a layer nor a block.

        Return an empty list if the name may be a block that could not be read.
        """
        if step.name.id in self.names.broken:
            return []
        from .unknown_layer import wrong_step  # only imported for a file with a mistake

        taps = [name for name, _ in self.context.builder.taps.tensors]
        return wrong_step(step, scope, self.names.blocks, taps)

    def report(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Report a step's mistakes, with the loop variables and the calls of blocks around the step."""
        self.context.poisoned = True
        variables = ", ".join(f"{name} = {show(value)}" for loop in self.loops for name, value in loop.items())
        calls = tuple(Label(span, f"`{name}` is used here") for name, span in reversed(self.block_calls[-3:]))
        self.reporter.report(
            *(
                replace(one, remark=one.remark or (f"with {variables}" if variables else ""), labels=one.labels + calls)
                for one in diagnostics
            )
        )


def _repetitions(step: s.Repeat, scope: Scope) -> int:
    count = known(step.count, scope)
    if isinstance(count, Unknown):
        raise LabError
    if isinstance(count, bool) or not isinstance(count, int) or count < 0:
        what = show(count) if is_number(count) else kind(count)
        message = f"the number of repetitions must be an integer from 0, but is {what}"
        wrong = Diagnostic(Code.WRONG_TYPE, message, step.count.span)
        raise LabError(at_origin([wrong], step.count, scope, "used here as the number of repetitions"))
    return count


def _unpack(step: s.For, item: Value) -> dict[str, Value]:
    """Return the values of the loop variables for one item. Several variables unpack the item."""
    names = [name.id for name in step.names]
    if len(names) == 1:
        return {names[0]: item}
    if not isinstance(item, list | tuple) or len(item) != len(names):
        message = f"each item of this `for` must have {len(names)} values, but one item is {show(item)}"
        raise LabError([Diagnostic(Code.WRONG_TYPE, message, step.items.span)])
    return dict(zip(names, item, strict=True))
