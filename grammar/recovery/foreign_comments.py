"""Comments of other languages, `// …`, `-- …` and `% …`: reports the sign, and leaves out the rest of the line."""

from collections.abc import Iterator

from lark import Token

_SIGNS = {"//", "-", "%"}  # the first token of each sign
_DEPTHS = {"LPAR": 1, "LSQB": 1, "RPAR": -1, "RSQB": -1}
_BRACES = {"LBRACE", "RBRACE"}
_BRACKETS = _BRACES | _DEPTHS.keys()


def leave_out_comments(stream: Iterator[Token]) -> Iterator[Token]:
    """Yield the tokens. A comment becomes a REMARK token for its sign, which is reported."""
    depth = 0  # the number of open round and square brackets
    start: list[Token] = []  # the first two tokens of the line
    rest: list[Token] = []  # the tokens of the line from its first sign
    for token in stream:
        kind = token.type
        if kind == "_NL":
            if rest:
                kept = list(_without_comment(start, rest, depth))
                for one in kept:
                    depth = _depth(depth, one.type)
                yield from kept
                rest = []
            start = []
            yield token
        elif rest or token in _SIGNS:
            rest.append(token)
        else:
            if kind in _BRACKETS:
                depth = _depth(depth, kind)
            if len(start) < 2:
                start.append(token)
            yield token
    if rest:
        yield from _without_comment(start, rest, depth)


def _depth(depth: int, kind: str) -> int:
    """Return the number of open round and square brackets after a token of this type. None is open after a brace."""
    return max(0, depth + _DEPTHS.get(kind, 0)) if kind not in _BRACES else 0


def _without_comment(start: list[Token], rest: list[Token], depth: int) -> Iterator[Token]:
    """Yield the rest of a line, without a comment: no statement has its sign there, or two of its words in a row.

    `--params > 0` and `params // a b > 0` are claims of `expect`.
    """
    sign = "--" if [*map(str, rest[:2])] == ["-", "-"] else str(rest[0])
    before = [one.type for one in start]
    first = not before and not depth
    certain = (first and sign != "--") or before == ["EXPERIMENT", "STRING"]
    likely = first or sign == "%" or before in (["NAME", "EQUAL"], ["LET", "NAME"])
    if sign != "-" and (certain or (likely and _has_words(rest))):
        yield Token("REMARK", sign, start_pos=rest[0].start_pos, end_pos=(rest[0].start_pos or 0) + len(sign))
    else:
        yield from rest


def _has_words(rest: list[Token]) -> bool:
    """Check whether two names follow each other, and the second is not the name of the next setting."""
    kinds = [token.type for token in rest]
    return any(
        one == second == "NAME" and after not in ("EQUAL", "LBRACE")
        for one, second, after in zip(kinds, kinds[1:], [*kinds[2:], ""], strict=False)
    )
