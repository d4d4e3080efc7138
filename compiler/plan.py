"""The plan of an experiment: its layers with shapes, weights and cost, the memory it needs, its trainings."""

from typing import Any

from .experiment import Experiment
from .layers.shapes import size
from .model.graph import Node
from .study import Study

BYTES = 4  # of a float32 number


def plan(study: Study) -> dict[str, Any]:
    """The plan as data, ready for JSON. Shapes leave out the batch; memory is in bytes.

    `multiply_adds` is None for a layer where it is not known; the sum leaves these layers out.
    """
    experiment, graph = study.base, study.base.graph
    return {
        "experiment": experiment.title,
        "input": list(graph.input),
        "output": list(graph.output),
        "parameters": {"total": graph.parameters, "trainable": graph.trainable, "frozen": graph.frozen},
        "layers": [_layer(node, experiment) for node in graph.nodes],
        "multiply_adds": sum(node.macs or 0 for node in graph.nodes),
        "memory": memory(experiment),
        "trainings": [
            {
                "label": point.label,
                "parameters": point.graph.parameters,
                "repeats": study.repeats,
                "folds": study.folds,
            }
            for point in study
        ],
        **_search(study),
    }


def _search(study: Study) -> dict[str, Any]:
    """How many trials a search draws at each of the points, and what it looks for; nothing without a search."""
    if study.search is None:
        return {}
    search = study.search.settings
    return {"search": {"trials": search.trials, "goal": f"{search.goal.word()}({search.goal.figure})"}}


def memory(experiment: Experiment) -> dict[str, int | None]:
    """Bytes for the weights, for the outputs of all layers for one sample, and, estimated, for training.

    Training keeps the weights, a gradient for each trained one, and what the optimizer keeps; and for each sample of
    the batch every layer's output with its gradient. What the framework needs besides is not in it.
    """
    graph, train = experiment.graph, experiment.train
    outputs = size(graph.input) + sum(node.activation_count for node in graph.nodes)
    training = None
    if train:
        weights = graph.parameters + graph.trainable * (1 + train.optimizer.slot_variables)
        training = BYTES * (weights + train.batch * 2 * outputs)
    return {"weights": BYTES * graph.parameters, "activations": BYTES * outputs, "training": training}


def other_file(node: Node, experiment: Experiment) -> str | None:
    """The file that a layer stands in, where that is not the experiment's own."""
    source = node.span.source
    return None if source is experiment.file.source else source.name


def _layer(node: Node, experiment: Experiment) -> dict[str, Any]:
    file = other_file(node, experiment)
    return {
        "name": node.name,
        "kind": node.layer.word(),
        "output": list(node.output),
        "parameters": node.parameters,
        "multiply_adds": node.macs,
        "line": node.span.line,
        "column": node.span.column,
        **({"file": file} if file else {}),
    }
