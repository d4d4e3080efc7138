"""blocks.md: the standard blocks, from the comments above them."""

import re

from labc.compiler.std import BLOCKS, read_all

from .call import WRITTEN_BY

OPENING = f"""\
# The standard blocks

<!-- {WRITTEN_BY} compiler/std; change that. -->

The standard blocks are written in the language itself, and every file can use them; `labc show std` prints them. If a
file defines a block with the same name, the file's block is used, with a warning. A standard block does not see the
file's `let`s, and its taps are not visible outside. The networks have no output layer: write
[`classifier`](#classifier) or another output layer after them.
"""
_BLOCK = re.compile(r"((?:^# .*\n)+)^block (\w+)(\(.*\)) \{$", re.MULTILINE)


def blocks_page() -> str:
    """Return the whole page. The blocks are in the order of `BLOCKS`."""
    entries = {name: _entry(name, arguments, comment) for comment, name, arguments in _BLOCK.findall(read_all())}
    return "\n".join([OPENING, *(entries[name] for name in BLOCKS)])


def _entry(name: str, arguments: str, comment: str) -> str:
    text = "\n".join(line.removeprefix("# ") for line in comment.splitlines())
    return f"## {name}\n\n`{name}{arguments}`\n\n{text}\n"
