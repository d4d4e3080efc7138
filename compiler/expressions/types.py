"""Types of values as `==` and `--set` tell them apart."""

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.edit import Edit
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.suggest import nearest
from ...grammar.syntax import Expression
from .scope import Scope
from .values import Construction, Value, Word, is_number


def check_word(word: Word, place: Expression, scope: Scope) -> None:
    """Refuse a word that no setting or argument takes: it is a mistyped name, or a text without its quotes.

    Raises:
        LabError: for such a word.
    """
    vocabulary = scope.words()
    if word.id not in vocabulary:
        near = nearest(word.id, [*scope.names(), *vocabulary])
        help = f"did you mean `{near}`?" if near else f'if it is a string, write it in quotes: `"{word.id}"`'
        edits = (Edit(place.span, near or f'"{word.id}"'),)
        message = f"unknown name `{word.id}`"
        raise LabError([Diagnostic(Code.UNKNOWN_NAME, message, place.span, help=help, edits=edits)])


def comparable_type(value: Value) -> type:
    """The type of a value for `==`: values of two different ones are never equal, which is a mistake."""
    if is_number(value):
        return float
    return str if isinstance(value, Word) else type(value)


def can_replace(value: Value, default: Value) -> bool:
    """Whether a value can take the place of a `let`'s own: it has the same type, or both are numbers.

    An integer cannot be replaced by a decimal number; the reverse is fine.
    """
    if isinstance(default, float):
        return is_number(value)
    if isinstance(default, Word | Construction):
        return isinstance(value, Word | Construction)
    return type(value) is type(default)
