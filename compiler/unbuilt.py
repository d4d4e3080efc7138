"""What language.md has and this version does not run yet: known by name, so that it is never taken for a mistake.

A name leaves this file when it is built; when the file is empty, it goes.
"""

from ..grammar.diagnostics.codes import Code
from ..grammar.diagnostics.diagnostic import Diagnostic
from ..grammar.source import Span

UNBUILT = frozenset({"report"})


def not_built(what: str, place: Span) -> Diagnostic:
    """The diagnostic for a part of the language that is not built."""
    message = f"{what} is part of the language, but this version of labc does not run it yet"
    return Diagnostic(Code.NOT_BUILT, message, place)
