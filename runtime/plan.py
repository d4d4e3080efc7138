"""The plan of an experiment as a table in the terminal."""

from rich.console import Console
from rich.table import Table

from ..compiler.experiment import Experiment
from ..compiler.shapes import text


def print_plan(experiment: Experiment) -> None:
    """Print the layers with output shape, parameters and source line, and the totals."""
    graph = experiment.graph
    table = Table(title=experiment.title, title_justify="left", box=None, pad_edge=False)
    table.add_column("layer")
    table.add_column("output", justify="right")
    table.add_column("parameters", justify="right")
    table.add_column("line", justify="right", style="dim")
    table.add_row("input", text(graph.input), "", "")
    for node in graph.nodes:
        table.add_row(node.name, text(node.output), f"{node.parameters:,}", str(node.span.line))
    console = Console()
    console.print(table)
    console.print(
        f"\n{graph.parameters:,} parameters: {graph.trainable:,} trainable, {graph.frozen:,} frozen",
        highlight=False,
    )
