"""Removes a broken statement from the stack of Lark's parser, so that parsing can continue after it.

This relies on attributes of Lark's parser that are not documented: `state_stack`, and `value_stack` with the token or
the value of each symbol.
"""

from lark import Token, UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from ..tokens import SpanToken


def replace_statement(parser: InteractiveParser, error: Token) -> None:
    """Take the broken statement off the stack and put `error` in its place.

    A complete statement before it is reduced by `error` itself. A body that is closed but belongs to the broken
    statement is taken off whole: the place of the statement is outside its braces.
    """
    state = parser.parser_state
    closed_braces = 0
    while True:
        if not closed_braces:
            try:
                parser.feed_token(error)
                return
            except UnexpectedToken:
                pass
        state.state_stack.pop()
        kind = getattr(state.value_stack.pop(), "type", None)
        closed_braces += (kind == "RBRACE") - (kind == "LBRACE" and closed_braces > 0)


def unwind_declaration(parser: InteractiveParser) -> list[SpanToken]:
    """Take the whole current declaration off the stack, and return those of its tokens that were on it."""
    state = parser.parser_state
    indexes = [index for index, value in enumerate(state.value_stack) if isinstance(value, SpanToken)]
    tokens = [state.value_stack[index] for index in indexes]
    start = indexes[0] if indexes else len(state.value_stack)
    del state.value_stack[start:], state.state_stack[start + 1 :]
    return tokens
