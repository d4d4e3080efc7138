"""Names that hide a word of the language."""

from collections.abc import Iterator

from ...grammar.codes import Code
from ...grammar.diagnostic import Diagnostic
from ..declarations import Declarations
from ..vocabulary import RESERVED


def check_shadowing(declared: Declarations) -> Iterator[Diagnostic]:
    """A `let` may be called like a word, but then the word can no longer be written."""
    for name, let in declared.lets.items():
        if name in RESERVED:
            message = f"`let {name}` hides the word `{name}` of the language"
            help = f"choose another name, unless `{name}` is to mean this value everywhere in the file"
            yield Diagnostic(Code.SHADOWED, message, let.name.span, help=help)
