"""The standard blocks: blocks that every file can use. They are written in labc, and read only if a file uses them."""

from functools import cache
from pathlib import Path

from ...grammar.parse import parse
from ...grammar.source import Source
from ...grammar.syntax import Block

FOLDER = Path(__file__).parent

# The file of each block, so that a block is only read if it is used.
BLOCKS: dict[str, str] = {
    "conv_block": "blocks.lab",
    "dense_head": "blocks.lab",
    "classifier": "blocks.lab",
    "mlp": "networks.lab",
    "lenet": "networks.lab",
    "alexnet": "networks.lab",
    "vgg16": "networks.lab",
    "unet_level": "unet.lab",
    "unet": "unet.lab",
    "resnet_unit": "resnet.lab",
    "resnet18": "resnet.lab",
}


def std_block(name: str) -> Block | None:
    """Return the standard block with this name, None if there is none."""
    return _read(BLOCKS[name]).get(name) if name in BLOCKS else None


def read_all() -> str:
    """Return the text of all files of standard blocks, in the order of `BLOCKS`."""
    return "\n".join((FOLDER / file).read_text(encoding="utf-8") for file in dict.fromkeys(BLOCKS.values()))


@cache
def _read(file: str) -> dict[str, Block]:
    source = Source(f"std/{file}", (FOLDER / file).read_text(encoding="utf-8"))
    parsed = parse(source)
    assert not parsed.diagnostics
    return {block.name.id: block for block in parsed.file.declarations if isinstance(block, Block)}
