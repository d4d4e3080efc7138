"""Names that hide a word of the language."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..analysis.vocabulary import RESERVED_NAMES
from ..files.declarations import Declarations
from ..layers import LAYERS, MERGES
from ..model.composites import COMPOSITES
from ..std import BLOCKS


def check_shadowing(declared: Declarations) -> Iterator[Diagnostic]:
    """A `let` may be called like a word and a block like a layer, but then those can no longer be written."""
    for name, block in declared.blocks.items():
        if name in BLOCKS or name in LAYERS or name in MERGES or name in COMPOSITES:
            message = f"`block {name}` hides the `{name}` of the language"
            yield Diagnostic(Code.SHADOWED, message, block.name.span, help="choose another name, unless that is meant")
    for name, let in declared.lets.items():
        if name in RESERVED_NAMES:
            message = f"`let {name}` hides the word `{name}` of the language"
            help = f"choose another name, unless `{name}` is to mean this value everywhere in the file"
            yield Diagnostic(Code.SHADOWED, message, let.name.span, help=help)
