"""The parser that Lark makes of lab.lark."""

import os
from functools import cache
from pathlib import Path

from lark import Lark

from .recovery.layout import Layout
from .transformer import TreeBuilder


@cache
def lark_parser() -> Lark:
    """Return the parser. Its tables are read from the cache of Lark if the cache has them."""
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
    """Return the file in which Lark caches its tables, False if the folder of the file cannot be made.

    Lark also stores a hash of the grammar, of the version of Lark and of the version of Python in the file. If the hash
    differs, Lark computes the tables again.
    """
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "labc"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # RuntimeError: there is no home folder
        return False
    return str(folder / "grammar")
