"""Limits how deeply a file may nest, so that no later stage exceeds Python's recursion limit."""

MAX_DEPTH = 60

_OPENING = {"LPAR", "LSQB", "LBRACE"}
_CLOSING = {"RPAR", "RSQB", "RBRACE"}
_OPERATORS = {
    "PLUS",
    "MINUS",
    "STAR",
    "SLASH",
    "FLOORDIV",
    "POWER",
    "COMPARISON",
    "OR",
    "AND",
    "NOT",
    "IF",
    "LSQB",
}


class Nesting:
    """Computes an upper bound of the depth of the syntax tree, token by token.

    Each open bracket counts as one level. Each operator since the last comma or newline counts as one level too,
    because `1 + 1 + 1` is a tree of depth 3.
    """

    def __init__(self) -> None:
        self.levels = [0]
        self.depth = 0  # the sum of the levels

    def depth_after(self, kind: str) -> int:
        """Count a token of this type. Return the new nesting depth if the token opens a level, otherwise 0."""
        if kind in _OPERATORS:
            self.levels[-1] += 1
            self.depth += 1
        if kind in _OPENING:
            self.levels.append(1)
            self.depth += 1
        elif kind in _CLOSING and len(self.levels) > 1:
            self.depth -= self.levels.pop()
        elif kind in ("COMMA", "_NL") and self.levels[-1] > 1:
            self.depth -= self.levels[-1] - 1
            self.levels[-1] = 1
        return self.depth if kind in _OPERATORS or kind in _OPENING else 0
