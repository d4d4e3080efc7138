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
    """An open bracket, with the indent of its line (the column of the first token, from 1)."""

    token: Token
    indent: int
    body: str  # what a brace encloses, one of "settings", "variants", "claims" and "steps"
    inserted: bool = False  # it is missing in the text
    by_indent: bool = False  # inserted, and its body ends before the first line that is not indented deeper


class Brackets:
    """The open brackets at one place of a file, the innermost last."""

    def __init__(self) -> None:
        self.open: list[OpenBracket] = []
        self.in_statement = False  # a statement has begun, which a newline would end
        self.after_brace = False  # the last token was a `}`

    @property
    def innermost(self) -> OpenBracket | None:
        """The innermost open bracket."""
        return self.open[-1] if self.open else None

    @property
    def body(self) -> str | None:
        """What the innermost bracket encloses, None outside all brackets."""
        return self.open[-1].body if self.open else None

    def inside_expression(self) -> bool:
        """Whether the innermost bracket is round or square: newlines do not count in it."""
        return bool(self.open) and self.open[-1].token.type != "LBRACE"

    def depth_of_expression(self) -> int:
        """How many round and square brackets are open inside the innermost brace."""
        return sum(1 for _ in takewhile(lambda bracket: bracket.token.type != "LBRACE", reversed(self.open)))

    def add(self, token: Token) -> Iterator[Token]:
        """Pass on a token that is no bracket."""
        self.in_statement, self.after_brace = True, False
        yield token

    def push(self, bracket: OpenBracket) -> Iterator[Token]:
        """Pass on an opening bracket."""
        self.open.append(bracket)
        self.in_statement, self.after_brace = bracket.token.type != "LBRACE", False
        yield bracket.token

    def pop(self, token: Token) -> Iterator[Token]:
        """Pass on a closing bracket, after those that are missing before it; as UNOPENED if it closes nothing."""
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
        """Insert the missing closing bracket of the innermost one at `offset`, and report the opening one."""
        bracket = self.open.pop()
        if not bracket.inserted:
            yield make_token("UNCLOSED", str(bracket.token), bracket.token.start_pos or 0)
        if bracket.token.type == "LBRACE" and self.in_statement:
            yield make_token("_NL", "", offset)
        closing = CLOSING[bracket.token.type]
        yield make_token(closing, _TEXT[closing], offset, width=0)
        self.in_statement, self.after_brace = True, closing == "RBRACE"

    def _closes_outer(self, closing: Token) -> bool:
        """Whether a `)` or `]` closes another bracket of the same expression than the innermost one."""
        for index, bracket in enumerate(reversed(self.open)):
            if bracket.token.type == "LBRACE":
                return False
            if CLOSING[bracket.token.type] == closing.type:
                return index > 0
        return False
