"""Text to syntax tree, with every syntax mistake reported in one go."""

import os
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

from lark import Lark, Token, UnexpectedToken

from .diagnostics.codes import Code
from .diagnostics.diagnostic import Diagnostic
from .recovery.depth_limit import MAX_DEPTH, Nesting
from .recovery.layout import Layout
from .recovery.syntax_errors import broken_token, unexpected
from .source import Source, Span
from .syntax import File, Invalid
from .transformer import Tree, Word


@dataclass(frozen=True)
class Parsed:
    """A file's tree, as far as it could be read, and the mistakes found on the way."""

    file: File
    diagnostics: tuple[Diagnostic, ...]


def parse(source: Source) -> Parsed:
    """Read a whole `.lab` text. Never raises: what cannot be read stands in the tree as `Invalid`."""
    return _Parser(source).run()


@cache
def _grammar() -> Lark:
    text = Path(__file__).with_name("lab.lark").read_text(encoding="utf-8")
    return Lark(
        text,
        parser="lalr",
        lexer="basic",
        postlex=Layout(),
        transformer=Tree(),
        keep_all_tokens=True,
        maybe_placeholders=False,
        cache=_cache_file(),
    )


def _cache_file() -> str | bool:
    """Where Lark keeps the tables that it has computed, False if there is no place for them.

    Lark writes a hash of the grammar, its own version and Python's into the file, and computes anew where they differ.
    """
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "labc"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # RuntimeError: there is no home
        return False
    return str(folder / "grammar")


_REPORTED = {"UNCLOSED", "UNOPENED", "NO_BRACE", "SEPARATOR", "FOREIGN", "REMARK"}  # tokens that are only reported
_FOLLOWERS = {"STRAY", "NO_BRACE", "SEPARATOR"}  # those that mean nothing inside a broken statement


@dataclass
class _Parser:
    source: Source
    diagnostics: list[Diagnostic] = field(default_factory=list)
    comments: list[Span] = field(default_factory=list)
    statement: list[Word] = field(default_factory=list)  # the words since the last newline or brace
    misplaced: list[Invalid] = field(default_factory=list)  # what would declare a name, but stands in a body
    following: Token | None = None  # the next word
    skipping: int | None = None  # inside a broken statement: the braces open in it

    def run(self) -> Parsed:
        self.parser = _grammar().parse_interactive(self.source.text)
        self.nesting = Nesting()
        tokens = self.parser.lexer_thread.lex(self.parser.parser_state)
        for token, following in pairwise(chain(tokens, [None])):
            assert token is not None
            self.following = following
            self.take(Word.place(token, self.source))
        declarations = self.parser.feed_eof()
        file = File(self.source, (*declarations, *self.misplaced), tuple(self.comments))
        return Parsed(file, tuple(sorted(self.diagnostics, key=lambda d: d.span.start)))

    def take(self, word: Word) -> None:
        """One word of the text: kept, reported, skipped or parsed."""
        if word.type == "COMMENT":
            self.comments.append(word.span)
            return
        mistake = broken_token(word)
        follows = word.type in _FOLLOWERS or (word.type == "UNOPENED" and word != "}")
        if mistake and not (self.skipping is not None and follows):
            self.diagnostics.append(mistake)
        if word.type in _REPORTED:
            self.forgive_inside(word)
            return
        if word.type in ("UNFINISHED", "QUOTED", "PREFIXED"):
            word.type = "STRING"
        depth = self.nesting.depth_after(word.type)
        if self.skipping is not None:
            self.skip(word)
        elif word.type == "STRAY":
            self.give_up(word)
        elif depth > MAX_DEPTH:
            message = f"this nests deeper than {MAX_DEPTH} levels"
            self.diagnostics.append(Diagnostic(Code.TOO_DEEP, message, word.span))
            self.give_up(word, braces=self.back_to_declaration() if word.type == "LBRACE" else 0)
        else:
            self.feed(word)

    def forgive_inside(self, opening: Word) -> None:
        """Drop what was reported inside a round or square bracket that turns out never to close: it swallowed lines."""
        if opening.type == "UNCLOSED" and opening in ("(", "["):
            inside = opening.span.start
            self.diagnostics = [d for d in self.diagnostics if d.code is not Code.UNEXPECTED or d.span.start <= inside]

    def feed(self, word: Word) -> None:
        try:
            self.parser.feed_token(word)
        except UnexpectedToken:
            put_here = word.span.start == word.span.end and word.type != "_NL"  # its opening one is reported
            if not put_here:
                expected = self.parser.accepts()
                self.diagnostics.append(unexpected(word, expected, self.statement))
            self.give_up(word)
        else:
            self.statement = [] if word.type in ("_NL", "LBRACE", "RBRACE") else [*self.statement, word]

    def give_up(self, word: Word, braces: int = 0) -> None:
        """Leave the broken statement, `braces` being open in it: forget what was read, and skip what is left of it."""
        first = self.statement[0] if self.statement else word
        if word.type in ("LET", "BLOCK") and self.following is not None:
            self.misplaced.append(Invalid(word.span, str(self.following)))
        broken = Word("ERROR", _declared([*self.statement, word], self.following and self.following.type))
        broken.span = first.span.to(word.span)
        self.put(broken)
        self.skipping = braces
        self.skip(word)

    def back_to_declaration(self) -> int:
        """Make the whole declaration the broken statement, its outer bodies being as deep; the braces open in it."""
        state = self.parser.parser_state
        words = [index for index, value in enumerate(state.value_stack) if isinstance(value, Word)]
        start = words[0] if words else len(state.value_stack)
        self.statement = [state.value_stack[index] for index in words]
        del state.value_stack[start:], state.state_stack[start + 1 :]
        kinds = [word.type for word in self.statement]
        return kinds.count("LBRACE") - kinds.count("RBRACE")

    def put(self, broken: Word) -> None:
        """Put ERROR in the place of the broken statement, which is taken off the parser's stack.

        A complete statement before it is reduced by ERROR itself. A body that is closed but belongs to the broken
        statement is taken off whole: the place is outside its braces.
        """
        state = self.parser.parser_state
        closed = 0
        while True:
            if not closed:
                try:
                    self.parser.feed_token(broken)
                    return
                except UnexpectedToken:
                    pass
            state.state_stack.pop()
            kind = getattr(state.value_stack.pop(), "type", None)
            closed += (kind == "RBRACE") - (kind == "LBRACE" and closed > 0)

    def skip(self, word: Word) -> None:
        """Pass over a word of a broken statement; a newline outside its braces ends it."""
        assert self.skipping is not None
        if word.type == "LBRACE":
            self.skipping += 1
        elif word.type == "RBRACE":
            self.skipping -= 1
        elif word.type == "_NL" and self.skipping == 0:
            self.skipping = None
            self.feed(word)


def _declared(statement: list[Word], following: str | None) -> str:
    """The name or section that a broken statement would have declared, "" if none; `following` is what comes next."""
    kinds = [word.type for word in statement[:2]]
    if kinds == ["NAME"] and following == "EQUAL":
        return str(statement[0])
    match kinds:
        case ["LET" | "BLOCK", "NAME"]:
            return str(statement[1])
        case ["NAME", "EQUAL"]:
            return str(statement[0])
        case ["MODEL" | "SECTION" | "TRAIN" | "VARIANTS" | "EXPECT", *_]:
            return str(statement[0])
    return ""
