"""Turns the tokens of a file into tokens that an LALR(1) parser can read: newlines end statements, brackets match.

A newline ends a statement, except inside `( )` and `[ ]`, after `{`, and before `->` and `else`. A `}` ends the last
statement inside the braces. It also ends the statement that the braces belong to, unless `->`, `as` or `else` follows.
The end of the text ends a statement too.

Brackets that do not match are reported and repaired here, where the opening bracket is still known.
missing_closing_brackets.py decides where a missing closing bracket is inserted, and missing_opening_braces.py where a
missing `{` is inserted. If the text has more `}` than `{`, a `}` inside round or square brackets counts as their
closing bracket.
"""

from collections.abc import Iterator
from itertools import chain, islice, pairwise

from lark import Token

from ..tokens import make_token
from .brackets import CLOSING, Brackets, OpenBracket
from .foreign_comments import leave_out_comments
from .foreign_keywords import translate
from .missing_closing_brackets import Unclosed, begins_declaration, bodies_are_indented
from .missing_opening_braces import Heads
from .spaced_sizes import join_sizes
from .unfinished_strings import split_unfinished
from .unquoted_paths import quote_paths

MAX_TOKENS = 200_000  # of a file; a comment and a line end are one token each

_CLOSING_TYPES = set(CLOSING.values())
_CONTINUING = {"ARROW", "ELSE", "RBRACE"}  # a newline before these does not end a statement
_UNPARSED = {"COMMENT", "REMARK", "FOREIGN", "SPACED", "UNQUOTED", "DOTTED"}  # kept or reported, but not parsed


class Layout:
    """The `postlex` step of Lark: takes the tokens of the lexer, and yields the tokens for the parser.

    Besides the tokens of the grammar, it yields unparsed tokens: COMMENT, UNCLOSED (an opening bracket without
    its closing bracket), UNOPENED (a closing bracket without its opening bracket), NO_BRACE (a head without its `{`),
    SEPARATOR (a `;` or `,` that ends a statement), FOREIGN (a keyword of another language, followed by its
    replacement), SPACED (a size with spaces, followed by a SIZE), UNQUOTED (a path without quotes, followed by a
    STRING) and DOTTED (a name with dots, followed by a NAME). For a text with more than MAX_TOKENS tokens, it yields
    only TOO_LONG, at the first token too many.
    """

    always_accept = ("_NL", "COMMENT", "REMARK", "UNFINISHED", "QUOTED", "PREFIXED", "STRAY")

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Yield the tokens for the parser."""
        stream = quote_paths(split_unfinished(leave_out_comments(stream)))
        tokens = list(islice(translate(join_sizes(stream)), MAX_TOKENS + 1))
        if len(tokens) > MAX_TOKENS:
            return iter([make_token("TOO_LONG", str(tokens[-1]), tokens[-1].start_pos or 0)])
        return _Filter(tokens).tokens()


class _Filter:
    def __init__(self, tokens: list[Token]) -> None:
        self.stream = tokens
        parsed = [token for token in tokens if token.type not in _UNPARSED]
        kinds = [token.type for token in parsed]
        surplus = kinds.count("RBRACE") - kinds.count("LBRACE")
        self.heads = Heads(parsed)
        self.brackets = Brackets()
        self.unclosed = Unclosed(self.brackets, surplus, surplus < 0, bodies_are_indented(parsed))
        self.newline: Token | None = None  # read, but not yet passed on
        self.indent = 1  # the column of the first token on the line
        self.end = 0  # the offset behind the last token

    def tokens(self) -> Iterator[Token]:
        index = -1  # of the token among those that are parsed
        for token, following in pairwise(chain(self.stream, [None])):
            assert token is not None
            index += token.type not in _UNPARSED
            if token.type == "_NL":
                self.newline = self.newline or token
            elif token.type in _UNPARSED:
                yield token
            elif token.type == "COLON" and self.needs_brace(index):
                yield from self.insert_brace(token, by_indent=True)
            elif self.is_separator(token, following, index):
                yield make_token("SEPARATOR", str(token), token.start_pos or 0)
                self.newline = self.newline or make_token("_NL", "\n", token.start_pos or 0, width=0)
            else:
                yield from self.take(token, following, index)
        yield from self.end_of_text()

    def end_of_text(self) -> Iterator[Token]:
        if self.needs_brace(None):
            yield from self.insert_brace(None, by_indent=False)
        while self.brackets.open:
            yield from self.brackets.close(self.end)
        if self.brackets.in_statement:
            yield make_token("_NL", "", self.end)

    def take(self, token: Token, following: Token | None, index: int) -> Iterator[Token]:
        """Pass on a token, after the tokens that are missing before it."""
        brackets, surplus = self.brackets, self.unclosed.surplus
        if self.needs_brace(index):
            deeper = not self.newline or (token.column or 1) > self.indent
            yield from self.insert_brace(token, by_indent=deeper or surplus <= 0)
        if token.type == "RBRACE" and brackets.inside_expression() and surplus > 0:
            yield from self.wrong_closing(token, index)
            return
        newline, self.newline = self.newline, None
        yield from self.close_missing(token, following, index, bool(newline))
        yield from self.end_statement(token, newline)
        after_else = token.type == "ELSE" and brackets.after_brace
        begins = not brackets.in_statement or self.heads.follows("ARROW", "ELSE") or after_else
        yield from self.pass_on(token)
        if brackets.inside_expression():
            self.heads.last = token
        else:
            self.heads.read(index, begins, brackets.body)
        self.end = token.end_pos or self.end

    def is_separator(self, token: Token, following: Token | None, index: int) -> bool:
        """Check whether the token is a wrong separator: a `;`, or a `,` at the end of a line or between statements."""
        if not self.brackets.in_statement or self.brackets.inside_expression():
            return False
        if token.type != "COMMA" or following is None or following.type in ("_NL", "RBRACE", "COMMENT"):
            return token.type == "COMMA" or str(token) == ";"
        body = self.brackets.body
        return body is not None and self.heads.comma_separates(index, body)

    def needs_brace(self, index: int | None) -> bool:
        """Check whether a `{` is missing before the token at `index`, or at the end of the text if `index` is None."""
        return not self.brackets.inside_expression() and self.heads.brace_is_missing(index, bool(self.newline))

    def insert_brace(self, before: Token | None, by_indent: bool) -> Iterator[Token]:
        """Report that the current head has no `{`. Insert the `{`, unless it is on the next line."""
        head = self.heads.head
        assert head is not None
        sign = str(before) if before and before.type in ("COLON", "LBRACE") else ""
        yield Token("NO_BRACE", sign, start_pos=head.start_pos, end_pos=self.end)
        if sign == "{":
            self.newline = None
            return
        yield from self.push(make_token("LBRACE", "{", self.end, width=0), inserted=True, by_indent=by_indent)
        self.heads.head = None

    def wrong_closing(self, brace: Token, index: int) -> Iterator[Token]:
        """Replace a `}` without a `{` by the `)` or `]` of the brackets that are not closed after it."""
        self.unclosed.surplus -= 1
        for _ in range(max(1, self.brackets.depth_of_expression() - self.heads.closed_after(index + 1))):
            yield from self.brackets.close(brace.start_pos or 0)
        self.end = brace.end_pos or self.end

    def close_missing(self, token: Token, following: Token | None, index: int, on_new_line: bool) -> Iterator[Token]:
        """Insert the closing brackets that are missing before `token`."""
        brackets, unclosed = self.brackets, self.unclosed
        if on_new_line or not self.end:
            self.indent = token.column or self.indent
        if on_new_line and unclosed.cannot_continue(token, following):
            yield from brackets.close(self.end)
        if on_new_line and begins_declaration(token, following):
            while unclosed.ends_before_declaration(self.indent):
                yield from brackets.close(self.end)
        while token.type in ("LBRACE", "RBRACE") and brackets.inside_expression():
            yield from brackets.close(self.end)
        while token.type == "ARROW" and brackets.inside_expression() and not self.heads.closed_after(index):
            yield from brackets.close(self.end)
        while unclosed.ends_before(token, self.indent, on_new_line):
            yield from brackets.close(self.end)
        if token.type == "ELSE" and unclosed.ends_before_else(self.heads.head is not None):
            yield from brackets.close(self.end)

    def end_statement(self, token: Token, newline: Token | None) -> Iterator[Token]:
        """Yield a newline before `token` if a statement ends there."""
        brackets = self.brackets
        ends = newline or (brackets.after_brace and token.type != "AS")
        if ends and brackets.in_statement and not brackets.inside_expression() and token.type not in _CONTINUING:
            brackets.in_statement = False
            yield newline or make_token("_NL", "", self.end)

    def pass_on(self, token: Token) -> Iterator[Token]:
        if token.type in CLOSING:
            return self.push(token)
        return self.brackets.pop(token) if token.type in _CLOSING_TYPES else self.brackets.add(token)

    def push(self, token: Token, inserted: bool = False, by_indent: bool = False) -> Iterator[Token]:
        body = self.heads.body(self.brackets.body)
        return self.brackets.push(OpenBracket(token, self.indent, body, inserted, by_indent))
