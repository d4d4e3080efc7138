"""Assigns arguments to names by the rules of Python, for layers, settings, constructors and blocks."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.edit import Edit
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.diagnostics.suggest import did_you_mean, nearest, renaming
from ...grammar.value_class import value_class


@value_class
class Given:
    """One argument or setting as written in the file. `name` is None for a positional argument."""

    name: s.Name | None
    value: s.Expression | s.Settings


@value_class
class Hint:
    """The help for a name that is valid elsewhere or in another tool, and the name to write in labc, if there is one.

    `safe` says whether only the name must be replaced, because its value means the same in labc. `rewritten` returns
    the text that replaces the name and its value, None for a value that it cannot replace.
    """

    help: str
    name: str | None = None
    safe: bool = True
    rewritten: Callable[[s.Expression | s.Settings], str | None] = lambda _: None


def given_by(arguments: Iterable[s.Argument]) -> list[Given]:
    """Return the arguments of a call as a list of `Given`."""
    return [Given(argument.name, argument.value) for argument in arguments]


@value_class
class Signature:
    """The allowed names, and those of them that have no default.

    The first arguments may be given without their names; `positional` is their number.
    """

    word: str
    names: Sequence[str]
    positional: int
    settings: bool = False  # whether these are settings between braces, not arguments of a call
    required: Sequence[str] = ()


def assign(
    signature: Signature,
    given: list[Given],
    reporter: Reporter,
    hint: Callable[[str], Hint | None] = lambda _: None,
) -> dict[str, Given]:
    """Return the given arguments by name. An unknown name or a duplicate is reported and left out.

    An unknown name that surely stands for another is reported too, but its value is returned, so that it is checked.
    `hint` returns the help for a name that is valid elsewhere or in Keras, None for other names.
    """
    by_name: dict[str, Given] = {}
    unknown: list[tuple[s.Name, Given]] = []
    renamed: list[tuple[str, Given]] = []
    surplus: list[Given] = []
    for position, one in enumerate(given):
        if one.name and one.name.id not in signature.names:
            unknown.append((one.name, one))
            hinted = hint(one.name.id)
            if hinted and hinted.name and hinted.safe and hinted.name in signature.names:
                renamed.append((hinted.name, one))
            continue
        if not one.name and position >= signature.positional:
            surplus.append(one)
            continue
        name = one.name.id if one.name else signature.names[position]
        if name in by_name:
            place = (one.name or one.value).span
            help = f"remove one of the two; the first `{name}` is on line {by_name[name].value.span.line}"
            reporter.report(Diagnostic(Code.DUPLICATE, f"`{name}` is given twice", place, help=help))
            continue
        by_name[name] = one
    if surplus:
        reporter.report(_too_many(signature, surplus))
    reporter.report(*(_unknown(signature, name, one, hint(name.id), by_name) for name, one in unknown))
    return dict(renamed) | by_name


def meant_names(
    signature: Signature,
    given: list[Given],
    by_name: Mapping[str, Given],
    hint: Callable[[str], Hint | None] = lambda _: None,
) -> set[str]:
    """Return the missing names that unknown names probably stand for. They are not reported as missing too.

    `by_name` is the result of `assign`. In a call, an unknown name that is similar to no other name stands for the
    first required argument that is missing.
    """
    meant: set[str] = set()
    for one in given:
        if one.name and one.name.id not in signature.names:
            hinted = hint(one.name.id)
            near = hinted.name if hinted else nearest(one.name.id, signature.names)
            missing = _missing(signature, by_name.keys() | meant)
            meant |= {near} if near else set(missing[:1])
    return meant - by_name.keys()


def _missing(signature: Signature, given: Set[str]) -> list[str]:
    """Return the required arguments of a call that are not given; an empty list for settings, which have no order."""
    return [] if signature.settings else [name for name in signature.required if name not in given]


def _unknown(
    signature: Signature, name: s.Name, given: Given, hint: Hint | None, by_name: Mapping[str, Given]
) -> Diagnostic:
    word = signature.word
    code, what = Code.UNKNOWN_ARGUMENT, "argument"
    if signature.settings:
        code, what = Code.UNKNOWN_SETTING, "setting"
    message = f"`{word}` has no {what} `{name.id}`"
    if hint and (written := hint.rewritten(given.value)):
        whole = Edit(name.span.to(given.value.span), written, hint.safe)
        what = f"write `{written}`" if hint.safe else hint.help
        return Diagnostic(code, message, name.span, help=what, edits=(whole,))
    if hint:
        taken = hint.name in by_name
        renamed = hint.name if hint.name in signature.names else None
        edits = (Edit(name.span, renamed, safe=hint.safe and not taken),) if renamed else ()
        return Diagnostic(code, message, name.span, help=hint.help, edits=edits)
    missing = _missing(signature, by_name.keys())
    if len(missing) == 1 and not nearest(name.id, signature.names):
        edits = (Edit(name.span, missing[0]),)
        return Diagnostic(code, message, name.span, help=f"did you mean `{missing[0]}`? It is missing", edits=edits)
    help = did_you_mean(name.id, signature.names) if signature.names else f"remove it: `{word}` takes no {what}s"
    return Diagnostic(code, message, name.span, help=help, edits=renaming(name.span, name.id, signature.names))


def _too_many(signature: Signature, surplus: list[Given]) -> Diagnostic:
    counted = {0: "no argument", 1: "one argument"}.get(signature.positional, f"{signature.positional} arguments")
    unnamed = " without a name" if signature.names else "s"
    message = f"unexpected argument{'s' * (len(surplus) > 1)}: `{signature.word}` takes {counted}{unnamed}"
    by_name = signature.names[signature.positional :]
    help = "write other arguments with their names: " + ", ".join(f"`{name}`" for name in by_name) if by_name else None
    place = surplus[0].value.span.to(surplus[-1].value.span)
    return Diagnostic(Code.TOO_MANY_ARGUMENTS, message, place, help=help)
