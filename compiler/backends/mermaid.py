"""A model as a Mermaid diagram, which GitHub and many note-taking programs render."""

import json

from ..layers.shapes import text
from ..model.graph import INPUT
from ..study import Study
from .tensor_names import IMAGE, edges, identifiers, one_line

_ENTITIES = str.maketrans({character: f"#{ord(character)};" for character in "\"#&'<>`\\[]{}|"})


def to_mermaid(study: Study) -> str:
    """Return a flowchart of the layers with their output shapes."""
    graph = study.base.graph
    ids = identifiers(graph)
    labels = {INPUT: _label(IMAGE, text(graph.input))} | {
        index: _label(node.name, text(node.output)) for index, node in enumerate(graph.nodes)
    }
    lines = [
        "---",
        f"title: {json.dumps(one_line(study.title), ensure_ascii=False)}",
        "---",
        "flowchart TB",
        *(f"  {ids[index]}({label})" for index, label in labels.items()),
        *(f"  {ids[start]} --> {ids[end]}" for start, end in edges(graph)),
    ]
    return "\n".join(lines) + "\n"


def _label(*lines: str) -> str:
    """Return the lines as one label. Characters that have a meaning in Mermaid become entities."""
    return '"' + "<br/>".join(one_line(line).translate(_ENTITIES) for line in lines) + '"'
