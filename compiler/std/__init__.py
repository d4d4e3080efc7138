"""The standard library of blocks, in the language itself: always in scope, read only when a file uses it."""

from functools import cache
from pathlib import Path

from ...grammar.parse import parse
from ...grammar.source import Source
from ...grammar.syntax import Block

FOLDER = Path(__file__).parent

# Which file a block is in, so that a file that uses none costs nothing.
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
    """The standard block of a name."""
    return _read(BLOCKS[name]).get(name) if name in BLOCKS else None


def read_all() -> str:
    """The text of the whole library, a file after the other in the order of the index."""
    return "\n".join((FOLDER / file).read_text(encoding="utf-8") for file in dict.fromkeys(BLOCKS.values()))


@cache
def _read(file: str) -> dict[str, Block]:
    source = Source(f"std/{file}", (FOLDER / file).read_text(encoding="utf-8"))
    parsed = parse(source)
    assert not parsed.diagnostics
    return {block.name.id: block for block in parsed.file.declarations if isinstance(block, Block)}
