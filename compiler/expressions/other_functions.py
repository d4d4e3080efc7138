"""Functions of Python, NumPy, R and MATLAB, with what labc has instead."""

from ...grammar import syntax as s
from ...grammar.diagnostics.edit import Edit

_WRITTEN = {
    "sqrt": "{0} ** 0.5", "pow": "{0} ** {1}", "power": "{0} ** {1}", "c": "[{all}]", "length": "len({0})",
    "numel": "len({0})", "rev": "reversed({0})", "fliplr": "reversed({0})", "float": "{0}", "double": "{0}",
    "single": "{0}", "numeric": "{0}", "list": "{0}", "array": "{0}", "rep": "[{0}] * {1}",
    "seq": "range({0}, {1} + 1)", "arange": "range({all})", "xrange": "range({all})",
}  # fmt: skip
"""The functions of other tools with expressions of labc: `{0}` is the first argument, `{all}` are all arguments."""

_CERTAIN = {"sqrt", "pow", "power", "c", "length", "numel", "rev", "float", "double", "seq", "xrange"}
"""The functions whose expression certainly has the value that the author meant."""

_HELP = {
    "int": "write `round(…)`, or `//` for a quotient that is an integer",
    "floor": "write `//` for a quotient that is an integer: `7 // 2` is 3",
    "ceil": "write `-(-7 // 2)` for the quotient 7 / 2 rounded up",
    "str": "there are no conversions to text: write the string in double quotes",
    "print": "remove it: `labc plan` shows the values that the model uses",
    "exp": "write a power: `2.718282 ** 3`",
    "log": "there are no logarithms; `geomspace(1e-3, 1e-6, 4)` gives numbers with equal ratios",
}


def instead_of(call: s.Call) -> tuple[str, tuple[Edit, ...]] | None:
    """Return the help for a function of another tool, and the edit that replaces its call; None for another name."""
    name = call.name.id
    written = _WRITTEN.get(name)
    if written is None or any(one.name for one in call.arguments):
        return (_HELP[name], ()) if name in _HELP else None
    operands = [_operand(one.value) for one in call.arguments]
    try:
        text = written.format(*operands, all=", ".join(one.value.span.text for one in call.arguments))
    except IndexError:  # too few arguments
        return None
    if "{all}" not in written and f"{{{len(operands) - 1}}}" not in written:
        return None  # too many arguments
    if name == "seq" and isinstance(last := call.arguments[1].value, s.Number) and isinstance(last.value, int):
        text = f"range({operands[0]}, {last.value + 1})"
    source = call.span.source.text
    followed = "**" in text and source[call.span.end : call.span.end + 9].lstrip(" ").startswith("**")
    return f"write `{text}`", (Edit(call.span, f"({text})" if followed else text, safe=name in _CERTAIN),)


def _operand(argument: s.Expression) -> str:
    """Return the text of an argument, in brackets if it has an operator."""
    operators = s.Unary | s.Binary | s.Comparison | s.Conditional
    return f"({argument.span.text})" if isinstance(argument, operators) else argument.span.text
