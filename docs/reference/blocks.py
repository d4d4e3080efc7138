"""blocks.md: the standard blocks, from the comments above them."""

import re

from labc.compiler.std import BLOCKS, read_all

from .call import WRITTEN_BY

OPENING = f"""\
# The standard blocks

<!-- {WRITTEN_BY} compiler/std; change that. -->

Written in the language itself and always in scope; `labc show std` prints them. A file's own block of the same name
wins, with a warning. They do not see the file's `let`s, and the taps in them are their own. The networks end before
their output layer: write [`classifier`](#classifier), or a layer of your own, behind them.
"""
_BLOCK = re.compile(r"((?:^# .*\n)+)^block (\w+)(\(.*\)) \{$", re.MULTILINE)


def blocks_page() -> str:
    """The whole page, blocks in the order of the index."""
    entries = {name: _entry(name, arguments, comment) for comment, name, arguments in _BLOCK.findall(read_all())}
    return "\n".join([OPENING, *(entries[name] for name in BLOCKS)])


def _entry(name: str, arguments: str, comment: str) -> str:
    text = "\n".join(line.removeprefix("# ") for line in comment.splitlines())
    return f"## {name}\n\n`{name}{arguments}`\n\n{text}\n"
