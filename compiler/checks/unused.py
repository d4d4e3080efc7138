"""Check for names that are declared but never used."""

from collections.abc import Iterator
from itertools import groupby

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ...grammar.diagnostics.suggest import listing, nearest, renaming
from ..analysis.references import called_names, merged_names, referenced_names
from ..files.declarations import Declarations
from ..model.graph import Graph, NamedTensor


def check_unused(declared: Declarations, graph: Graph | None) -> Iterator[Diagnostic]:
    """Warn about unused `let`s, blocks and taps: most often the name is mistyped where it should be used."""
    yield from _lets(declared)
    yield from _blocks(declared)
    if graph:
        yield from _taps(declared, graph)


def check_mistyped_lets(declared: Declarations) -> Iterator[Diagnostic]:
    """Warn about unused `let`s whose name is similar to that of a `let` in an extended file, also after an error.

    Such a `let` was meant to replace the other, so that the file has another value than its author thinks.
    """
    inherited = [name for name, let in declared.lets.items() if let.span.source is not declared.source]
    for let in _unused_lets(declared) if inherited else ():
        if near := nearest(let.name.id, inherited):
            message = f"`let {let.name.id}` is never used, and replaces no `let` of the extended file"
            first = Label(declared.lets[near].name.span, f"`{near}` is defined here")
            edits = renaming(let.name.span, let.name.id, inherited)
            help = f"did you mean `let {near}`?"
            yield Diagnostic(Code.UNUSED, message, let.name.span, help=help, labels=(first,), edits=edits)


def _lets(declared: Declarations) -> Iterator[Diagnostic]:
    """Warn about unused `let`s of the file itself. The `let`s of an extended file need not be used."""
    mistyped = {one.span for one in check_mistyped_lets(declared)}
    for let in _unused_lets(declared):
        if let.name.span not in mistyped:
            message = f"`let {let.name.id}` is never used"
            yield Diagnostic(Code.UNUSED, message, let.name.span, help="remove it, or use it where it was meant")


def _unused_lets(declared: Declarations) -> Iterator[s.Let]:
    """Yield the `let`s of the file itself that nothing uses; none if a part of the file could not be read."""
    used = referenced_names(declared)
    for name, let in declared.lets.items():
        if name not in used and not declared.broken and let.span.source is declared.source:
            yield let


def _blocks(declared: Declarations) -> Iterator[Diagnostic]:
    """Warn about unused blocks of the file itself: the compiler does not check the layers of an unused block."""
    stacks = [block.body for block in declared.blocks.values()] + ([declared.model.body] if declared.model else [])
    used = {name for stack in stacks for name in called_names(stack)}
    for name, block in declared.blocks.items():
        if name not in used and block.span.source is declared.source:
            message = f"`block {name}` is never used"
            yield Diagnostic(Code.UNUSED, message, block.name.span, help="remove it, or use it where it was meant")


def _taps(declared: Declarations, graph: Graph) -> Iterator[Diagnostic]:
    """Warn about taps (tensors named by `as`) that no merge takes, once for each `as`.

    There is no warning about a tap that a merge under an `if` or in a block names: such a merge may leave out some taps
    on purpose. Nor is there one about a tap that is named by a merge in a loop without iterations.
    """
    in_blocks = {name for block in declared.blocks.values() for name, _ in merged_names(block.body)}
    in_model = list(merged_names(declared.model.body)) if declared.model else []
    named_in_model = {name for name, _ in in_model}
    optional = in_blocks | {name for name, conditional in in_model if conditional}
    for span, named in groupby(sorted(graph.taps, key=_place), key=lambda tap: tap.span):
        taps = list(named)
        if taps[0].name in optional:
            continue
        spare = [tap.text for tap in taps if not tap.used and not tap.merged]
        used = any(tap.used for tap in taps)
        if not used and taps[0].name not in named_in_model:
            help = "remove the name, or use it in a merge"
            yield Diagnostic(Code.UNUSED, f"the name `{taps[0].name}` is never used", span, help=help)
        elif used and spare:
            message = f"{listing(spare)} {'are' if len(spare) > 1 else 'is'} never used"
            help = f"merge with {'them' if len(spare) > 1 else 'it'} too; check that the loops run over the same values"
            yield Diagnostic(Code.UNUSED, message, span, help=help)


def _place(tap: NamedTensor) -> tuple[str, int]:
    return tap.span.source.name, tap.span.start
