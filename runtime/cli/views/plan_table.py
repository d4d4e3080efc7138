"""The plan of an experiment as a table in the terminal."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from ....compiler.experiment import Experiment
from ....compiler.layers.shapes import size, text
from ....compiler.plan import BYTES, estimate_memory, other_file
from ....compiler.study import Study

SHOWN = 20  # trainings listed


def print_plan(study: Study) -> None:
    """Print the layers with output shape, parameters, multiply-adds, memory and line; the totals; the trainings."""
    console = Console(highlight=False)
    experiment = study.base
    console.print(_layers(experiment))
    graph, needs = experiment.graph, estimate_memory(experiment)
    macs = sum(node.macs or 0 for node in graph.nodes)
    console.print(f"\n{graph.parameters:,} parameters: {graph.trainable:,} trainable, {graph.frozen:,} frozen")
    console.print(f"{macs:,} multiply-adds and {_mib(needs.activations)} of layer outputs for one image")
    unknown = ", ".join(node.name for node in graph.nodes if node.macs is None)
    if unknown:
        console.print(f"the multiply-adds of {unknown} are not known, and not in the sum")
    if experiment.train and needs.training:
        batch = experiment.train.batch
        console.print(f"about {_mib(needs.training)} to train with batches of {batch}, the framework's own needs apart")
    for line in _trainings(study):
        console.print(line)


def _layers(experiment: Experiment) -> Table:
    table = Table(title=experiment.title, title_justify="left", box=None, pad_edge=False)
    table.add_column("layer")
    for name in ("output", "parameters", "multiply-adds", "KiB", "line"):
        table.add_column(name, justify="right", style="dim" if name == "line" else None)
    graph = experiment.graph
    table.add_row("input", text(graph.input), "", "", _kib(size(graph.input)), "")
    for node in graph.nodes:
        macs = "?" if node.macs is None else f"{node.macs:,}" if node.macs else ""
        weights = f"{node.parameters:,}" if node.parameters else ""
        file = other_file(node, experiment)
        line = f"{Path(file).name}:{node.span.line}" if file else str(node.span.line)
        table.add_row(node.name, text(node.output), weights, macs, _kib(node.activation_count), line)
    return table


def _trainings(study: Study) -> list[str]:
    """The trainings that a run would start; empty if there is only one."""
    if study.trainings == 1:
        return []
    if study.search:
        return [f"\na search of {study.trainings} trainings{_each(study)}"]
    sizes = {experiment.label: experiment.graph.parameters for experiment in study}
    width = max(map(len, sizes))
    lines = [f"  {label:<{width}}  {size:,} parameters" for label, size in sizes.items() if label]
    more = [f"  and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return [f"\n{study.trainings} trainings{_each(study)}{':' if lines else ''}", *lines[:SHOWN], *more]


def _each(study: Study) -> str:
    """The seeds and folds of each point, if there is more than one."""
    factors = {"seeds": study.repeats, "folds": study.folds}
    each = " and ".join(f"{count} {word}" for word, count in factors.items() if count > 1)
    return f", each point with {each}" if each else ""


def _kib(values: int) -> str:
    return f"{values * BYTES / 1024:,.1f}"


def _mib(count: int | None) -> str:
    return f"{(count or 0) / 2**20:,.1f} MiB"
