"""Calls of words of Keras, PyTorch and other tools: `Adam(learning_rate=1e-3)`, `nn.BCELoss()`."""

from collections.abc import Callable

from ....grammar import syntax as s
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.edit import Edit, text_after
from ....grammar.diagnostics.reporter import Reporter
from ....grammar.diagnostics.suggest import did_you_mean, renaming
from ..arguments import Arguments
from ..call_arguments import Given, given_by
from ..choice import Choice
from ..refusal import ADDRESS_HELP, is_address
from .foreign_words import meant_word

Bind = Callable[[type[Arguments], list[Given]], object]
"""Binds the arguments of a call, and raises LabError with the mistakes in them."""


def unknown_call(choice: Choice, call: s.Call, bind: Bind) -> list[Diagnostic]:
    """Return the diagnostics of a call that is no member of the choice."""
    name, words = call.name, choice.words()
    message = f"unknown word `{name.id}`"
    meant = meant_word(name.id, words)
    if meant in choice.made:
        return _translated(choice, call, meant, bind)
    if meant and call.arguments:
        return [without_arguments(meant, call)]
    if meant:
        alone = Edit(call.span, meant, safe=True)
        return [Diagnostic(Code.UNKNOWN_WORD, message, name.span, help=f"write `{meant}`", edits=(alone,))]
    if any(isinstance(one.value, s.String) and is_address(one.value.value) for one in call.arguments):
        return [Diagnostic(Code.UNKNOWN_WORD, message, name.span, help=ADDRESS_HELP)]
    edits = renaming(name.span, name.id, words)
    written = None if edits else _call_of_text(choice, call)
    if written and written.partition("(")[0] in choice.made:
        whole = Edit(call.span, written)
        return [Diagnostic(Code.UNKNOWN_WORD, message, name.span, help=f"write `{written}`", edits=(whole,))]
    return [Diagnostic(Code.UNKNOWN_WORD, message, name.span, help=did_you_mean(name.id, words), edits=edits)]


def without_arguments(word: str, call: s.Call) -> Diagnostic:
    """Return the diagnostic of a word that is written as a call, `relu()`."""
    edits = (Edit(call.span, word, safe=not call.arguments),)
    message = f"`{word}` cannot have arguments here"
    return Diagnostic(Code.WRONG_TYPE, message, call.span, help=f"write `{word}`", edits=edits)


def _translated(choice: Choice, call: s.Call, word: str, bind: Bind) -> list[Diagnostic]:
    """Return one diagnostic that replaces all names of the call, and the other mistakes in its arguments."""
    arguments = [one for one in call.arguments if not one.value.span.text.startswith("model.")]  # reported before
    reporter = Reporter()
    with reporter.catch():
        bind(choice.made[word], given_by(arguments))
    renamed = [one for one in reporter.diagnostics if one.code is Code.UNKNOWN_ARGUMENT and _is_certain(one.edits)]
    named = call.name.span if call.arguments else call.span
    edits = [Edit(named, word, safe=True), *(edit for one in renamed for edit in one.edits)]
    others = [other for other in reporter.diagnostics if other not in renamed]
    whole = not others and len(arguments) == len(call.arguments)
    help = f"write `{text_after(call.span, edits)}`" if whole else f"write `{word}` instead of `{call.name.id}`"
    one = Diagnostic(Code.UNKNOWN_WORD, f"unknown word `{call.name.id}`", call.name.span, help=help, edits=tuple(edits))
    return [one, *others]


def _is_certain(edits: tuple[Edit, ...]) -> bool:
    return bool(edits) and all(edit.safe for edit in edits)


def _call_of_text(choice: Choice, call: s.Call) -> str | None:
    """Return the call that is meant by another call of one string, such as `directory("data")`."""
    values = [one.value for one in call.arguments]
    return choice.call_of(values[0].value) if len(values) == 1 and isinstance(values[0], s.String) else None
