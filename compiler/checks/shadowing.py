"""Check for names that hide a word of the language."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..analysis.vocabulary import RESERVED_NAMES
from ..files.declarations import Declarations
from ..layers import LAYERS, MERGES
from ..model.composites import COMPOSITES
from ..std import BLOCKS


def check_shadowing(declared: Declarations) -> Iterator[Diagnostic]:
    """Warn about a `let` or a block that hides a word of the language because it has the same name."""
    for name, block in declared.blocks.items():
        if name in BLOCKS or name in LAYERS or name in MERGES or name in COMPOSITES:
            message = f"`block {name}` hides the built-in `{name}`"
            help = f"choose another name, unless `{name}` should mean this block everywhere in the file"
            yield Diagnostic(Code.SHADOWED, message, block.name.span, help=help)
    for name, let in declared.lets.items():
        if name in RESERVED_NAMES:
            message = f"`let {name}` hides the word `{name}` of the language"
            help = f"choose another name, unless `{name}` should mean this value everywhere in the file"
            yield Diagnostic(Code.SHADOWED, message, let.name.span, help=help)
