"""What the emitted forms call things."""

import re
from keyword import iskeyword

from ..model.graph import INPUT, Graph

IMAGE = "image"  # the model's input, in Keras and everywhere else
RESERVED = ("keras", "layers", "model", "network", "layer", "x")  # what a script uses itself


def edges(graph: Graph) -> list[tuple[int, int]]:
    """Every edge as the indices of two nodes, `INPUT` being the model's input; in the order of the layers."""
    return [(start, end) for end, node in enumerate(graph.nodes) for start in node.inputs]


def identifiers(graph: Graph) -> dict[int, str]:
    """For the input and each node, by index, a name that a script can give to its tensor; no two the same."""
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
    """A title or a file's name without line breaks and other characters that cannot be seen."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())
