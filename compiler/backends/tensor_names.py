"""The names of tensors in emitted forms, and the edges between the layers."""

import re
from keyword import iskeyword

from ..model.graph import INPUT, Graph

IMAGE = "image"  # the model's input, in Keras and in all emitted forms
RESERVED = ("keras", "layers", "model", "network", "layer", "x", "scale", "mean", "deviation")  # used by a script


def edges(graph: Graph) -> list[tuple[int, int]]:
    """Return the edges as pairs of node indices, in the order of the layers. `INPUT` stands for the model's input."""
    return [(start, end) for end, node in enumerate(graph.nodes) for start in node.inputs]


def identifiers(graph: Graph) -> dict[int, str]:
    """Return a Python variable name for the input and for each node, by index. All names differ."""
    names = {INPUT: IMAGE}
    taken = {IMAGE, *RESERVED}
    for index, node in enumerate(graph.nodes):
        name = re.sub(r"[^A-Za-z0-9_]", "_", node.name)
        if not name.isidentifier() or iskeyword(name):
            name = f"layer_{name}"
        while name in taken:
            name += "_"
        taken.add(name)
        names[index] = name
    return names


def one_line(text: str) -> str:
    """Return a title or a file name without line breaks and other invisible characters."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())
