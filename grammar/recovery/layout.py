"""Newlines and brackets: makes the tokens of a text into ones that an LALR(1) parser can read.

A newline ends a statement. It does not count inside `( )` and `[ ]`, after `{`, and before `->` and `else`. A `}`
ends the statement before it, and also its own unless `->`, `as` or `else` follows; the end of the text ends one
too.

Brackets that do not match are reported here, where the opening one is still known, and mended, so that the parser
sees a balanced text: a round or square bracket cannot hold a brace or a line that begins a declaration, and a brace
cannot hold a declaration that is indented no deeper than its own line. Where a `}` is missing somewhere, indents show
which bodies end where. A `{` that is missing is put behind its head; its body ends with its `}` or, if that is missing
too, with its indent or before the `}` of the body around it. Where there is a `}` too many, one inside round or square
brackets stands for their closing one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise, takewhile

from lark import Token

from .foreign_keywords import translated
from .missing_braces import Heads, bodies_are_indented, declares

_CLOSING = {"LPAR": "RPAR", "LSQB": "RSQB", "LBRACE": "RBRACE"}
_TEXT = {"RPAR": ")", "RSQB": "]", "RBRACE": "}"}
_CONTINUING = {"ARROW", "ELSE", "RBRACE"}  # no newline is passed on before these
_ASIDE = {"COMMENT", "REMARK", "FOREIGN"}  # kept or reported, not parsed


class Layout:
    """Lark's `postlex`: called with the raw tokens, yields the ones to parse.

    Besides tokens of the grammar it yields COMMENT (to be kept, not parsed), UNCLOSED (an opening bracket without its
    closing one), UNOPENED (the reverse), NO_BRACE (a head without its `{`), SEPARATOR (a `;` or `,` that ends a
    statement) and FOREIGN (another language's word, passed on as the word of this one).
    """

    always_accept = ("_NL", "COMMENT", "REMARK", "UNFINISHED", "QUOTED", "PREFIXED", "STRAY")

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Apply the rules to the tokens of one text."""
        return _Filter(stream).tokens()


@dataclass(frozen=True, slots=True)
class _Open:
    """An open bracket: the indent of its line, and what stands in it, as `Heads` tells bodies apart."""

    token: Token
    indent: int
    body: str = ""
    put: bool = False  # whether it is not in the text
    by_indent: bool = False  # whether it was put there, and closes at a line that is indented no deeper than its own


class _Filter:
    def __init__(self, stream: Iterator[Token]) -> None:
        self.stream = list(translated(stream))
        self.heads = Heads([token for token in self.stream if token.type not in _ASIDE])
        kinds = [token.type for token in self.stream]
        self.surplus = kinds.count("RBRACE") - kinds.count("LBRACE")
        self.lacks_closing = self.surplus < 0
        self.indented = bodies_are_indented(self.heads.tokens)
        self.open: list[_Open] = []
        self.newline: Token | None = None  # one that was read and not yet passed on
        self.started = False  # whether a statement has begun that a newline would end
        self.after_brace = False
        self.indent = 1
        self.end = 0

    def tokens(self) -> Iterator[Token]:
        index = -1
        for token, following in pairwise(chain(self.stream, [None])):
            assert token is not None
            index += token.type not in _ASIDE
            if token.type == "_NL":
                self.newline = self.newline or token
            elif token.type in _ASIDE:
                yield token
            elif token.type == "COLON" and self.awaits_brace(index):
                yield from self.missing_brace(token, by_indent=True)
            elif self.is_separator(token, following, index):
                yield _at("SEPARATOR", str(token), token.start_pos or 0)
                self.newline = self.newline or _at("_NL", "\n", token.start_pos or 0, width=0)
            else:
                yield from self.take(token, following, index)
        if self.awaits_brace(None):
            yield from self.missing_brace(None, by_indent=False)
        while self.open:
            yield from self.close(self.end)
        if self.started:
            yield _at("_NL", "", self.end)

    def take(self, token: Token, following: Token | None, index: int) -> Iterator[Token]:
        """A token that is passed on, and what goes before it."""
        if self.awaits_brace(index):
            deeper = not self.newline or (token.column or 1) > self.indent
            yield from self.missing_brace(token, by_indent=deeper or self.surplus <= 0)
        if token.type == "RBRACE" and self.inside_expression() and self.surplus > 0:
            yield from self.wrong_closing(token, index)
            return
        yield from self.statement_end(token, following)
        begins = not self.started or self.after("ARROW", "ELSE") or (token.type == "ELSE" and self.after_brace)
        yield from self.bracket(token)
        if self.inside_expression():
            self.heads.last = token
        else:
            self.heads.see(index, begins, self.open[-1].body if self.open else None)
        self.end = token.end_pos or self.end

    def is_separator(self, token: Token, following: Token | None, index: int) -> bool:
        """Whether this is a `;`, or a `,` at the end of a line or in a body, between statements that need neither."""
        if not self.started or self.inside_expression():
            return False
        if token.type != "COMMA" or following is None or following.type in ("_NL", "RBRACE", "COMMENT"):
            return token.type == "COMMA" or str(token) == ";"
        return bool(self.open) and self.heads.comma_separates(index, self.open[-1].body)

    def after(self, *kinds: str) -> bool:
        return self.heads.last is not None and self.heads.last.type in kinds

    def awaits_brace(self, index: int | None) -> bool:
        """Whether a `{` is missing before the token at `index`, None being the end of the text."""
        return not self.inside_expression() and self.heads.brace_is_missing(index, bool(self.newline))

    def missing_brace(self, before: Token | None, by_indent: bool) -> Iterator[Token]:
        """Report that the current head has no brace, and put one behind it."""
        head = self.heads.head
        assert head is not None
        sign = str(before) if before and before.type in ("COLON", "LBRACE") else ""
        yield Token("NO_BRACE", sign, start_pos=head.start_pos, end_pos=self.end)
        if sign == "{":
            self.newline = None
            return
        yield from self.bracket(_at("LBRACE", "{", self.end, width=0), put=True, by_indent=by_indent)
        self.heads.head = None

    def wrong_closing(self, brace: Token, index: int) -> Iterator[Token]:
        """A `}` that closes no body: it stands for the `)` or `]` of those brackets that are not closed behind it."""
        self.surplus -= 1
        inside = sum(1 for _ in takewhile(lambda one: one.token.type != "LBRACE", reversed(self.open)))
        for _ in range(max(1, inside - self.heads.closed_behind(index + 1))):
            yield from self.close(brace.start_pos or 0)
        self.end = brace.end_pos or self.end

    def statement_end(self, token: Token, following: Token | None) -> Iterator[Token]:
        """What goes before `token`: missing brackets, and the newline if it ends a statement."""
        newline, self.newline = self.newline, None
        if newline or not self.end:
            self.indent = token.column or self.indent
        if newline and self.breaks_off(token, following):
            yield from self.close(self.end)
        if newline and declares(token, following):
            while self.open and (self.inside_expression() or self.ends_before_declaration(self.open[-1])):
                yield from self.close(self.end)
        if token.type in ("LBRACE", "RBRACE"):
            while self.inside_expression():
                yield from self.close(self.end)
        while (newline and self.dedents(token)) or self.is_for_outer_body(token, bool(newline)):
            yield from self.close(self.end)
        if token.type == "ELSE" and self.goes_on_unclosed():
            yield from self.close(self.end)
        ends = newline or (self.after_brace and token.type != "AS")
        if ends and self.started and not self.inside_expression() and token.type not in _CONTINUING:
            self.started = False
            yield newline or _at("_NL", "", self.end)

    def ends_before_declaration(self, body: _Open) -> bool:
        """Whether a `}` is missing for this body where a line begins a declaration; else that stands in the body."""
        return self.indent <= body.indent and (self.lacks_closing or self.indented or body.by_indent)

    def is_for_outer_body(self, token: Token, on_new_line: bool) -> bool:
        """Whether a `}` closes the body around the innermost one, which has none of its two braces in the text."""
        if token.type != "RBRACE" or self.surplus > 0 or not (self.open and self.open[-1].by_indent):
            return False
        return not on_new_line or any(self.indent == one.indent for one in self.open[:-1])

    def dedents(self, token: Token) -> bool:
        """Whether a line that begins so shows by its indent that the innermost brace should have been closed."""
        if not self.open or self.inside_expression():
            return False
        inner = self.open[-1]
        lost = inner.by_indent or (self.lacks_closing and self.indented)
        if token.type != "RBRACE":
            return lost and self.indent <= inner.indent
        outer = any(self.indent == one.indent for one in self.open)
        return token.type == "RBRACE" and lost and outer and self.indent < inner.indent

    def goes_on_unclosed(self) -> bool:
        """Whether an `else` stands behind a step, where the `}` of its `if` should be, and there is one too few."""
        behind_step = not self.after_brace and self.heads.head is None and not self.inside_expression()
        return self.lacks_closing and behind_step and bool(self.open) and self.open[-1].body == "steps"

    def breaks_off(self, token: Token, following: Token | None) -> bool:
        """Whether a line that begins so cannot go on inside the innermost bracket."""
        names_setting = token.type == "NAME" and following is not None and following.type == "EQUAL"
        in_list = bool(self.open) and self.open[-1].token.type == "LSQB"
        return (in_list and names_setting) or (self.inside_expression() and token.type in ("FOR", "REPEAT"))

    def inside_expression(self) -> bool:
        """Whether the innermost open bracket is one in which newlines do not count."""
        return bool(self.open) and self.open[-1].token.type != "LBRACE"

    def bracket(self, token: Token, put: bool = False, by_indent: bool = False) -> Iterator[Token]:
        """The token itself, with the stack of open brackets kept up to date."""
        if token.type in _CLOSING:
            body = self.heads.body(self.open[-1].body if self.open else None)
            self.open.append(_Open(token, self.indent, body, put, by_indent))
        elif token.type in _TEXT:
            while self.inside_expression() and self.is_for_outer(token):
                yield from self.close(token.start_pos or 0)
            if not self.open or _CLOSING[self.open[-1].token.type] != token.type:
                yield _at("UNOPENED", str(token), token.start_pos or 0)
                return
            if token.type == "RBRACE" and self.started:
                yield _at("_NL", "", token.start_pos or 0)
            self.open.pop()
        self.started = token.type != "LBRACE"
        self.after_brace = token.type == "RBRACE"
        yield token

    def is_for_outer(self, closing: Token) -> bool:
        """Whether a `)` or `]` closes not the innermost bracket but another one of the same expression."""
        for index, one in enumerate(reversed(self.open)):
            if one.token.type == "LBRACE":
                return False
            if _CLOSING[one.token.type] == closing.type:
                return index > 0
        return False

    def close(self, offset: int) -> Iterator[Token]:
        """Report the innermost open bracket, unless it was put there, and put its closing one at `offset`."""
        innermost = self.open.pop()
        opening = innermost.token
        if not innermost.put:
            yield _at("UNCLOSED", str(opening), opening.start_pos or 0)
        if opening.type == "LBRACE" and self.started:
            yield _at("_NL", "", offset)
        closing = _CLOSING[opening.type]
        yield _at(closing, _TEXT[closing], offset, width=0)
        self.started = True
        self.after_brace = closing == "RBRACE"


def _at(kind: str, text: str, offset: int, width: int | None = None) -> Token:
    end = offset + (len(text) if width is None else width)
    return Token(kind, text, start_pos=offset, end_pos=end)
