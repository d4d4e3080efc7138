"""The stack of open brackets, and the tokens that are inserted where a closing bracket is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from lark import Token

from ..tokens import make_token

CLOSING = {"LPAR": "RPAR", "LSQB": "RSQB", "LBRACE": "RBRACE"}
_TEXT = {"RPAR": ")", "RSQB": "]", "RBRACE": "}"}


@dataclass(eq=False, slots=True)
class OpenBracket:
    """An open bracket. `indent` is the indent of its line: the column of the first token, counted from 1."""

    token: Token
    indent: int
    body: str  # the contents of a brace: "settings", "variants", "claims" or "steps"
    inserted: bool = False  # the bracket is missing in the text
    by_indent: bool = False  # inserted, and its body ends before the first line that is not indented deeper


class Brackets:
    """The open brackets at one location of a text. The last one is the innermost bracket."""

    def __init__(self) -> None:
        self.open: list[OpenBracket] = []
        self.in_statement = False  # a statement has begun, and a newline would end it
        self.after_brace = False  # the last token was a `}`

    @property
    def innermost(self) -> OpenBracket | None:
        """The innermost open bracket, None outside all brackets."""
        return self.open[-1] if self.open else None

    @property
    def body(self) -> str | None:
        """The contents of the innermost bracket, None outside all brackets."""
        return self.open[-1].body if self.open else None

    def inside_expression(self) -> bool:
        """Check whether the innermost bracket is round or square. A newline in it does not end a statement."""
        return bool(self.open) and self.open[-1].token.type != "LBRACE"

    def depth_of_expression(self) -> int:
        """Count the open round and square brackets inside the innermost brace."""
        return sum(1 for _ in takewhile(lambda bracket: bracket.token.type != "LBRACE", reversed(self.open)))

    def add(self, token: Token) -> Iterator[Token]:
        """Pass on a token that is not a bracket."""
        self.in_statement, self.after_brace = True, False
        yield token

    def push(self, bracket: OpenBracket) -> Iterator[Token]:
        """Pass on an opening bracket."""
        self.open.append(bracket)
        self.in_statement, self.after_brace = bracket.token.type != "LBRACE", False
        yield bracket.token

    def pop(self, token: Token) -> Iterator[Token]:
        """Pass on a closing bracket after the missing ones before it, or UNOPENED if it has no opening bracket."""
        start = token.start_pos or 0
        while self.inside_expression() and self._closes_outer(token):
            yield from self.close(start)
        if not self.open or CLOSING[self.open[-1].token.type] != token.type:
            yield make_token("UNOPENED", str(token), start)
            return
        if token.type == "RBRACE" and self.in_statement:
            yield make_token("_NL", "", start)
        self.open.pop()
        self.in_statement, self.after_brace = True, token.type == "RBRACE"
        yield token

    def close(self, offset: int) -> Iterator[Token]:
        """Insert the missing closing bracket of the innermost bracket at `offset`, and report the opening bracket."""
        bracket = self.open.pop()
        if not bracket.inserted:
            yield make_token("UNCLOSED", str(bracket.token), bracket.token.start_pos or 0)
        if bracket.token.type == "LBRACE" and self.in_statement:
            yield make_token("_NL", "", offset)
        closing = CLOSING[bracket.token.type]
        yield make_token(closing, _TEXT[closing], offset, width=0)
        self.in_statement, self.after_brace = True, closing == "RBRACE"

    def _closes_outer(self, closing: Token) -> bool:
        """Check whether a `)` or `]` closes an outer bracket of the same expression, not the innermost bracket."""
        for index, bracket in enumerate(reversed(self.open)):
            if bracket.token.type == "LBRACE":
                return False
            if CLOSING[bracket.token.type] == closing.type:
                return index > 0
        return False
