"""Prints the plan of an experiment in the terminal."""

from pathlib import Path

from rich.table import Table

from ....compiler.experiment import Experiment
from ....compiler.layers.shapes import size, text
from ....compiler.plan import BYTES, estimate_memory, other_file
from ....compiler.sections import Phantom
from ....compiler.study import Study
from ....grammar.terminal_text import display_width, printable
from .console import PlainConsole

SHOWN = 20  # the number of experiments that are listed


def print_plan(study: Study) -> None:
    """Print the plan of a study.

    The plan is a table of the layers (output shape, parameters, multiply-adds, memory, line), their totals, and the
    training runs.
    """
    console = PlainConsole()
    experiment = study.base
    console.print(_layers(experiment))
    graph, needs = experiment.graph, estimate_memory(experiment)
    macs = sum(node.macs or 0 for node in graph.nodes)
    console.print()
    console.print(f"{graph.parameters:,} parameters: {graph.trainable:,} trainable, {graph.frozen:,} frozen")
    console.print(f"{macs:,} multiply-adds and {_mib(needs.activations)} of layer outputs for one image")
    unknown = ", ".join(node.name for node in graph.nodes if node.macs is None)
    if unknown:
        console.print(f"the number of multiply-adds does not include {unknown}, for which it is unknown")
    if experiment.train and needs.training:
        batch = experiment.train.batch
        memory = _mib(needs.training)
        console.print(f"about {memory} to train with batches of {batch}, without the memory of the framework itself")
    lines = [*_balance(experiment), *_trainings(study)]
    if lines:
        console.print()
    for line in lines:
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
    """Return lines that describe the training runs of a study; an empty list if there is only one training run."""
    if study.trainings == 1:
        return []
    if study.trainings == study.folds:
        return [f"{study.folds} training runs, one for each fold"]
    if study.search:
        return [f"a search with {study.trainings} training runs{_each(study)}"]
    sizes = {printable(experiment.label): experiment.graph.parameters for experiment in study}
    width = max(map(display_width, sizes))
    padded = {label: label + " " * (width - display_width(label)) for label in sizes if label}
    lines = [f"  {text}  {sizes[label]:,} parameters" for label, text in padded.items()]
    more = [f"  and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return [f"{study.trainings} training runs{_each(study)}{':' if lines else ''}", *lines[:SHOWN], *more]


def _balance(experiment: Experiment) -> list[str]:
    """Return a line about the weights of the classes. Those of a phantom are known before its images are drawn."""
    data = experiment.data
    if data is None or data.balance != "class_weight":
        return []
    drawn = data.source if isinstance(data.source, Phantom) else None
    if drawn is None or not data.split.stratify:
        return ["`labc data` shows the weight of each class in the training loss (class_weight)"]
    # The classes are drawn in turn, and each part has the same proportions, up to rounding.
    counts = [len(range(number, drawn.images, len(drawn.classes))) for number in range(len(drawn.classes))]
    weights = {name: drawn.images / (len(counts) * count) for name, count in zip(drawn.classes, counts, strict=True)}
    listed = ", ".join(f"{printable(name)} {weights[name]:.3g}" for name in data.class_names)
    return [f"weight of an image in the training loss (class_weight), about: {listed}"]


def _each(study: Study) -> str:
    """Return the numbers of seeds and folds of each experiment; an empty string if both are 1."""
    factors = {"seeds": study.repeats, "folds": study.folds}
    each = " and ".join(f"{count} {word}" for word, count in factors.items() if count > 1)
    return f", each experiment with {each}" if each else ""


def _kib(values: int) -> str:
    return f"{values * BYTES / 1024:,.1f}"


def _mib(count: int | None) -> str:
    return f"{(count or 0) / 2**20:,.1f} MiB"
