"""Finds the heads whose `{` is missing, so that layout.py can insert it.

A head is the part of a statement before the `{` of its body: `model`, `repeat 3`, `for x in list`. Its `{` is missing
if the line ends after the head, if a `:` follows as in Python, or if a step follows on the same line.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from lark import Token

from ..keywords import SECTIONS, token_types

_BARE = token_types(*SECTIONS, "else")  # heads that are a single keyword
_HEADS = _BARE | token_types("block", "repeat", "for", "if")
_COMPOSITES = {"residual", "parallel", "branch", "frozen"}  # steps that always have a body
_BODIES = dict.fromkeys(token_types(*SECTIONS), "settings") | {
    "MODEL": "steps",
    "VARIANTS": "variants",
    "EXPECT": "claims",
}
_LAST = {"NAME", "NUMBER", "QUANTITY", "SIZE", "STRING", "RPAR", "RSQB", "TRUE", "FALSE", "NONE"}  # can end a head
_STEP = {"NAME", "REPEAT", "FOR"}  # can begin a step


class _RestOfLine(NamedTuple):
    """The brackets in the rest of a line. `closed` counts those that are open before the rest and closed in it."""

    closed: int = 0  # round and square brackets
    closed_braces: int = 0
    has_brace: bool = False  # whether there is a `{`

    def before(self, kind: str) -> "_RestOfLine":
        """Return the rest of the line that begins one token earlier, with a token of this type."""
        match kind:
            case "_NL":
                return _RestOfLine()
            case "LPAR" | "LSQB":
                return self._replace(closed=max(0, self.closed - 1))
            case "RPAR" | "RSQB":
                return self._replace(closed=self.closed + 1)
            case "LBRACE":
                return self._replace(closed_braces=max(0, self.closed_braces - 1), has_brace=True)
            case "RBRACE":
                return self._replace(closed_braces=self.closed_braces + 1)
        return self


class Heads:
    """Reads the tokens of a text, and remembers the head whose `{` has not been read yet.

    A body contains "settings", "variants", "claims" or "steps".
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        """Start before the first token. `tokens` are the tokens of the whole text without comments."""
        self.tokens = tokens
        self.head: Token | None = None  # the first token of the head whose `{` has not been read yet
        self.last: Token | None = None  # the token before the current one

    def read(self, index: int, begins: bool, body: str | None) -> None:
        """Read the token at `index`. `begins` tells whether a statement or step begins with the token.

        `body` is the contents of the innermost brace, None outside all braces.
        """
        token = self.tokens[index]
        if begins and self._is_head(token, self._following(index), body):
            self.head = token
        elif token.type in ("LBRACE", "RBRACE", "EQUAL", "ARROW") or begins:
            self.head = None
        self.last = token

    def follows(self, *kinds: str) -> bool:
        """Check whether the last token has one of these types."""
        return self.last is not None and self.last.type in kinds

    def body(self, outer: str | None) -> str:
        """Return the contents of the body of the current head. `outer` is the contents of the body around the head."""
        if outer in ("settings", "variants"):
            return "settings"
        return _BODIES.get(self.head.type, "steps") if self.head else "steps"

    def brace_is_missing(self, index: int | None, on_next_line: bool) -> bool:
        """Check whether the `{` of the head is missing before the token at `index`. None is the end of the text."""
        if self.head is None or self.last is None or (self._is_one_token() and self.last is not self.head):
            return False
        kind = self.tokens[index].type if index is not None else "_NL"
        if kind == "ARROW" and self.head in _COMPOSITES:
            return False  # on the same line or on the next one, it is a step without its body, which is reported later
        if index is None or on_next_line:
            return True
        if kind == "COLON":  # in settings, a `:` before a value stands for `=`
            return not self._is_range(index) and (not self._is_named() or self._following(index) == "_NL")
        complete = self.last.type in _LAST if self._is_named() or self.last is not self.head else self._is_one_token()
        ends = kind == "RBRACE" and (self.head.type == "STRING" or self.head in _COMPOSITES)
        step = ends or kind in _STEP | {"TRAIN", "STRING"}
        return complete and step and self._line_lacks_brace(index)

    def comma_separates(self, index: int, body: str) -> bool:
        """Check whether the comma at `index` is between two statements of a body with the contents `body`.

        A comma between values belongs to a list whose brackets are missing.
        """
        if body == "settings":
            return self._following(index + 1) in ("EQUAL", "LBRACE", "COLON")
        in_for = self.head is not None and self.head.type == "FOR"
        return not in_for and not self.closed_after(index)

    def closed_after(self, index: int) -> int:
        """Count the round and square brackets that are open at `index` and closed in the rest of the line."""
        return self._rests[index].closed

    def _is_range(self, index: int) -> bool:
        """Check whether the `:` at `index` is the one of a range of another language: `for n in 1:3`."""
        assert self.head is not None
        follows = self.last is not None and self.last.type == "NUMBER"
        return self.head.type == "FOR" and follows and self._following(index) != "_NL"

    def _is_one_token(self) -> bool:
        """Check whether the head is a single token."""
        return self.head is not None and (
            self.head.type in _BARE or (self._is_named() and self.head not in _COMPOSITES)
        )

    def _is_named(self) -> bool:
        return self.head is not None and self.head.type in ("NAME", "STRING")

    def _is_head(self, token: Token, following: str, body: str | None) -> bool:
        if following in ("EQUAL", "COMMA", "DOT"):
            return False
        if token.type == "NAME" and body == "steps":
            return str(token) in _COMPOSITES
        if token.type == "NAME":
            return body == "settings" and following in ("_NL", "COLON", "NAME", "TRAIN")
        if token.type == "STRING":
            return body == "variants"
        return token.type in _HEADS and body in ((None,) if token.type == "TRAIN" else (None, "steps"))

    def _following(self, index: int) -> str:
        return self.tokens[index + 1].type if index + 1 < len(self.tokens) else "_NL"

    def _line_lacks_brace(self, index: int) -> bool:
        """Check whether the rest of the line has no `{`, or more `}` than `{`. Otherwise the head itself is wrong."""
        rest = self._rests[index]
        head_may_continue = rest.has_brace or (self._is_named() and self._is_one_token())
        return rest.closed_braces > 0 or not head_may_continue

    @cached_property
    def _rests(self) -> list[_RestOfLine]:
        """Return the rest of the line from each token of the text, computed from the last token to the first."""
        rest = _RestOfLine()
        rests = [rest]
        for token in reversed(self.tokens):
            rest = rest.before(token.type)
            rests.append(rest)
        return rests[::-1]
