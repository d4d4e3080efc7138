"""The output of a step with a mistake, so that the steps after it are checked too.

The output is known if every correction of the mistake gives it the same shape. No mistake is then reported that only
follows from another one.
"""

from ...grammar import syntax as s
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ..expressions.scope import Scope
from ..layers import LAYERS, MERGES, Layer
from ..layers.dense import Dense
from ..layers.keras_classes import layer_word
from ..layers.merge import Concat
from ..layers.shapes import ShapeError
from ..schema.bind import bind_call
from ..schema.call_arguments import given_by
from .builder import Builder, Tensor

_NO_SHAPE = {"activation", "bias", "init", "l2"}  # arguments that do not change the shape of the output
_SAME_SHAPE = {"spatial_dropout", "groupnorm", "input"}


def recover(builder: Builder, step: s.Step, before: Tensor | None, found: tuple[Diagnostic, ...], scope: Scope) -> None:
    """Set the current tensor to the output of a wrong step, None if its shape is unknown.

    `before` is the tensor before the step, and `found` are the mistakes; they are empty if a tensor is unknown.
    """
    builder.current = None
    if not isinstance(step, s.Layer) or step.body:
        return
    name = step.name.id
    if name in MERGES:
        builder.current = before if not found and keeps_shape(name) else None
        return
    word = _word(name)
    if keeps_shape(word) and not (word == "linear" and step.arguments):
        builder.current = before
        return
    layer = _without_wrong_arguments(word, step, scope)
    if layer:
        add_unknown(builder, layer, step, before)


def keeps_shape(word: str) -> bool:
    """Return whether the output of a layer or a merge has the shape of its input, if the layer accepts the input."""
    if word in MERGES:
        return MERGES[word] is not Concat
    return word in _SAME_SHAPE or (word in LAYERS and LAYERS[word].output is Layer.output)


def add_unknown(builder: Builder, layer: Layer, step: s.Layer, before: Tensor | None) -> None:
    """Add a layer after a tensor that is perhaps unknown. The output of a `dense` layer is known all the same."""
    if before is not None:
        try:
            builder.add_after(before, layer, layer.output(before.shape), step.span)
        except ShapeError:
            builder.current = None
    elif isinstance(layer, Dense):
        builder.add_after(None, layer, (layer.units,), step.span)
    else:
        builder.current = None


def _word(name: str) -> str:
    """Return the word of labc for a layer, also if the name is that of another tool."""
    if name in LAYERS:
        return name
    from ..layers.other_names import counterpart  # only imported for a file with a mistake

    other = counterpart(name)
    return layer_word(name) or (other.text if other and other.text else name)


def _without_wrong_arguments(word: str, step: s.Layer, scope: Scope) -> Layer | None:
    """Return the layer of a step without the arguments that do not change its shape; None if another one is wrong."""
    cls = LAYERS.get(word)
    if cls is None or word not in (step.name.id, layer_word(step.name.id)):
        return None
    fields = list(cls.model_fields)
    kept = []
    for position, one in enumerate(given_by(step.arguments)):
        field = one.name.id if one.name else fields[position] if position < cls.positional else ""
        kept += [] if field in _NO_SHAPE else [one]
    try:
        return bind_call(cls, kept, scope, step.name.span)
    except LabError:
        return None
