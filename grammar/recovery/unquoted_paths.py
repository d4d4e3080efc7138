"""Paths without quotes, `folder(data/skin)` and `csv(labels.csv)`: reads their tokens as one string.

Names with dots, `nn.ReLU`, become one name. No name contains a dot, so the compiler reports it as unknown, with a help
that depends on what is allowed there.
"""

import re
from collections.abc import Iterator

from lark import Token

from ..keywords import DECLARATIONS, SECTIONS, token_types

_BEFORE = {"LPAR", "LSQB", "COMMA", "EQUAL", "COMPARISON", "PLUS", "STAR", "IN", "IF", "ELSE", "AND", "OR", "NOT"}
"""The types of tokens before a value."""
_PART = re.compile(r"[\w.~*/\\-]+")
_ENDING = re.compile(
    r"\.(csv|tsv|npz|npy|png|jpe?g|tiff?|bmp|dcm|nii|gz|zip|h5|hdf5|keras|lab|txt|json)$", re.IGNORECASE
)
_INVALID = token_types(*DECLARATIONS, *SECTIONS, "repeat", "for", "in", "as") | {"DOT", "STRAY", "COLON"}
"""The types of tokens that are in no expression."""
_DOTTED = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)+")
_GLOB = re.compile(r"/\*|\*/|^/")
_ENDS = {"COMMA", "RPAR", "RSQB", "RBRACE", "_NL", "COMMENT", "STRAY"}
"""The types of tokens that may follow a value without a space."""


def quote_paths(stream: Iterator[Token]) -> Iterator[Token]:
    """Yield the tokens. A path that is no expression becomes an UNQUOTED token, which is reported, then a STRING.

    A name with dots becomes a DOTTED token, which is reported, then a NAME.
    """
    run: list[Token] = []  # tokens without spaces between them, from the beginning of a value
    before = ""  # the type of the token before
    for token in stream:
        begins = token.start_pos == run[-1].end_pos if run else before in _BEFORE
        before = token.type
        if begins and (_PART.fullmatch(token) or (token.type == "COLON" and len(run) == 1)):
            run.append(token)
            continue
        if run:
            called = token.type == "LPAR"
            ends = called or token.type in _ENDS or token.start_pos != run[-1].end_pos
            yield from _joined(run, called) if ends and len(run) > 1 else run
            run = []
        yield token
    yield from _joined(run, called=False) if len(run) > 1 else run


def _joined(run: list[Token], called: bool) -> Iterator[Token]:
    """Yield the tokens of a run, a path or a name with dots as one. `called`: a `(` follows, so that it is no path."""
    text = "".join(run)
    place = {"start_pos": run[0].start_pos, "end_pos": run[-1].end_pos, "line": run[0].line, "column": run[0].column}
    if _DOTTED.fullmatch(text) and (called or not _ENDING.search(text)):
        yield Token("DOTTED", text, **place)
        yield Token("NAME", text, **place)
        return
    if called or not _is_path(text) or not (_GLOB.search(text) or any(token.type in _INVALID for token in run)):
        yield from run
        return
    quoted = '"' + text.replace("\\", "/") + '"'
    yield Token("UNQUOTED", quoted, **place)
    yield Token("STRING", quoted, **place)


def _is_path(text: str) -> bool:
    separated = ("/" in text or "\\" in text) and not text[0].isdigit() and any(map(str.isalpha, text))
    return separated or bool(_ENDING.search(text))
