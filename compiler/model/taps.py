"""Named tensors: `as name[index]`, and the merges that use them."""

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.suggest import did_you_mean, renaming
from ..expressions.evaluate import known
from ..expressions.scope import Scope
from ..expressions.values import Unknown, show
from ..layers import Merge, shapes
from .builder import Taps, Tensor
from .context import ModelContext


def name_tensor(context: ModelContext, tap: s.Tap, scope: Scope) -> None:
    """`as name` or `as name[index]`: give the current tensor a name.

    Raises:
        LabError: if the name is given already.
    """
    key = (tap.name.id, _index_of(tap.index, scope))
    tensors = context.builder.taps.tensors
    if key in tensors:
        first = Label(tensors[key][1], "first here")
        message = f"the tap `{_tap_text(key)}` is named twice"
        raise LabError([Diagnostic(Code.DUPLICATE, message, tap.span, labels=(first,))])
    tensor = None if context.poisoned else context.builder.current
    tensors[key] = (tensor, tap.span)


def _index_of(index: s.Expression | None, scope: Scope) -> str:
    """An index as the text that tells taps apart, "" for none."""
    if index is None:
        return ""
    value = known(index, scope)
    if isinstance(value, Unknown):
        raise LabError([])
    return show(value)


def merge(context: ModelContext, cls: type[Merge], step: s.Layer, scope: Scope) -> None:
    """`concat(tap, …)` and its like: merge the current tensor with named ones.

    Raises:
        LabError: for what is no tap, and if the shapes cannot be merged.
    """
    if not step.arguments:
        message = f"`{step.name.id}` needs the tap that it merges with"
        help = f"name a tensor with `as skip`, then write `{step.name.id}(skip)`"
        raise LabError([Diagnostic(Code.MISSING, message, step.span, help=help)])
    tensors = [_tapped(context, argument, scope) for argument in step.arguments]
    if context.ready(step):
        context.builder.merge(cls(), tensors, step.span)


def _tapped(context: ModelContext, argument: s.Argument, scope: Scope) -> tuple[Tensor, Label]:
    """The tensor that an argument of a merge names, and where it was named."""
    given = argument.value
    value, index = (given.value, given.index) if isinstance(given, s.Index) else (given, None)
    if argument.name or not isinstance(value, s.Name):
        message = "only taps can be merged: names given by `as`"
        raise LabError([Diagnostic(Code.WRONG_TYPE, message, argument.span)])
    key = (value.id, _index_of(index, scope))
    taps = context.builder.taps
    if key not in taps.tensors:
        if context.poisoned:
            raise LabError([])
        message = f"no tensor before this is called `{_tap_text(key)}`"
        edits = renaming(argument.span, _tap_text(key), map(_tap_text, taps.tensors))
        raise LabError([Diagnostic(Code.UNKNOWN_TAP, message, argument.span, help=_help(key, taps), edits=edits)])
    taps.used.add(key)
    tensor, place = taps.tensors[key]
    if tensor is None:
        raise LabError([])
    return tensor, Label(place, f"{shapes.text(tensor.shape)} comes from here")


def _help(key: tuple[str, str], taps: Taps) -> str:
    if taps.has_outside(key):
        return f"`{_tap_text(key)}` is named outside of this block, and a block has taps of its own: merge outside"
    near = did_you_mean(_tap_text(key), map(_tap_text, taps.tensors))
    return near or "a tensor is named by `as`, before it is used"


def _tap_text(key: tuple[str, str]) -> str:
    return f"{key[0]}[{key[1]}]" if key[1] else key[0]
