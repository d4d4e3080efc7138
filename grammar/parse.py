"""Parses a text into a syntax tree, and reports all syntax errors at once."""

from itertools import chain, pairwise

from lark import Token, UnexpectedToken

from .diagnostics.codes import Code
from .diagnostics.diagnostic import Diagnostic
from .diagnostics.reporter import MAX_MISTAKES, too_many_mistakes
from .keywords import SECTIONS, token_types
from .lark_parser import lark_parser
from .recovery.depth_limit import MAX_DEPTH, Nesting
from .recovery.layout import MAX_TOKENS
from .recovery.parser_stack import replace_statement, unwind_declaration
from .source import Source, Span
from .syntax import File, Invalid
from .tokens import CROSSES, SpanToken
from .value_class import value_class

_REPORTED = {
    "UNCLOSED",
    "UNOPENED",
    "NO_BRACE",
    "SEPARATOR",
    "FOREIGN",
    "REMARK",
    "SPACED",
    "UNQUOTED",
    "DOTTED",
}  # reported, but not parsed
_MISTYPED_STRINGS = {"UNFINISHED", "QUOTED", "PREFIXED"}  # reported, and parsed as strings
_CONSEQUENCES = {"STRAY", "NO_BRACE", "SEPARATOR", "DOTTED", "QUOTED"}  # not reported inside a broken statement
_INVALID = _REPORTED | _MISTYPED_STRINGS | {"STRAY"}
_ATTACHED = {"DOT", "COMMA", "NUMBER", "QUANTITY", "SIZE", "STRING"}
"""The types of tokens that belong to the value before them, if they cannot be read."""
_SECTION_TYPES = token_types(*SECTIONS)


@value_class
class Parsed:
    """The syntax tree of a file and its syntax errors. A statement that could not be read is an `Invalid` node."""

    file: File
    diagnostics: tuple[Diagnostic, ...]


def parse(source: Source) -> Parsed:
    """Parse the text of a `.lab` file. No error is raised: an unreadable statement is an `Invalid` node in the tree."""
    return _Parser(source, source.text).run()


def parse_let(source: Source, start: int) -> Parsed:
    """Parse the text of `source` from the offset `start` as the rest of a `let`: `name=value`."""
    before = "let "
    return _Parser(source, before + source.text[start:], start - len(before)).run()


class _Parser:
    """Feeds the tokens to Lark's parser one by one. After an error, it skips the rest of the statement."""

    def __init__(self, source: Source, text: str, shift: int = 0) -> None:
        self.source = source
        self.shift = shift  # the offset of `text` in the text of `source`
        self.diagnostics: list[Diagnostic] = []
        self.unexpected: list[Diagnostic] = []  # the diagnostics of unexpected tokens, in the order of the text
        self.comments: list[Span] = []
        self.statement: list[SpanToken] = []  # the tokens since the last newline or brace
        self.misplaced: list[Invalid] = []  # declarations of a `let` or `block` inside a body
        self.following: Token | None = None  # the token after the current one
        self.unfinished: Span | None = None  # the last string without its closing quote
        self.before_unexpected: SpanToken | None = None  # the token before the last unexpected one
        self.skipped_braces: int | None = None  # the open braces in a broken statement, None outside broken statements
        self.nesting = Nesting()
        self.parser = lark_parser().parse_interactive(text)

    def run(self) -> Parsed:
        limit = self.read_all()
        if limit:  # what the rest of the file declares is not known
            declarations = [Invalid(limit.span, "model")]
            self.diagnostics.append(limit)
        else:
            declarations = [*self.parser.feed_eof(), *self.misplaced]
        diagnostics = sorted([*self.diagnostics, *self.unexpected], key=lambda diagnostic: diagnostic.span.start)
        return Parsed(File(self.source, tuple(declarations), tuple(self.comments)), tuple(diagnostics))

    def read_all(self) -> Diagnostic | None:
        """Read all tokens. Return the diagnostic of the limit that the text exceeds, None if it exceeds none."""
        tokens = self.parser.lexer_thread.lex(self.parser.parser_state)
        for token, following in pairwise(chain(tokens, [None])):
            assert token is not None
            self.following = following
            read = SpanToken.of(token, self.source, self.shift)
            if read.type == "TOO_LONG":
                message = f"this file must have at most {MAX_TOKENS:_} words, numbers and signs, but has more"
                return Diagnostic(Code.BEYOND_BOUND, message, read.span)
            self.read(read)
            if len(self.diagnostics) + len(self.unexpected) > MAX_MISTAKES:
                return too_many_mistakes(read.span)
        return None

    def read(self, token: SpanToken) -> None:
        """Process one token: keep, report, skip or parse it."""
        if token.type == "COMMENT":
            self.comments.append(token.span)
            return
        if token.type in _INVALID or (token.type == "STRING" and "\\" in token):
            self.report_invalid(token)
        if token.type in _REPORTED:
            return
        if token.type in _MISTYPED_STRINGS:
            if token.type == "UNFINISHED":
                self.unfinished = token.span
            token = SpanToken.at("STRING", token + '"' if token.type == "UNFINISHED" else token, token.span)
        depth = self.nesting.depth_after(token.type)
        if self.skipped_braces is not None:
            self.skip(token)
        elif token.type == "STRAY":
            self.abandon_statement(token)
        elif depth > MAX_DEPTH:
            message = f"the nesting is deeper than {MAX_DEPTH} levels"
            self.diagnostics.append(Diagnostic(Code.TOO_DEEP, message, token.span))
            self.abandon_statement(token, braces=self.unwind() if token.type == "LBRACE" else 0)
        else:
            self.feed(token)

    def report_invalid(self, token: SpanToken) -> None:
        """Report a token that is wrong in every context, unless the mistake only follows from a broken statement."""
        from .recovery.invalid_tokens import both, check_token  # only imported for a file with a mistake

        last = self.diagnostics[-1] if self.diagnostics else None
        closes = self.closing_place(token) if token.type == "UNCLOSED" else None
        mistake = self.swallowed(token) or check_token(token, closes)
        is_consequence = token.type in _CONSEQUENCES or (token.type == "UNOPENED" and token != "}")
        if mistake and token.type == "NO_BRACE" and last and last.span.start == token.span.start:
            mistake = both(self.diagnostics.pop(), mistake)
        if mistake and not (self.skipped_braces is not None and is_consequence):
            self.diagnostics.append(mistake)
        if token.type == "UNCLOSED" and token in ("(", "["):
            self.retract_after(token)

    def swallowed(self, token: SpanToken) -> Diagnostic | None:
        """Return the diagnostic of a string that includes the next one, as in `["Mel, "Nev"]`, None for another token.

        The token is the rest of the line, which seems to be an unfinished string. What the string includes made the
        parser fail, so that the token after it is not reported.
        """
        if token.type != "UNFINISHED" or not self.unexpected or self.before_unexpected is None:
            return None
        string, failed = self.before_unexpected, self.unexpected[-1]
        if string.type != "STRING" or failed.span.start < string.span.end or string.span.line != token.span.line:
            return None
        from .recovery.invalid_tokens import missing_quote

        self.unexpected.pop()
        while self.diagnostics and _is_inside(self.diagnostics[-1], string.span.to(token.span)):
            self.diagnostics.pop()
        return missing_quote(string)

    def closing_place(self, opening: SpanToken) -> int | None:
        """Return the offset at which the closing bracket is missing: before what the bracket cannot contain."""
        last = self.before_unexpected
        if self.unexpected and self.unexpected[-1].span.start > opening.span.start and last and opening != "{":
            return last.span.end
        inserted = self.following.start_pos if self.following is not None else None
        return None if inserted is None else inserted + self.shift

    def retract_after(self, opening: SpanToken) -> None:
        """Remove the unexpected tokens after an unclosed round or square bracket: it included the later lines."""
        while self.unexpected and self.unexpected[-1].span.start > opening.span.start:
            self.unexpected.pop()

    def feed(self, token: SpanToken) -> None:
        try:
            self.parser.feed_token(token)
        except UnexpectedToken:
            from .recovery.unexpected_tokens import unexpected

            inserted = token.span.start == token.span.end and token.type != "_NL"
            after_string = self.unfinished is not None and token.span.line == self.unfinished.line
            last = self.diagnostics[-1] if self.diagnostics else None
            translated = last and last.code is Code.UNEXPECTED and last.span == token.span  # a foreign keyword
            if not (inserted or after_string or translated):  # its counterpart, or the string, has been reported
                self.unexpected.append(unexpected(token, self.parser.accepts(), self.statement))
                self.before_unexpected = self.statement[-1] if self.statement else None
            self.abandon_statement(token)
        else:
            if token.type in ("_NL", "LBRACE", "RBRACE"):
                self.statement = []
            else:
                self.statement.append(token)

    def abandon_statement(self, token: SpanToken, braces: int = 0) -> None:
        """Replace the broken statement by an `Invalid` node, and skip its rest. `braces` are open in it."""
        first = self.statement[0] if self.statement else token
        if token.type in ("LET", "BLOCK") and self.following is not None:
            self.misplaced.append(Invalid(token.span, str(self.following)))
        declared = _declared([*self.statement, token], self.following and self.following.type)
        error = SpanToken.at("ERROR", declared, first.span.to(token.span))
        replace_statement(self.parser, error, self.attached(token))
        self.skipped_braces = braces
        self.skip(token)

    def attached(self, token: SpanToken) -> int:
        """Return how many tokens and values before an unexpected token surely belong to the same broken value."""
        if len(self.statement) > 3 and self.statement[-1] in CROSSES:  # the middle of `image = size x size`
            return 2
        return int(token.type in _ATTACHED and bool(self.statement))

    def unwind(self) -> int:
        """Make the whole declaration the broken statement, and return the number of open braces in it."""
        self.statement = unwind_declaration(self.parser)
        kinds = [token.type for token in self.statement]
        return kinds.count("LBRACE") - kinds.count("RBRACE")

    def skip(self, token: SpanToken) -> None:
        """Skip a token of a broken statement. A newline outside the braces ends the statement."""
        assert self.skipped_braces is not None
        if token.type == "LBRACE":
            self.skipped_braces += 1
        elif token.type == "RBRACE":
            self.skipped_braces -= 1
        elif token.type == "_NL" and self.skipped_braces == 0:
            self.skipped_braces = None
            self.feed(token)


def _is_inside(mistake: Diagnostic, span: Span) -> bool:
    """Check whether a mistake is a wrong sign or a wrong string in a part of the text."""
    return mistake.code in (Code.STRAY, Code.BAD_STRING) and span.start <= mistake.span.start < span.end


def _declared(statement: list[SpanToken], following: str | None) -> str:
    """Return the name or section that a broken statement was meant to declare, "" if there is none.

    `following` is the type of the token after the statement.
    """
    kinds = [token.type for token in statement[:2]]
    if kinds == ["NAME"] and following == "EQUAL":
        return str(statement[0])
    match kinds:
        case ["LET" | "BLOCK", "NAME"]:
            return str(statement[1])
        case ["NAME", "EQUAL"]:
            return str(statement[0])
        case [kind, *_] if kind in _SECTION_TYPES:
            return str(statement[0])
    return ""
