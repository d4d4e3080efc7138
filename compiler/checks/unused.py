"""Names that are given and never used."""

from collections.abc import Iterator

from ...grammar.codes import Code
from ...grammar.diagnostic import Diagnostic
from ..declarations import Declarations
from ..usage import used_names


def check_unused(declared: Declarations) -> Iterator[Diagnostic]:
    """A `let` that nothing uses is most often a mistyped name, or a value that was meant to matter.

    What an extended file offers need not be used.
    """
    used = set(used_in(declared))
    for name, let in declared.lets.items():
        if name not in used and not declared.broken and let.span.source is declared.source:
            message = f"`let {name}` is never used"
            yield Diagnostic(Code.UNUSED, message, let.name.span, help="remove it, or use it where it was meant")


def used_in(declared: Declarations) -> Iterator[str]:
    """Every name that the declarations use, comparisons apart: to be varied is not to be used."""
    nodes = [*declared.blocks.values(), *(let.value for let in declared.lets.values())]
    sections = [section for word, section in declared.sections.items() if word not in ("sweep", "search")]
    for node in (*nodes, *sections, declared.model, declared.variants, declared.expect):
        if node:
            yield from used_names(node)
