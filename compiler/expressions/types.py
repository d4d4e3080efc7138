"""What `==` may compare: values of one sort, and words that mean something."""

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, LabError
from ...grammar.diagnostics.suggest import nearest
from ...grammar.syntax import Expression
from .scope import Scope
from .values import Value, Word, is_number


def check_word(word: Word, place: Expression, scope: Scope) -> None:
    """Raise LabError unless some setting or argument takes the word: else it is a mistyped name, or a text."""
    from ..analysis.vocabulary import VALUE_WORDS  # made of classes that need values themselves

    if word.id not in VALUE_WORDS:
        near = nearest(word.id, [*scope.names(), *VALUE_WORDS])
        help = f"did you mean `{near}`?" if near else f'a text stands in quotes: `"{word.id}"`'
        raise LabError([Diagnostic(Code.UNKNOWN_NAME, f"nothing is called `{word.id}` here", place.span, help=help)])


def sort_of(value: Value) -> type:
    """The sort of a value, values of different ones being never equal."""
    if is_number(value):
        return float
    return str if isinstance(value, Word) else type(value)
