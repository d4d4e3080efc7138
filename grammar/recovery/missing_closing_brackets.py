"""Decides which open brackets end before a token, because their closing bracket is missing.

A round or square bracket cannot contain a brace, or a line that begins a declaration. A brace cannot contain a
declaration that is not indented deeper than the line of the brace. If a `}` is missing in the text, a body ends before
the first line that is not indented deeper than the line of its `{`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lark import Token

from ..keywords import DECLARATIONS, SECTIONS, token_types
from .brackets import Brackets, OpenBracket

_DECLARATIONS = token_types(*DECLARATIONS, *SECTIONS) - {"TRAIN"}


@dataclass(eq=False, slots=True)
class Unclosed:
    """The rules for the unclosed brackets of one text."""

    brackets: Brackets
    surplus: int  # the number of `}` minus the number of `{` in the text
    lacks_closing: bool  # whether the text has fewer `}` than `{`
    indented: bool  # whether every body of the text is indented

    def cannot_continue(self, token: Token, following: Token | None) -> bool:
        """Return True if a line that begins with `token` cannot be inside the innermost open `(` or `[`."""
        inside = self.brackets.innermost
        names_setting = token.type == "NAME" and following is not None and following.type == "EQUAL"
        if names_setting and inside and inside.token.type == "LSQB":
            return True
        return self.brackets.inside_expression() and token.type in ("FOR", "REPEAT")

    def ends_before_declaration(self, indent: int) -> bool:
        """Check whether the innermost bracket ends before a line that begins a declaration with this indent."""
        inside = self.brackets.innermost
        if inside is None:
            return False
        if self.brackets.inside_expression():
            return True
        return indent <= inside.indent and (self.lacks_closing or self.indented or inside.by_indent)

    def ends_before(self, token: Token, indent: int, on_new_line: bool) -> bool:
        """Check whether the innermost body ends before `token`. `indent` is the indent of the line of `token`."""
        inside = self.brackets.innermost
        if inside is None:
            return False
        if on_new_line and not self.brackets.inside_expression() and self._dedents(inside, token, indent):
            return True
        return token.type == "RBRACE" and self._is_of_outer_body(inside, indent, on_new_line)

    def ends_before_else(self, has_head: bool) -> bool:
        """Check whether a `}` is missing before an `else`. The `else` then follows a step instead of a `}`."""
        after_step = not self.brackets.after_brace and not has_head and not self.brackets.inside_expression()
        return self.lacks_closing and after_step and self.brackets.body == "steps"

    def _dedents(self, inside: OpenBracket, token: Token, indent: int) -> bool:
        if not (inside.by_indent or (self.lacks_closing and self.indented)):
            return False
        if token.type != "RBRACE":
            return indent <= inside.indent
        return indent < inside.indent and self.brackets.indents[indent] > 0

    def _is_of_outer_body(self, inside: OpenBracket, indent: int, on_new_line: bool) -> bool:
        """Check whether a `}` closes an outer body. The innermost body then has neither `{` nor `}` in the text."""
        if self.surplus > 0 or not inside.by_indent:
            return False
        return not on_new_line or self.brackets.indents[indent] > (indent == inside.indent)


def bodies_are_indented(tokens: Sequence[Token]) -> bool:
    """Check whether the line after each line that ends with `{` is indented deeper than the line with the `{`."""
    indent, opened = 0, False
    for before, token in pairwise(tokens):
        if before.type == "_NL" and token.type != "_NL":
            if opened and token.type != "RBRACE" and (token.column or 0) <= indent:
                return False
            indent, opened = token.column or 0, False
        opened = opened or (token.type == "_NL" and before.type == "LBRACE")
    return True


def begins_declaration(token: Token, following: Token | None) -> bool:
    """Check whether a declaration begins with `token`. `train` before `=` is the name of a setting instead."""
    return token.type in _DECLARATIONS or (
        token.type == "TRAIN" and following is not None and following.type in ("LBRACE", "COLON", "_NL")
    )
