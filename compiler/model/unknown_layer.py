"""The diagnostics of a step with a wrong body, or whose name is neither a layer nor a block."""

from collections.abc import Iterable

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.edit import Edit
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.diagnostics.suggest import did_you_mean, nearest, renaming
from ..expressions.scope import Scope
from ..layers import LAYERS, MERGES
from ..layers.keras_classes import layer_word
from ..layers.keras_layer import PREFIX
from ..layers.other_names import counterpart
from ..std import BLOCKS
from .composites import COMPOSITES
from .context import bind_step

_WORDS = 2 * (len(LAYERS) + len(MERGES) + len(BLOCKS))  # names that a mistyped name is compared with, twice


def wrong_step(step: s.Layer, scope: Scope, blocks: Iterable[str], taps: Iterable[str]) -> list[Diagnostic]:
    """Return the diagnostics for a step with a wrong body, or whose name is neither a layer nor a block."""
    name, blocks = step.name.id, list(blocks)
    if step.body and (name in {*LAYERS, *MERGES, *BLOCKS, *blocks, "input"} or name.startswith(PREFIX)):
        help = f"write `{name}` without `{{ … }}`; the steps after it follow on the next line or after `->`"
        return [Diagnostic(Code.UNEXPECTED, f"unexpected `{{ … }}` after `{name}`", step.body.span, help)]
    return _unknown_layer(step, scope, blocks, taps)


def _unknown_layer(step: s.Layer, scope: Scope, blocks: list[str], taps: Iterable[str]) -> list[Diagnostic]:
    """Return the diagnostic for the name of a step, and those for its arguments if the name is that of a Keras layer.

    `blocks` are the names of the file's own blocks, `taps` the names of the tensors before the step.
    """
    name = step.name.id
    scope.budget.spend(2 * len(blocks) + _WORDS, step.name.span)
    keras_word = layer_word(name)
    help, edits = _help(step.name, keras_word, blocks)
    if name in taps:
        help, edits = f"`{name}` is a tap: use it in a merge, for example `concat({name})`", ()
    message = f"there is no layer or block `{name}`"
    return [
        Diagnostic(Code.UNKNOWN_LAYER, message, step.name.span, help, edits=edits),
        *(_wrong_arguments(keras_word, step, scope) if keras_word else ()),
    ]


def _help(name: s.Name, keras_word: str | None, blocks: list[str]) -> tuple[str | None, tuple[Edit, ...]]:
    if keras_word:
        edit = Edit(name.span, keras_word, safe=keras_word.isidentifier())
        return f"`{name.id}` is called `{keras_word}` here", (edit,)
    other = None if nearest(name.id, blocks) else counterpart(name.id)
    if other:
        return other.help, (Edit(name.span, other.text),) if other.text else ()
    known_names = [*LAYERS, *MERGES, *COMPOSITES, *blocks, *BLOCKS, "input"]
    return did_you_mean(name.id, known_names), renaming(name.span, name.id, known_names)


def _wrong_arguments(word: str, step: s.Layer, scope: Scope) -> tuple[Diagnostic, ...]:
    """Return the mistakes in the arguments of a step that stands for the layer `word`."""
    reporter = Reporter()
    if word in LAYERS:
        with reporter.catch():
            bind_step(LAYERS[word], step, scope)
    return reporter.diagnostics
