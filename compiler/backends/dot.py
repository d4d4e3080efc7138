"""A model as a diagram for Graphviz."""

from ..layers.shapes import text
from ..model.graph import INPUT
from ..study import Study
from .tensor_names import IMAGE, edges, one_line


def to_dot(study: Study) -> str:
    """Return a digraph of the layers with their output shapes: `labc emit dot FILE | dot -Tsvg > model.svg`."""
    graph = study.base.graph
    names = {INPUT: IMAGE} | {index: node.name for index, node in enumerate(graph.nodes)}
    shapes = {INPUT: graph.input} | {index: node.output for index, node in enumerate(graph.nodes)}
    title = _quoted(one_line(study.title))
    lines = [
        f"digraph {title} {{",
        f'  graph [label={title}, labelloc=t, fontname="Helvetica"];',
        '  node [shape=box, style=rounded, fontname="Helvetica"];',
        *(f"  {_quoted(name)} [label={_quoted(name, text(shapes[index]))}];" for index, name in names.items()),
        *(f"  {_quoted(names[start])} -> {_quoted(names[end])};" for start, end in edges(graph)),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _quoted(*lines: str) -> str:
    r"""Return the lines as one string of the DOT language, where `\n` is a line break."""
    return '"' + "\\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in lines) + '"'
