"""The plan of a study: its layers with output shapes and numbers of weights, its memory, and its training runs."""

from .comparison.search_space import SearchSpace
from .experiment import Experiment
from .json_document import JsonDocument, JsonObject
from .layers.shapes import size
from .model.graph import Node
from .study import Study

BYTES = 4  # of a float32 number


class PlanParameters(JsonObject):
    """The number of weights of the model."""

    total: int
    trainable: int
    frozen: int


class PlanLayer(JsonObject):
    """One layer. `output` is the shape without the batch axis. `line` and `column` start at 1."""

    name: str
    kind: str
    output: tuple[int, ...]
    parameters: int
    multiply_adds: int | None
    """The number of multiply-accumulate operations for one sample; None if it is not known."""
    line: int
    column: int
    file: str | None = None
    """The file that contains the layer; None for the experiment's own file."""


class PlanMemory(JsonObject):
    """Memory in bytes: the weights, the outputs of all layers for one sample, and an estimate for training."""

    weights: int
    activations: int
    training: int | None
    """None without a `train` section."""


class PlanTraining(JsonObject):
    """One experiment of a comparison. Its number of training runs is `repeats` times `folds`."""

    label: str
    parameters: int
    repeats: int
    folds: int


class PlanSearch(JsonObject):
    """A search: the number of its trials, and its goal, for example `max(val_auc)`."""

    trials: int
    goal: str


class Plan(JsonDocument):
    """The contents of `plan.json` and of `labc plan --json`. Shapes have no batch axis."""

    experiment: str
    """The title of the experiment."""
    input: tuple[int, ...]
    output: tuple[int, ...]
    parameters: PlanParameters
    layers: tuple[PlanLayer, ...]
    multiply_adds: int
    """The sum over the layers for which it is known."""
    memory: PlanMemory
    trainings: tuple[PlanTraining, ...]
    search: PlanSearch | None = None


def make_plan(study: Study) -> Plan:
    """Return the plan of a checked study: the layers of its base experiment, and its training runs."""
    experiment, graph = study.base, study.base.graph
    trainings = (
        PlanTraining(label=one.label, parameters=one.graph.parameters, repeats=study.repeats, folds=study.folds)
        for one in study
    )
    return Plan(
        experiment=experiment.title,
        input=graph.input,
        output=graph.output,
        parameters=PlanParameters(total=graph.parameters, trainable=graph.trainable, frozen=graph.frozen),
        layers=tuple(_layer(node, experiment) for node in graph.nodes),
        multiply_adds=sum(node.macs or 0 for node in graph.nodes),
        memory=estimate_memory(experiment),
        trainings=tuple(trainings),
        search=_search(study.search),
    )


def _search(search: SearchSpace | None) -> PlanSearch | None:
    if search is None:
        return None
    settings = search.settings
    return PlanSearch(trials=settings.trials, goal=f"{settings.goal.word()}({settings.goal.figure})")


def _layer(node: Node, experiment: Experiment) -> PlanLayer:
    return PlanLayer(
        name=node.name,
        kind=node.layer.word(),
        output=node.output,
        parameters=node.parameters,
        multiply_adds=node.macs,
        line=node.span.line,
        column=node.span.column,
        file=other_file(node, experiment),
    )


def other_file(node: Node, experiment: Experiment) -> str | None:
    """Return the name of the file that contains a layer; None for the experiment's own file."""
    source = node.span.source
    return None if source is experiment.file.source else source.name


def estimate_memory(experiment: Experiment) -> PlanMemory:
    """Return the memory of the model, and an estimate of the memory for training.

    Training needs memory for the weights, a gradient for each trainable weight, the state of the optimizer, and the
    outputs of all layers with their gradients for each sample of a batch. The framework's own memory is not included.
    """
    graph, train = experiment.graph, experiment.train
    outputs = size(graph.input) + sum(node.activation_count for node in graph.nodes)
    training = None
    if train:
        weights = graph.parameters + graph.trainable * (1 + train.optimizer.slot_variables)
        training = BYTES * (weights + train.batch * 2 * outputs)
    return PlanMemory(weights=BYTES * graph.parameters, activations=BYTES * outputs, training=training)
