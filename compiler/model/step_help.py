"""The help for an activation and a fully connected layer that are written as other tools write them."""

from collections.abc import Sequence
from dataclasses import replace

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.edit import Edit, text_after
from ...grammar.source import Span
from ..layers import LAYERS, Layer
from ..layers.keras_classes import layer_word
from ..schema.hints.misplaced import where_it_belongs


def with_step_help(found: Sequence[Diagnostic], step: s.Layer) -> list[Diagnostic]:
    """Return the diagnostics of wrong arguments, with a better help if the whole step shows what is meant."""
    if found and step.name.id == "linear":
        return [_as_dense(found[0], step)]
    return [_with_help(one, step) for one in found]


def _as_dense(one: Diagnostic, step: s.Layer) -> Diagnostic:
    """Propose `dense(1)` for `linear(64, 1)` of PyTorch, whose first argument is the number of inputs."""
    help = "a fully connected layer is called `dense`; `linear` is the activation that changes nothing"
    edits = [Edit(step.name.span, "dense")]
    given = [argument for argument in step.arguments if not argument.name]
    if len(given) == 2:
        units = given[1].span.text
        help = (
            f"write `dense({units})`: a fully connected layer is called `dense`, and takes the number of outputs only"
        )
        edits.append(Edit(_with_comma(step, 0), ""))
    return replace(one, help=help, edits=tuple(edits))


def _with_help(one: Diagnostic, step: s.Layer) -> Diagnostic:
    if one.code is Code.TOO_MANY_ARGUMENTS:
        return _without_input(one, step)
    if one.code is not Code.WRONG_TYPE:
        return one
    for index, argument in enumerate(step.arguments):
        if isinstance(argument.value, s.Call) and argument.value.span == one.span:
            return _as_own_step(one, step, index, argument.value)
    return one


def _without_input(one: Diagnostic, step: s.Layer) -> Diagnostic:
    """Propose to remove a tensor that is given as in the functional style of Keras, `flatten(x)`."""
    surplus = step.arguments[-1].value
    if not isinstance(surplus, s.Name) or surplus.span != one.span:
        return one
    whole = Span(one.span.source, step.name.span.end, one.span.end + 1)
    edits = (Edit(whole, ""),) if whole.text == f"({surplus.id})" else ()
    help = f"remove `{surplus.id}`: the input of a step is the output of the step before"
    return replace(one, help=help, edits=edits)


def _as_own_step(one: Diagnostic, step: s.Layer, index: int, call: s.Call) -> Diagnostic:
    """Propose to write an activation that has arguments, `conv(8, 3x3, leaky_relu(0.1))`, as the next step."""
    layer = LAYERS.get(layer_word(call.name.id) or call.name.id.rpartition(".")[2])
    if layer is None or not layer.model_fields or not call.arguments:
        return one
    written = _written(layer, call)
    if step.name.id == "activation":
        whole = step.name.span.to(Span(call.span.source, call.span.end, call.span.end + 1))
        edits: tuple[Edit, ...] = (Edit(whole, written),) if whole.text.endswith(")") else ()
        return replace(one, help=f"write `{written}` instead of `activation(…)`", edits=edits)
    help = f"write it as a step of its own: `{step.name.id}(…) -> {written}`"
    after = Span(step.span.source, step.span.end, step.span.end)
    edits = (Edit(_with_comma(step, index), ""), Edit(after, f" -> {written}"))
    return replace(one, help=help, edits=() if step.tap or step.body else edits)


def _written(layer: type[Layer], call: s.Call) -> str:
    """Return the text of the call with the names of labc for the layer and its arguments."""
    edits = [Edit(call.name.span, layer.word())]
    for name in (argument.name for argument in call.arguments if argument.name):
        hint = None if name.id in layer.model_fields else where_it_belongs(layer, name.id)
        edits += [Edit(name.span, hint.name)] if hint and hint.name in layer.model_fields else []
    return text_after(call.span, edits)


def _with_comma(step: s.Layer, index: int) -> Span:
    """Return the location of an argument and of the comma that separates it from the others."""
    spans = [argument.span for argument in step.arguments]
    if index:
        return Span(spans[0].source, spans[index - 1].end, spans[index].end)
    return Span(spans[0].source, spans[0].start, spans[1].start if len(spans) > 1 else spans[0].end)
