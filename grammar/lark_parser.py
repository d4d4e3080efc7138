"""The parser that Lark makes of lab.lark."""

import os
from functools import cache
from pathlib import Path

from lark import Lark

from .recovery.layout import Layout
from .transformer import TreeBuilder


@cache
def lark_parser() -> Lark:
    """The parser, its tables read from Lark's cache if they are there."""
    text = Path(__file__).with_name("lab.lark").read_text(encoding="utf-8")
    return Lark(
        text,
        parser="lalr",
        lexer="basic",
        postlex=Layout(),
        transformer=TreeBuilder(),
        keep_all_tokens=True,
        maybe_placeholders=False,
        cache=_cache_file(),
    )


def _cache_file() -> str | bool:
    """The file in which Lark caches its tables, False if the folder for it cannot be made.

    Lark stores a hash of the grammar, its own version and Python's in the file, and computes the tables again if they
    differ.
    """
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "labc"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # RuntimeError: there is no home
        return False
    return str(folder / "grammar")
