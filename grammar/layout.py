"""Newlines and brackets: makes the tokens of a text into ones that an LALR(1) parser can read.

A newline ends a statement. It does not count inside `( )` and `[ ]`, after `{`, and before `->` and `else`. A `}`
ends the statement before it, and also its own unless `->`, `as` or `else` follows; the end of the text ends one
too.

Brackets that do not match are reported here, where the opening one is still known, and mended, so that the parser
sees a balanced text: a round or square bracket cannot hold a brace or a line that begins a declaration, and a brace
cannot hold a declaration that is indented no deeper than its own line.
"""

from collections.abc import Iterator
from itertools import chain, pairwise

from lark import Token

_CLOSING = {"LPAR": "RPAR", "LSQB": "RSQB", "LBRACE": "RBRACE"}
_TEXT = {"RPAR": ")", "RSQB": "]", "RBRACE": "}"}
_DECLARATIONS = {
    "EXPERIMENT", "EXTENDS", "USE", "LET", "BLOCK", "MODEL", "SECTION", "VARIANTS", "EXPECT",
}  # fmt: skip
_CONTINUING = {"ARROW", "ELSE", "RBRACE"}  # no newline is passed on before these


class Layout:
    """Lark's `postlex`: called with the raw tokens, yields the ones to parse.

    Besides tokens of the grammar it yields COMMENT (to be kept, not parsed), UNCLOSED (an opening bracket without its
    closing one) and UNOPENED (the reverse).
    """

    always_accept = ("_NL", "COMMENT", "UNFINISHED", "STRAY")

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Apply the rules to the tokens of one text."""
        return _Filter(stream).tokens()


class _Filter:
    def __init__(self, stream: Iterator[Token]) -> None:
        self.stream = stream
        self.open: list[tuple[Token, int]] = []  # brackets, each with the indent of its line
        self.newline: Token | None = None  # one that was read and not yet passed on
        self.started = False  # whether a statement has begun that a newline would end
        self.after_brace = False
        self.indent = 1
        self.end = 0

    def tokens(self) -> Iterator[Token]:
        for token, following in pairwise(chain(self.stream, [None])):
            assert token is not None
            if token.type == "_NL":
                self.newline = self.newline or token
            elif token.type == "COMMENT":
                yield token
            else:
                yield from self.statement_end(token, following)
                yield from self.bracket(token)
                self.end = token.end_pos or self.end
        while self.open:
            yield from self.close(self.end)
        if self.started:
            yield _at("_NL", "", self.end)

    def statement_end(self, token: Token, following: Token | None) -> Iterator[Token]:
        """What goes before `token`: missing brackets, and the newline if it ends a statement."""
        newline, self.newline = self.newline, None
        if newline or not self.end:
            self.indent = token.column or 1
        if newline and self.breaks_off(token, following):
            yield from self.close(self.end)
        if newline and _declares(token, following):
            while self.open and (self.inside_expression() or self.indent <= self.open[-1][1]):
                yield from self.close(self.end)
        if token.type in ("LBRACE", "RBRACE"):
            while self.inside_expression():
                yield from self.close(self.end)
        ends = newline or (self.after_brace and token.type != "AS")
        if ends and self.started and not self.inside_expression() and token.type not in _CONTINUING:
            self.started = False
            yield newline or _at("_NL", "", self.end)

    def breaks_off(self, token: Token, following: Token | None) -> bool:
        """Whether a line that begins so cannot go on inside the innermost bracket."""
        names_setting = token.type == "NAME" and following is not None and following.type == "EQUAL"
        in_list = bool(self.open) and self.open[-1][0].type == "LSQB"
        return (in_list and names_setting) or (self.inside_expression() and token.type in ("FOR", "REPEAT"))

    def inside_expression(self) -> bool:
        """Whether the innermost open bracket is one in which newlines do not count."""
        return bool(self.open) and self.open[-1][0].type != "LBRACE"

    def bracket(self, token: Token) -> Iterator[Token]:
        """The token itself, with the stack of open brackets kept up to date."""
        if token.type in _CLOSING:
            self.open.append((token, self.indent))
        elif token.type in _TEXT:
            if not self.open or _CLOSING[self.open[-1][0].type] != token.type:
                yield _at("UNOPENED", str(token), token.start_pos or 0)
                return
            if token.type == "RBRACE" and self.started:
                yield _at("_NL", "", token.start_pos or 0)
            self.open.pop()
        self.started = token.type != "LBRACE"
        self.after_brace = token.type == "RBRACE"
        yield token

    def close(self, offset: int) -> Iterator[Token]:
        """Report the innermost open bracket and put its closing one at `offset`."""
        opening, _ = self.open.pop()
        yield _at("UNCLOSED", str(opening), opening.start_pos or 0)
        if opening.type == "LBRACE" and self.started:
            yield _at("_NL", "", offset)
        closing = _CLOSING[opening.type]
        yield _at(closing, _TEXT[closing], offset, width=0)
        self.started = True


def _declares(token: Token, following: Token | None) -> bool:
    """Whether a declaration begins here; `train` is also the name of a setting, but then `=` follows."""
    return token.type in _DECLARATIONS or (
        token.type == "TRAIN" and following is not None and following.type == "LBRACE"
    )


def _at(kind: str, text: str, offset: int, width: int | None = None) -> Token:
    end = offset + (len(text) if width is None else width)
    return Token(kind, text, start_pos=offset, end_pos=end)
