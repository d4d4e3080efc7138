"""Assigns arguments to names by the rules of Python, for layers, settings, constructors and blocks."""

from collections.abc import Callable, Iterable, Sequence

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.edit import Edit
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.diagnostics.suggest import did_you_mean, renaming
from ...grammar.value_class import value_class


@value_class
class Given:
    """One argument or setting as written in the file. `name` is None for a positional argument."""

    name: s.Name | None
    value: s.Expression | s.Settings


@value_class
class Hint:
    """The help for a name that is valid elsewhere or in Keras, and the name to write in labc."""

    help: str
    name: str


def given_by(arguments: Iterable[s.Argument]) -> list[Given]:
    """Return the arguments of a call as a list of `Given`."""
    return [Given(argument.name, argument.value) for argument in arguments]


@value_class
class Signature:
    """The allowed names. The first arguments may be given without their names; `positional` is their number."""

    word: str
    names: Sequence[str]
    positional: int
    settings: bool = False  # whether these are settings between braces, not arguments of a call


def assign(
    signature: Signature,
    given: list[Given],
    reporter: Reporter,
    hint: Callable[[str], Hint | None] = lambda _: None,
) -> dict[str, Given]:
    """Return the given arguments by name. An unknown name or a duplicate is reported and left out.

    `hint` returns the help for a name that is valid elsewhere or in Keras, None for other names.
    """
    by_name: dict[str, Given] = {}
    for position, one in enumerate(given):
        if one.name and one.name.id not in signature.names:
            reporter.report(_unknown(signature, one.name, hint(one.name.id), given))
            continue
        if not one.name and position >= signature.positional:
            reporter.report(_too_many(signature, one))
            continue
        name = one.name.id if one.name else signature.names[position]
        if name in by_name:
            place = (one.name or one.value).span
            help = f"remove one of the two; the first `{name}` is on line {by_name[name].value.span.line}"
            reporter.report(Diagnostic(Code.DUPLICATE, f"`{name}` is given twice", place, help=help))
            continue
        by_name[name] = one
    return by_name


def _unknown(signature: Signature, name: s.Name, hint: Hint | None, given: list[Given]) -> Diagnostic:
    word = signature.word
    code, what = Code.UNKNOWN_ARGUMENT, "argument"
    if signature.settings:
        code, what = Code.UNKNOWN_SETTING, "setting"
    message = f"`{word}` has no {what} `{name.id}`"
    if hint:
        taken = any(one.name and one.name.id == hint.name for one in given)
        edits = (Edit(name.span, hint.name, safe=not taken),) if hint.name in signature.names else ()
        return Diagnostic(code, message, name.span, help=hint.help, edits=edits)
    help = did_you_mean(name.id, signature.names) if signature.names else f"remove it: `{word}` takes no {what}s"
    return Diagnostic(code, message, name.span, help=help, edits=renaming(name.span, name.id, signature.names))


def _too_many(signature: Signature, one: Given) -> Diagnostic:
    counted = {0: "no argument", 1: "one argument"}.get(signature.positional, f"{signature.positional} arguments")
    unnamed = " without a name" if signature.names else "s"
    message = f"unexpected argument: `{signature.word}` takes {counted}{unnamed}"
    by_name = signature.names[signature.positional :]
    help = "write other arguments with their names: " + ", ".join(f"`{name}`" for name in by_name) if by_name else None
    return Diagnostic(Code.TOO_MANY_ARGUMENTS, message, one.value.span, help=help)
