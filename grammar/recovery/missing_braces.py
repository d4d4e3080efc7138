"""Statements that have a body: finds the ones whose `{` is missing, so that layout.py can put it there.

A head is what stands before the `{`: `model`, `repeat 3`, `for x in list`. Its brace is missing where the line ends, at
a `:` as Python has it, or where a step follows on the same line.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, pairwise, takewhile

from lark import Token

_ALONE = {"MODEL", "SECTION", "TRAIN", "VARIANTS", "EXPECT", "ELSE"}  # nothing stands between these and the brace
_HEADS = _ALONE | {"BLOCK", "REPEAT", "FOR", "IF"}
_COMPOSITES = {"residual", "parallel", "branch", "frozen"}  # the steps that are never written without a body
_BODIES = {"SECTION": "settings", "TRAIN": "settings", "VARIANTS": "variants", "EXPECT": "claims"}
_DECLARATIONS = {
    "EXPERIMENT", "EXTENDS", "USE", "LET", "BLOCK", "MODEL", "SECTION", "VARIANTS", "EXPECT",
}  # fmt: skip
_ENDING = {"NAME", "NUMBER", "QUANTITY", "SIZE", "STRING", "RPAR", "RSQB", "TRUE", "FALSE", "NONE"}
_STEP = {"NAME", "REPEAT", "FOR"}


class Heads:
    """The head that waits for its brace, if one does. A body holds "settings", "variants", "claims" or "steps"."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens  # of the whole text, comments left out
        self.head: Token | None = None
        self.last: Token | None = None  # the token before

    def see(self, index: int, begins: bool, body: str | None) -> None:
        """Take notice of the token at `index` in a `body`, None at the top; `begins` if a statement or step does."""
        token = self.tokens[index]
        if begins and self._is_head(token, self._following(index), body):
            self.head = token
        elif token.type in ("LBRACE", "RBRACE", "EQUAL", "ARROW") or begins:
            self.head = None
        self.last = token

    def body(self, outside: str | None) -> str:
        """What stands in the body that the current head's brace opens, itself in `outside`."""
        if outside in ("settings", "variants"):
            return "settings"
        return _BODIES.get(self.head.type, "steps") if self.head else "steps"

    def brace_is_missing(self, index: int | None, on_next_line: bool) -> bool:
        """Whether the waiting head's brace should have come before the token at `index`, None being the text's end."""
        if self.head is None or self.last is None or (self._is_one_word() and self.last is not self.head):
            return False
        if index is None or on_next_line:
            return True
        kind = self.tokens[index].type
        if kind == "COLON":  # in settings, one before a value stands for `=`
            return self.head.type not in ("NAME", "STRING") or self._following(index) == "_NL"
        ready = self.last.type in _ENDING if self._is_named() or self.last is not self.head else self._is_one_word()
        follows = kind in _STEP | {"TRAIN", "STRING"} or (kind == "RBRACE" and self.head.type == "STRING")
        return ready and follows and self._line_lacks_brace(index)

    def comma_separates(self, index: int, body: str) -> bool:
        """Whether the comma at `index`, outside all brackets but the braces of a `body`, stands between statements."""
        if body == "settings":  # else it is a list whose brackets are missing
            return self._following(index + 1) in ("EQUAL", "LBRACE")
        names = self.head is not None and self.head.type == "FOR"
        return not names and not self.closed_behind(index)

    def closed_behind(self, index: int) -> int:
        """How many round and square brackets the line closes from `index` on that it opened before."""
        return -self._lowest(index, ("LPAR", "LSQB"), ("RPAR", "RSQB"))

    def _is_one_word(self) -> bool:
        """Whether nothing stands between the head's word and its brace."""
        return self.head is not None and (
            self.head.type in _ALONE or (self._is_named() and self.head not in _COMPOSITES)
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
        """Whether the rest of the line closes more bodies than it opens, or has none; else the head itself is wrong."""
        seen = any(token.type == "LBRACE" for token in self._rest_of_line(index))
        may_go_on = seen or (self._is_named() and self._is_one_word())
        return self._lowest(index, ("LBRACE",), ("RBRACE",)) < 0 or not may_go_on

    def _lowest(self, index: int, opening: Collection[str], closing: Collection[str]) -> int:
        """How deep inside brackets the rest of the line gets at the least: negative if it closes one open before."""
        signs = ((token.type in opening) - (token.type in closing) for token in self._rest_of_line(index))
        return min(accumulate(signs, initial=0))

    def _rest_of_line(self, index: int) -> Iterator[Token]:
        following = (self.tokens[place] for place in range(index, len(self.tokens)))
        return takewhile(lambda token: token.type != "_NL", following)


def bodies_are_indented(tokens: Sequence[Token]) -> bool:
    """Whether every line after one that ends with `{` is indented deeper than it, so that indents can be trusted."""
    indent, opened = 0, False
    for before, token in pairwise(tokens):
        if before.type == "_NL" and token.type != "_NL":
            if opened and token.type != "RBRACE" and (token.column or 0) <= indent:
                return False
            indent, opened = token.column or 0, False
        opened = opened or (token.type == "_NL" and before.type == "LBRACE")
    return True


def declares(token: Token, following: Token | None) -> bool:
    """Whether a declaration begins here; `train` is also the name of a setting, but then `=` follows."""
    return token.type in _DECLARATIONS or (
        token.type == "TRAIN" and following is not None and following.type in ("LBRACE", "COLON", "_NL")
    )
