"""Where the value of a name is written: in a `let`, or in the call of a block."""

from collections.abc import Iterable
from dataclasses import replace

from ...grammar import syntax as s
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from .scope import Scope


def origin_of(expression: s.Expression, scope: Scope) -> s.Expression:
    """Return the expression that gives the value: for a name, that of its `let`, or the argument of the block's call.

    Return the name itself if it is a word, or the variable of a loop.
    """
    seen: set[tuple[int, str]] = set()
    while True:
        inner = _ungrouped(expression)
        found = scope.find(inner.id) if isinstance(inner, s.Name) else None
        if found is None or not isinstance(inner, s.Name) or inner.id not in found.origins:
            return expression
        if (id(found), inner.id) in seen:
            return expression
        seen.add((id(found), inner.id))
        expression, scope = found.origins[inner.id]


def is_written(expression: s.Expression, scope: Scope) -> bool:
    """Return whether the text of an expression is its value, and not a computation or the name of a value."""
    inner = _ungrouped(expression)
    if isinstance(inner, s.Name):
        return scope.find(inner.id) is None
    if isinstance(inner, s.Unary):
        return is_written(inner.operand, scope)
    return isinstance(inner, s.Number | s.String | s.Size | s.Constant | s.Sequence)


def at_origin(
    diagnostics: Iterable[Diagnostic], expression: s.Expression, scope: Scope, use: str
) -> Iterable[Diagnostic]:
    """Return the diagnostics of the value of an expression, at the location where the value is written.

    If that is another location, a label with the text `use` marks the expression.
    """
    origin = origin_of(expression, scope)
    for one in diagnostics:
        if origin is expression or one.span != expression.span:
            yield one
            continue
        edits = tuple(replace(edit, span=origin.span, safe=False) for edit in one.edits if edit.span == one.span)
        yield replace(one, span=origin.span, labels=(Label(expression.span, use), *one.labels), edits=edits)


def _ungrouped(expression: s.Expression) -> s.Expression:
    while isinstance(expression, s.Group):
        expression = expression.inner
    return expression
