"""The plan of a study: layers with shapes and parameters, memory, and the trainings that a run would start."""

from .comparison.search_space import SearchSpace
from .experiment import Experiment
from .json_document import JsonDocument, JsonObject
from .layers.shapes import size
from .model.graph import Node
from .study import Study

BYTES = 4  # of a float32 number


class PlanParameters(JsonObject):
    """Number of weights of the model."""

    total: int
    trainable: int
    frozen: int


class PlanLayer(JsonObject):
    """One layer. `output` leaves out the batch axis; line and column count from 1."""

    name: str
    kind: str
    output: tuple[int, ...]
    parameters: int
    multiply_adds: int | None
    """For one sample; None where it is not known."""
    line: int
    column: int
    file: str | None = None
    """The file that the layer is written in, if that is not the experiment's own."""


class PlanMemory(JsonObject):
    """Memory in bytes: the weights, the outputs of all layers for one sample, and an estimate for training."""

    weights: int
    activations: int
    training: int | None
    """None without a `train` section."""


class PlanTraining(JsonObject):
    """One point of a comparison: it is trained `repeats` times `folds` times."""

    label: str
    parameters: int
    repeats: int
    folds: int


class PlanSearch(JsonObject):
    """A search: how many trials it draws at each point, and the figure that it optimizes, as in `max(val_auc)`."""

    trials: int
    goal: str


class Plan(JsonDocument):
    """`plan.json`, and what `labc plan --json` prints. Shapes leave out the batch axis."""

    experiment: str
    """The title."""
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
    """The plan of a checked study: the layers of its base experiment, and its trainings."""
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
    """The file that a layer is written in, if that is not the experiment's own."""
    source = node.span.source
    return None if source is experiment.file.source else source.name


def estimate_memory(experiment: Experiment) -> PlanMemory:
    """The memory that the model takes, and an estimate of what training takes.

    Training keeps the weights, one gradient for each trainable weight, the optimizer's state, and for each sample of
    the batch the output of every layer with its gradient. What the framework itself needs is not included.
    """
    graph, train = experiment.graph, experiment.train
    outputs = size(graph.input) + sum(node.activation_count for node in graph.nodes)
    training = None
    if train:
        weights = graph.parameters + graph.trainable * (1 + train.optimizer.slot_variables)
        training = BYTES * (weights + train.batch * 2 * outputs)
    return PlanMemory(weights=BYTES * graph.parameters, activations=BYTES * outputs, training=training)
