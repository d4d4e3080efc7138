"""Type rules for values: which values `==` may compare, and which values may replace the value of a `let`."""

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.edit import Edit
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.suggest import nearest
from ...grammar.syntax import Expression
from .budget import MISTAKE
from .scope import Scope
from .values import Construction, Value, Word, is_number


def check_word(word: Word, place: Expression, scope: Scope) -> None:
    """Refuse a word that no setting or argument takes. It is a mistyped name, or a string without its quotes.

    Raises:
        LabError: if no setting or argument takes the word.
    """
    vocabulary = scope.vocabulary
    if word.id not in vocabulary:
        scope.budget.spend(MISTAKE + 2 * len(scope.names()), place.span)
        near = nearest(word.id, [*scope.names(), *vocabulary])
        help = f"did you mean `{near}`?" if near else f'write a string in double quotes: `"{word.id}"`'
        edits = (Edit(place.span, near or f'"{word.id}"'),)
        message = f"unknown name `{word.id}`"
        raise LabError([Diagnostic(Code.UNKNOWN_NAME, message, place.span, help=help, edits=edits)])


def comparable_type(value: Value) -> type:
    """Return the type of a value for `==`. A comparison of two different types is a mistake: it is never true."""
    if is_number(value):
        return float
    return str if isinstance(value, Word) else type(value)


def can_replace(value: Value, default: Value) -> bool:
    """Check whether a value can replace `default`, the file's own value of a `let`: their types must be the same.

    An integer can replace a decimal number, but a decimal number cannot replace an integer.
    """
    if isinstance(default, float):
        return is_number(value)
    if isinstance(default, Word | Construction):
        return isinstance(value, Word | Construction)
    return type(value) is type(default)
