"""Taps: tensors that `as name` or `as name[index]` names, and the merges that use them."""

from dataclasses import replace

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ...grammar.diagnostics.edit import Edit
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.suggest import did_you_mean, renaming
from ..expressions.evaluate import known
from ..expressions.scope import Scope
from ..expressions.values import Unknown, show
from ..layers import Merge, shapes
from .builder import Taps, Tensor
from .context import ModelContext
from .recovery import keeps_shape


def name_tensor(context: ModelContext, tap: s.Tap, scope: Scope) -> None:
    """Name the current tensor, as `as name` or `as name[index]` says.

    Raises:
        LabError: if another tensor already has this name.
    """
    key = (tap.name.id, _index_of(tap.index, scope))
    tensors = context.builder.taps.tensors
    if key in tensors:
        first = Label(tensors[key][1], "first named here")
        message = f"the name `{_tap_text(key)}` is given twice"
        raise LabError([Diagnostic(Code.DUPLICATE, message, tap.span, labels=(first,))])
    tensors[key] = (context.builder.current, tap.span)


def _index_of(index: s.Expression | None, scope: Scope) -> str:
    """Return an index as a string; "" if there is no index."""
    if index is None:
        return ""
    value = known(index, scope)
    if isinstance(value, Unknown):
        raise LabError([])
    return show(value)


def merge(context: ModelContext, cls: type[Merge], step: s.Layer, scope: Scope) -> None:
    """Merge the current tensor with taps, as `concat(tap, …)` and the other merges do.

    Raises:
        LabError: if an argument is not a tap, or if the shapes of the tensors cannot be merged.
    """
    if not step.arguments:
        message = f"missing tap in `{step.name.id}`"
        help = f"name a tensor with `as skip`, then write `{step.name.id}(skip)`"
        raise LabError([Diagnostic(Code.MISSING, message, step.span, help=help)])
    tensors = [_tapped(context, argument, scope) for argument in step.arguments]
    if context.ready(step):
        context.builder.merge(cls(), tensors, step.span)
    elif keeps_shape(step.name.id):
        context.builder.current = tensors[0][0]


def _tapped(context: ModelContext, argument: s.Argument, scope: Scope) -> tuple[Tensor, Label]:
    """Return the tensor that an argument of a merge names, and a label at the location of its `as`.

    Raises:
        LabError: if the argument is not a tap; without a diagnostic if the tensor is unknown because of a mistake.
    """
    given = argument.value
    value, index = (given.value, given.index) if isinstance(given, s.Index) else (given, None)
    if argument.name or not isinstance(value, s.Name):
        message = "the argument of a merge must be a tap: a name that `as` gives to a tensor"
        raise LabError([_with_names(Diagnostic(Code.WRONG_TYPE, message, argument.span), argument)])
    key = (value.id, _index_of(index, scope))
    taps = context.builder.taps
    if key not in taps.tensors:
        if context.taps_unknown:
            raise LabError([])
        message = f"no tensor before this step is named `{_tap_text(key)}`"
        scope.budget.spend(2 * len(taps.tensors), argument.span)
        edits = renaming(argument.span, _tap_text(key), map(_tap_text, taps.tensors))
        raise LabError([Diagnostic(Code.UNKNOWN_TAP, message, argument.span, help=_help(key, taps), edits=edits)])
    taps.used.add(key)
    tensor, place = taps.tensors[key]
    if tensor is None:
        raise LabError([])
    return tensor, Label(place, f"this tensor is {shapes.text(tensor.shape)}")


def _with_names(one: Diagnostic, argument: s.Argument) -> Diagnostic:
    """Return the diagnostic of an argument that is no tap. The help writes a list of names without brackets."""
    items = argument.value.items if isinstance(argument.value, s.Sequence) else ()
    if not items or not all(isinstance(item, s.Name | s.Index) for item in items):
        return replace(one, help="name a tensor with `as skip`, then write only `skip`")
    names = ", ".join(item.span.text for item in items)
    edits = (Edit(argument.span, names, safe=True),)
    return replace(one, help=f"write the names without brackets: `{names}`", edits=edits)


def _help(key: tuple[str, str], taps: Taps) -> str:
    if taps.has_outside(key):
        return f"`{_tap_text(key)}` is named outside of this block, and a block sees only its own taps: merge outside"
    near = did_you_mean(_tap_text(key), map(_tap_text, taps.tensors))
    return near or f"name the tensor before this step: `as {_tap_text(key)}`"


def _tap_text(key: tuple[str, str]) -> str:
    return f"{key[0]}[{key[1]}]" if key[1] else key[0]
