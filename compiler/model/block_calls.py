"""The values of a block's parameters in one call of the block."""

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.reporter import Reporter
from ..expressions.evaluate import evaluate, known
from ..expressions.scope import Scope
from ..expressions.values import Construction, Value
from ..schema.call_arguments import Signature, assign, given_by, meant_names


def parameters_of(block: s.Block, step: s.Layer, scope: Scope, top: Scope) -> Scope:
    """Return the scope with the value of each parameter: the given argument, else the default.

    A default may use the parameters before it. A word such as `relu` is a value too, so that a block can pass the word
    on to a layer. `scope` is the scope of the call, `top` the scope in which the block is defined.

    Raises:
        LabError: if arguments are unknown, given twice, missing, or without a value; with a diagnostic for each.
    """
    own = Reporter()
    names = [parameter.name.id for parameter in block.parameters]
    required = [parameter.name.id for parameter in block.parameters if parameter.default is None]
    signature, arguments = Signature(block.name.id, names, len(names), required=required), given_by(step.arguments)
    given = assign(signature, arguments, own)
    meant = meant_names(signature, arguments, given)
    inner = Scope({}, top)
    for parameter in block.parameters:
        name = parameter.name.id
        with own.catch():
            if name in given:
                argument = given[name].value
                assert not isinstance(argument, s.Settings)
                inner.values[name] = _value(argument, scope)
                inner.origins[name] = argument, scope
            elif parameter.default:
                inner.values[name] = _value(parameter.default, inner)
                inner.origins[name] = parameter.default, inner
            elif name not in meant:
                message = f"missing argument `{name}` of the block `{block.name.id}`"
                own.report(Diagnostic(Code.MISSING, message, step.span))
    if len(inner.values) < len(block.parameters) or own.diagnostics:
        raise LabError(own.diagnostics)
    return inner


def _value(expression: s.Expression, scope: Scope) -> Value:
    value = evaluate(expression, scope)
    return known(expression, scope) if isinstance(value, Construction) else value
