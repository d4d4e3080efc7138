"""The plan of an experiment as a table in the terminal."""

from rich.console import Console
from rich.table import Table

from ..compiler.experiment import Experiment
from ..compiler.plan import BYTES, memory
from ..compiler.shapes import size, text

SHOWN = 20  # trainings listed


def print_plan(experiment: Experiment) -> None:
    """Print the layers with output shape, parameters, effort, memory and source line; the totals; the trainings."""
    console = Console(highlight=False)
    console.print(_layers(experiment))
    graph, needs = experiment.graph, memory(experiment)
    effort = sum(node.multiply_adds or 0 for node in graph.nodes)
    console.print(f"\n{graph.parameters:,} parameters: {graph.trainable:,} trainable, {graph.frozen:,} frozen")
    console.print(f"{effort:,} multiply-adds and {_mib(needs['activations'])} of layer outputs for one image")
    unknown = ", ".join(node.name for node in graph.nodes if node.multiply_adds is None)
    if unknown:
        console.print(f"the multiply-adds of {unknown} are not known, and not in the sum")
    if experiment.train and needs["training"]:
        batch = experiment.train.batch
        console.print(
            f"about {_mib(needs['training'])} to train with batches of {batch}, the framework's own needs apart"
        )
    for line in _trainings(experiment):
        console.print(line)


def _layers(experiment: Experiment) -> Table:
    table = Table(title=experiment.title, title_justify="left", box=None, pad_edge=False)
    table.add_column("layer")
    for name in ("output", "parameters", "multiply-adds", "KiB", "line"):
        table.add_column(name, justify="right", style="dim" if name == "line" else None)
    graph = experiment.graph
    table.add_row("input", text(graph.input), "", "", _kib(size(graph.input)), "")
    for node in graph.nodes:
        effort = "?" if node.multiply_adds is None else f"{node.multiply_adds:,}" if node.multiply_adds else ""
        weights = f"{node.parameters:,}" if node.parameters else ""
        table.add_row(node.name, text(node.output), weights, effort, _kib(node.values), str(node.span.line))
    return table


def _trainings(experiment: Experiment) -> list[str]:
    """The trainings that a comparison would start; nothing where there is a single one."""
    comparison = experiment.comparison
    if comparison.place is None:
        return []
    if comparison.search:
        return [f"a search of {comparison.trainings} trainings"]
    times = f", each {comparison.repeats} times" if comparison.repeats > 1 else ""
    lines = [f"\n{comparison.trainings} trainings{times}:"]
    lines += [f"  {point.label}" for point in comparison.points[:SHOWN]]
    more = len(comparison.points) - SHOWN
    return [*lines, f"  and {more} more"] if more > 0 else lines


def _kib(values: int) -> str:
    return f"{values * BYTES / 1024:,.1f}"


def _mib(count: int | None) -> str:
    return f"{(count or 0) / 2**20:,.1f} MiB"
