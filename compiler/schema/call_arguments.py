"""Which argument is for which name: Python's rules, for layers, settings, constructors and blocks alike."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.edit import Edit
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.diagnostics.suggest import did_you_mean, renaming


@dataclass(frozen=True)
class Given:
    """One argument or setting as it was written; `name` is None for one given by position."""

    name: s.Name | None
    value: s.Expression | s.Settings


@dataclass(frozen=True)
class Hint:
    """The help for a name that is known, but not here, and its name in this language."""

    help: str
    name: str


def given_by(arguments: Iterable[s.Argument]) -> list[Given]:
    """The arguments of a call."""
    return [Given(argument.name, argument.value) for argument in arguments]


@dataclass(frozen=True)
class Signature:
    """What may be given: `names`, of which the first `positional` also without their name."""

    word: str
    names: Sequence[str]
    positional: int
    settings: bool = False  # whether they stand between braces, one below the other


def assign(
    signature: Signature,
    given: list[Given],
    reporter: Reporter,
    hint: Callable[[str], Hint | None] = lambda _: None,
) -> dict[str, Given]:
    """What was given, by name. What has no such name or comes twice is reported and left out.

    `hint` knows names that have their place elsewhere, or another name here.
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
