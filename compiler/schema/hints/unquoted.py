"""The help for a string that is written without quotes, such as a path, where the expression has no value."""

import re

from pydantic.fields import FieldInfo

from ....grammar import syntax as s
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.edit import Edit
from ..choice import choice_of
from ..field_types import takes_text

_PATH = re.compile(r"\w[\w-]*(/\w[\w-]*)+")


def with_quotes(one: Diagnostic, expression: s.Expression | s.Settings, field: FieldInfo) -> Diagnostic:
    """Return the diagnostic of an unknown name in a path without quotes; other diagnostics unchanged.

    `images/skin` is a path if the field takes a string or a source, and not a division.
    """
    # `labc fmt` writes blanks around the `/` of a division.
    text, choice = re.sub(r" */ *", "/", expression.span.text), choice_of(field)
    if one.code is not Code.UNKNOWN_NAME or not _PATH.fullmatch(text):
        return one
    written = f'"{text}"' if takes_text(field) else choice.call_of(text) if choice else None
    if written is None:
        return one
    edits = (Edit(expression.span, written, safe=takes_text(field)),)
    message = "a path must be in double quotes"
    return Diagnostic(Code.BAD_STRING, message, expression.span, help=f"write `{written}`", edits=edits)
