"""The stack of open brackets, and the tokens that are inserted where a closing bracket is missing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lark import Token

from ..tokens import make_token

CLOSING = {"LPAR": "RPAR", "LSQB": "RSQB", "LBRACE": "RBRACE"}
_OPENING = {closing: opening for opening, closing in CLOSING.items()}
_TEXT = {"RPAR": ")", "RSQB": "]", "RBRACE": "}"}


@dataclass(eq=False, slots=True)
class OpenBracket:
    """An open bracket. `indent` is the indent of its line: the column of the first token, counted from 1."""

    token: Token
    indent: int
    body: str  # the contents of a brace: "settings", "variants", "claims" or "steps"
    inserted: bool = False  # the bracket is missing in the text
    by_indent: bool = False  # inserted, and its body ends before the first line that is not indented deeper
    expression: dict[str, int] = field(default_factory=dict)  # the open brackets since the last brace, by type


class Brackets:
    """The open brackets at one location of a text. The last one is the innermost bracket."""

    def __init__(self) -> None:
        self.open: list[OpenBracket] = []
        self.indents: Counter[int] = Counter()  # the number of open brackets by their indent
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
        return sum(self.open[-1].expression.values()) if self.open else 0

    def add(self, token: Token) -> Iterator[Token]:
        """Pass on a token that is not a bracket."""
        self.in_statement, self.after_brace = True, False
        yield token

    def push(self, bracket: OpenBracket) -> Iterator[Token]:
        """Pass on an opening bracket."""
        kind = bracket.token.type
        if kind != "LBRACE":
            outer = self.open[-1].expression if self.open else {}
            bracket.expression = {**outer, kind: outer.get(kind, 0) + 1}
        self.open.append(bracket)
        self.indents[bracket.indent] += 1
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
        self._forget_innermost()
        self.in_statement, self.after_brace = True, token.type == "RBRACE"
        yield token

    def close(self, offset: int) -> Iterator[Token]:
        """Insert the missing closing bracket of the innermost bracket at `offset`, and report the opening bracket."""
        bracket = self._forget_innermost()
        if not bracket.inserted:
            yield make_token("UNCLOSED", str(bracket.token), bracket.token.start_pos or 0)
        if bracket.token.type == "LBRACE" and self.in_statement:
            yield make_token("_NL", "", offset)
        closing = CLOSING[bracket.token.type]
        yield make_token(closing, _TEXT[closing], offset, width=0)
        self.in_statement, self.after_brace = True, closing == "RBRACE"

    def _closes_outer(self, closing: Token) -> bool:
        """Check whether a `)` or `]` closes an outer bracket of the same expression, not the innermost bracket."""
        inside = self.open[-1]
        return CLOSING[inside.token.type] != closing.type and _OPENING[closing.type] in inside.expression

    def _forget_innermost(self) -> OpenBracket:
        bracket = self.open.pop()
        self.indents[bracket.indent] -= 1
        return bracket
