"""Evaluates expressions. Evaluation always ends, because results are limited in size and no expression loops."""

import operator
from collections.abc import Callable
from typing import Any, NoReturn

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.suggest import did_you_mean, renaming
from .arithmetic import check_bits, compute, is_finite
from .budget import MISTAKE
from .builtins import FUNCTIONS
from .fail import fail
from .scope import Scope
from .types import check_word, comparable_type
from .value_size import check_size, value_size
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
    """Evaluate an expression.

    A name that is not in scope becomes a `Word`, and a call of an unknown function becomes a `Construction`. Only the
    setting or argument that takes the value knows whether the `Word` or `Construction` is valid.

    Raises:
        LabError: with one diagnostic if there is no value; without diagnostics if the cause has been reported before.
        LimitExceeded: if the budget of the file is used up.
    """
    scope.budget.spend(1, expression.span)
    match expression:
        case s.Number():
            return _number(expression)
        case s.String() | s.Constant():
            return expression.value
        case s.Size():
            return check_size(expression.lengths, expression, scope)
        case s.Name():
            found = scope.find(expression.id)
            return found.values[expression.id] if found else Word(expression.id)
        case s.Group():
            return evaluate(expression.inner, scope)
        case s.Sequence():
            items = [evaluate(item, scope) for item in expression.items]
            return check_size(tuple(items) if expression.brackets == "()" else items, expression, scope)
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
    """Evaluate an expression in which every name and function must exist.

    Raises:
        LabError: in the cases of `evaluate`, and for an unknown name or function.
    """
    value = evaluate(expression, scope)
    _check_known(value, expression, scope)
    return value


def truth(expression: s.Expression, scope: Scope) -> bool:
    """Evaluate a condition.

    Raises:
        LabError: in the cases of `known`, and if the value is neither true nor false.
    """
    value = known(expression, scope)
    if isinstance(value, Unknown):
        raise LabError([])
    if not isinstance(value, bool):
        help = "compare the number with another one, for example `rate > 0`" if is_number(value) else None
        fail(Code.WRONG_TYPE, f"a condition must be true or false, but is {kind(value)}", expression, help)
    return value


def items_of(expression: s.Expression, scope: Scope) -> list[Value]:
    """Evaluate an expression and return its items.

    Raises:
        LabError: in the cases of `known`, and if the value is neither a list nor a tuple.
    """
    value = known(expression, scope)
    if isinstance(value, Unknown):
        raise LabError([])
    if not isinstance(value, list | tuple):
        help = f"write `range({show(value)})` to count from 0" if isinstance(value, int) else None
        fail(Code.WRONG_TYPE, f"this must be a list, but is {kind(value)}", expression, help)
    scope.budget.spend(len(value), expression.span)
    return list(value)


def _check_known(value: Value, expression: s.Expression, scope: Scope) -> None:
    """Refuse an unknown name or function in the value of an expression."""
    if isinstance(value, Word):
        _unknown_name(value.id, expression, scope)
    if isinstance(value, Construction):
        _unknown_function(value.call, scope)
    if isinstance(expression, s.Sequence) and isinstance(value, list | tuple):
        for one, item in zip(value, expression.items, strict=True):
            _check_known(one, item, scope)


def _number(number: s.Number) -> Value:
    if not is_finite(number.value):
        fail(Code.BAD_EXPRESSION, "a number must be below 1.8e308, but this one is larger", number)
    match number.unit:
        case "%":
            return Percent(number.value / 100)
        case "deg":
            return Angle(float(number.value))
    return number.value


def _unary(expression: s.Unary, scope: Scope) -> Value:
    if expression.operator == "not":
        return not truth(expression.operand, scope)
    value = known(expression.operand, scope)
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, Angle):
        return Angle(-value.degrees if expression.operator == "-" else value.degrees)
    if not is_number(value):
        message = f"the operand of `{expression.operator}` must be a number, but is {kind(value)}"
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
    return check_size(compute(expression, left, right), expression, scope)


def _comparison(expression: s.Comparison, scope: Scope) -> Value:
    left_expression, left = expression.first, evaluate(expression.first, scope)
    for symbol, right_expression in expression.rest:
        right = evaluate(right_expression, scope)
        scope.budget.spend(value_size(left) + value_size(right), expression.span)
        if isinstance(left, Unknown) or isinstance(right, Unknown):
            return UNKNOWN
        equality = symbol in ("==", "!=")
        for value, other, place in ((left, right, left_expression), (right, left, right_expression)):
            if isinstance(value, Word) and equality and isinstance(other, Word | str | None):
                check_word(value, place, scope)
            elif isinstance(value, Word):
                known(place, scope)
        if equality and comparable_type(left) != comparable_type(right) and None not in (left, right):
            message = f"cannot compare {kind(left)} with {kind(right)}: they are never equal"
            fail(Code.WRONG_TYPE, message, expression)
        try:
            holds = _COMPARISONS[symbol](left, right)
        except TypeError:
            message = f"cannot compare {kind(left)} with {kind(right)} by `{symbol}`"
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
        fail(Code.WRONG_TYPE, f"a value with an index must be a list or a size, but is {kind(value)}", expression.value)
    if type(index) is not int:
        fail(Code.WRONG_TYPE, f"an index must be an integer, but is {kind(index)}", expression.index)
    if not -len(value) <= index < len(value):
        message = f"there is no item {index}: the list has {len(value)} items, counted from 0"
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
    scope.budget.spend(sum(map(value_size, [*positional, *named.values()])), expression.span)
    try:
        result = function(*positional, **named)
    except (TypeError, ValueError, OverflowError, AttributeError) as error:
        reason = f": it {error}" if str(error).startswith("takes ") else ""
        entry = (function.__doc__ or "").partition("\n")[0].removesuffix(".") or None  # of the reference
        fail(Code.BAD_EXPRESSION, f"`{name}` cannot take these arguments{reason}", expression, entry)
    if not all(map(is_finite, result if isinstance(result, list) else [result])):
        fail(Code.BAD_EXPRESSION, "the result must be a finite real number, but is not", expression)
    if isinstance(result, int):
        check_bits(result.bit_length(), expression)
    return check_size(result, expression, scope)


def _unknown_function(call: s.Call, scope: Scope) -> NoReturn:
    from .foreign_names import foreign_name  # only imported for a file with a mistake
    from .other_functions import instead_of

    name = call.name
    known = [*FUNCTIONS, *(scope.names() if "." in name.id else ())]
    found = foreign_name(name.id, name.span, known) if "." in name.id else instead_of(call)
    help, edits = found or (did_you_mean(name.id, FUNCTIONS), renaming(name.span, name.id, FUNCTIONS))
    fail(Code.UNKNOWN_NAME, f"unknown function `{name.id}`", name, help, edits)


def _unknown_name(name: str, place: s.Expression, scope: Scope) -> NoReturn:
    from .foreign_names import foreign_name  # only imported for a file with a mistake

    message, known = f"unknown name `{name}`", scope.names()
    scope.budget.spend(MISTAKE + 2 * len(known), place.span)
    if found := foreign_name(name, place.span, known):
        fail(Code.UNKNOWN_NAME, message, place, *found)
    help = did_you_mean(name, known) or f'define `{name}` with `let`, or write a string in double quotes: `"{name}"`'
    fail(Code.UNKNOWN_NAME, message, place, help, renaming(place.span, name, known))
