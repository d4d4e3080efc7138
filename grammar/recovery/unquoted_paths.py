"""Paths without quotes, `folder(data/skin)` and `csv(labels.csv)`: reads their tokens as one string."""

import re
from collections.abc import Iterator

from lark import Token

from ..keywords import DECLARATIONS, SECTIONS, token_types

_BEFORE = {"LPAR", "COMMA", "EQUAL"}  # tokens before a value
_PART = re.compile(r"[\w.~*/\\-]+")
_ENDING = re.compile(
    r"\.(csv|tsv|npz|npy|png|jpe?g|tiff?|bmp|dcm|nii|gz|zip|h5|hdf5|keras|lab|txt|json)$", re.IGNORECASE
)
_INVALID = token_types(*DECLARATIONS, *SECTIONS, "repeat", "for", "in", "as") | {"DOT", "STRAY", "COLON"}
"""The types of tokens that are in no expression."""
_GLOB = re.compile(r"/\*|\*/|^/")
_ENDS = {"COMMA", "RPAR", "RSQB", "RBRACE", "_NL", "COMMENT", "STRAY"}
"""The types of tokens that may follow a value without a space."""


def quote_paths(stream: Iterator[Token]) -> Iterator[Token]:
    """Yield the tokens. A path that is no expression becomes an UNQUOTED token, which is reported, then a STRING."""
    run: list[Token] = []  # tokens without spaces between them, from the beginning of a value
    before = ""  # the type of the token before
    for token in stream:
        begins = token.start_pos == run[-1].end_pos if run else before in _BEFORE
        before = token.type
        if begins and (_PART.fullmatch(token) or (token.type == "COLON" and len(run) == 1)):
            run.append(token)
            continue
        if run:
            ends = token.type in _ENDS or token.start_pos != run[-1].end_pos
            yield from _quoted(run) if ends else run
            run = []
        yield token
    yield from _quoted(run)


def _quoted(run: list[Token]) -> Iterator[Token]:
    text = "".join(run)
    if not _is_path(text) or not (_GLOB.search(text) or any(token.type in _INVALID for token in run)):
        yield from run
        return
    place = {"start_pos": run[0].start_pos, "end_pos": run[-1].end_pos, "line": run[0].line, "column": run[0].column}
    quoted = '"' + text.replace("\\", "/") + '"'
    yield Token("UNQUOTED", quoted, **place)
    yield Token("STRING", quoted, **place)


def _is_path(text: str) -> bool:
    separated = ("/" in text or "\\" in text) and not text[0].isdigit() and any(map(str.isalpha, text))
    return separated or bool(_ENDING.search(text))
