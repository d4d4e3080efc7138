"""The tasks that a model is trained for, one file for each kind of task."""

from ....compiler.analysis.head import head_of
from ....compiler.model.graph import Graph
from ....compiler.schema.task_kind import TaskKind
from ....compiler.sections import Data, Train
from .classification import Classification
from .segmentation import Segmentation
from .task import Floats, Task

__all__ = ["Classification", "Floats", "Segmentation", "Task", "task_of"]


def task_of(graph: Graph, data: Data, train: Train) -> Task:
    """Return the task of a model, from its graph and the sections `data` and `train`."""
    head = head_of(graph)
    if data.task is TaskKind.SEGMENTATION:
        scored = data.scored_classes
        return Segmentation(len(data.class_names), data.background, scored, head.units, head.activation, train.loss)
    return Classification(len(data.classes), head.units, head.activation, train.loss)
