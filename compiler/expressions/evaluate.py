"""Expressions to values. Evaluation always ends: results are bounded, and there is nothing that loops."""

import operator
from collections.abc import Callable
from typing import Any, NoReturn

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.edit import Edit
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.suggest import did_you_mean, renaming
from .arithmetic import compute
from .builtins import FUNCTIONS, MAX_ITEMS
from .fail import fail
from .scope import Scope
from .types import check_word, comparable_type
from .values import UNKNOWN, Angle, Construction, Percent, Unknown, Value, Word, is_number, kind, show

_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def evaluate(expression: s.Expression, scope: Scope) -> Value:
    """The value of an expression.

    A bare name that nothing in scope explains comes back as a `Word`, a call of no known function as `Construction`:
    only the setting or argument they are given to knows whether they mean something.

    Raises:
        LabError: with one diagnostic if there is no value; with none if that comes from a mistake reported before.
    """
    match expression:
        case s.Number(unit="%"):
            return Percent(expression.value / 100)
        case s.Number(unit="deg"):
            return Angle(float(expression.value))
        case s.Number() | s.String() | s.Constant():
            return expression.value
        case s.Size():
            return expression.lengths
        case s.Name():
            found = scope.find(expression.id)
            return found.values[expression.id] if found else Word(expression.id)
        case s.Group():
            return evaluate(expression.inner, scope)
        case s.Sequence():
            items = [evaluate(item, scope) for item in expression.items]
            return tuple(items) if expression.brackets == "()" else items
        case s.Unary():
            return _unary(expression, scope)
        case s.Binary(operator="and" | "or"):
            return _logic(expression, scope)
        case s.Binary():
            return _binary(expression, scope)
        case s.Comparison():
            return _comparison(expression, scope)
        case s.Conditional():
            chosen = expression.then if truth(expression.test, scope) else expression.otherwise
            return evaluate(chosen, scope)
        case s.Index():
            return _index(expression, scope)
        case s.Call():
            return _call(expression, scope)


def known(expression: s.Expression, scope: Scope) -> Value:
    """The value of an expression in a place where words mean nothing, so that a bare name must be known.

    Raises:
        LabError: as `evaluate`, and for a name or function that does not exist.
    """
    value = evaluate(expression, scope)
    if isinstance(value, Word):
        _unknown_name(value.id, expression, scope)
    if isinstance(value, Construction):
        name = value.call.name
        help, edits = did_you_mean(name.id, FUNCTIONS), renaming(name.span, name.id, FUNCTIONS)
        fail(Code.UNKNOWN_NAME, f"there is no function `{name.id}`", name, help, edits)
    if isinstance(expression, s.Sequence):
        for item in expression.items:
            known(item, scope)
    return value


def truth(expression: s.Expression, scope: Scope) -> bool:
    """The value of a condition.

    Raises:
        LabError: as `known`, and where the value is neither true nor false.
    """
    value = known(expression, scope)
    if isinstance(value, Unknown):
        raise LabError([])
    if not isinstance(value, bool):
        help = "write what it is compared with, as in `rate > 0`" if is_number(value) else None
        fail(Code.WRONG_TYPE, f"a condition must be true or false, but this is {kind(value)}", expression, help)
    return value


def items_of(expression: s.Expression, scope: Scope) -> list[Value]:
    """The items of a list or tuple.

    Raises:
        LabError: as `known`, and where the value has no items.
    """
    value = known(expression, scope)
    if isinstance(value, Unknown):
        raise LabError([])
    if not isinstance(value, list | tuple):
        help = f"`range({show(value)})` counts from 0" if isinstance(value, int) else None
        fail(Code.WRONG_TYPE, f"this must be a list, but is {kind(value)}", expression, help)
    return list(value)


def _unary(expression: s.Unary, scope: Scope) -> Value:
    if expression.operator == "not":
        return not truth(expression.operand, scope)
    value = known(expression.operand, scope)
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, Angle):
        return Angle(-value.degrees if expression.operator == "-" else value.degrees)
    if not is_number(value):
        message = f"`{expression.operator}` needs a number, but this is {kind(value)}"
        fail(Code.WRONG_TYPE, message, expression.operand)
    result = -value if expression.operator == "-" else value
    return Percent(result) if isinstance(value, Percent) else result


def _logic(expression: s.Binary, scope: Scope) -> bool:
    left = truth(expression.left, scope)
    if left is (expression.operator == "or"):
        return left
    return truth(expression.right, scope)


def _binary(expression: s.Binary, scope: Scope) -> Value:
    left, right = known(expression.left, scope), known(expression.right, scope)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return UNKNOWN
    return compute(expression, left, right)


def _comparison(expression: s.Comparison, scope: Scope) -> Value:
    left_expression, left = expression.first, evaluate(expression.first, scope)
    for symbol, right_expression in expression.rest:
        right = evaluate(right_expression, scope)
        if isinstance(left, Unknown) or isinstance(right, Unknown):
            return UNKNOWN
        equality = symbol in ("==", "!=")
        for value, other, place in ((left, right, left_expression), (right, left, right_expression)):
            if isinstance(value, Word) and equality and isinstance(other, Word | str | None):
                check_word(value, place, scope)
            elif isinstance(value, Word):
                known(place, scope)
        if equality and comparable_type(left) != comparable_type(right) and None not in (left, right):
            message = f"{kind(left)} and {kind(right)} are never equal"
            fail(Code.WRONG_TYPE, message, expression)
        try:
            holds = _COMPARISONS[symbol](left, right)
        except TypeError:
            message = f"`{symbol}` cannot compare {kind(left)} with {kind(right)}"
            fail(Code.WRONG_TYPE, message, expression)
        if not holds:
            return False
        left_expression, left = right_expression, right
    return True


def _index(expression: s.Index, scope: Scope) -> Value:
    value, index = known(expression.value, scope), known(expression.index, scope)
    if isinstance(value, Unknown) or isinstance(index, Unknown):
        return UNKNOWN
    if not isinstance(value, list | tuple):
        fail(Code.WRONG_TYPE, f"only a list or a size has items, but this is {kind(value)}", expression.value)
    if type(index) is not int:
        fail(Code.WRONG_TYPE, f"an index must be an integer, but this is {kind(index)}", expression.index)
    if not -len(value) <= index < len(value):
        message = f"there is no item {index}: the list has {len(value)}, counted from 0"
        fail(Code.BAD_EXPRESSION, message, expression.index)
    return value[index]


def _call(expression: s.Call, scope: Scope) -> Value:
    function = FUNCTIONS.get(expression.name.id)
    if not function:
        return Construction(expression)
    positional = [known(a.value, scope) for a in expression.arguments if not a.name]
    named = {a.name.id: known(a.value, scope) for a in expression.arguments if a.name}
    if any(isinstance(value, Unknown) for value in [*positional, *named.values()]):
        return UNKNOWN
    name = expression.name.id
    try:
        result = function(*positional, **named)
    except (TypeError, ValueError, OverflowError, AttributeError) as error:
        note = str(error) if str(error).startswith("takes ") else "does not take these arguments"
        fail(Code.BAD_EXPRESSION, f"`{name}` {note}", expression)
    if isinstance(result, list) and len(result) > MAX_ITEMS:
        fail(Code.BEYOND_BOUND, f"this list would have more than {MAX_ITEMS} items, the bound", expression)
    return result


def _unknown_name(name: str, place: s.Expression, scope: Scope) -> NoReturn:
    message = f"unknown name `{name}`"
    if name in ("True", "False", "None"):
        edit = Edit(place.span, name.lower(), safe=True)
        fail(Code.UNKNOWN_NAME, message, place, f"write `{edit.text}`", (edit,))
    help = (
        did_you_mean(name, scope.names())
        or f'define it with `let`, or, if it is a string, write it in quotes: `"{name}"`'
    )
    fail(Code.UNKNOWN_NAME, message, place, help, renaming(place.span, name, scope.names()))
