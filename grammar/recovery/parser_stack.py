"""Removes a broken statement from the stack of Lark's parser, so that parsing can continue after it.

This module uses two undocumented attributes of Lark's parser: `state_stack` and `value_stack`. `value_stack` holds the
token or the value of each symbol.
"""

from lark import Token, UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from ..tokens import SpanToken

_OPERATORS = {"COMPARISON", "PLUS", "MINUS", "STAR", "SLASH", "FLOORDIV", "POWER", "AND", "OR"}
_OPEN = {"LPAR", "LSQB"}


def replace_statement(parser: InteractiveParser, error: Token, least: int) -> None:
    """Remove the broken statement from the stack, and put `error` in its place.

    A complete statement before the broken one stays: `error` reduces it. A closed body that belongs to the broken
    statement is removed as a whole, because `error` must be outside its braces. So is what precedes an open `(` or `[`
    or an operator: in `source = csv("a" 3`, the part `source = csv` is not a statement. At least `least` tokens and
    values are removed: the token that the parser cannot read belongs to them, as the dot of `loss = losses.mse`.
    """
    state = parser.parser_state
    closed_braces = 0
    incomplete = False
    while True:
        if not closed_braces and not incomplete and least <= 0:
            try:
                parser.feed_token(error)
                return
            except UnexpectedToken:
                pass
        least -= 1
        state.state_stack.pop()
        kind = getattr(state.value_stack.pop(), "type", None)
        before = getattr(state.value_stack[-1], "type", None) if state.value_stack else None
        # A bracket may also be the first token of a statement.
        incomplete = kind in _OPERATORS or (kind in _OPEN and before not in (None, "LBRACE", "_NL"))
        closed_braces += (kind == "RBRACE") - (kind == "LBRACE" and closed_braces > 0)


def unwind_declaration(parser: InteractiveParser) -> list[SpanToken]:
    """Remove the current declaration from the stack, and return its tokens that were on the stack."""
    state = parser.parser_state
    indexes = [index for index, value in enumerate(state.value_stack) if isinstance(value, SpanToken)]
    tokens = [state.value_stack[index] for index in indexes]
    start = indexes[0] if indexes else len(state.value_stack)
    del state.value_stack[start:], state.state_stack[start + 1 :]
    return tokens
