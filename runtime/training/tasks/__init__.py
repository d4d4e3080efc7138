"""The tasks that a model is trained for, one file for each kind of task."""

from ....compiler.analysis.head import head_of
from ....compiler.model.graph import Graph
from ....compiler.schema.task_kind import TaskKind
from ....compiler.sections import Data, Train
from .classification import Classification
from .multi_label import MultiLabel
from .number_regression import Regression
from .segmentation import Segmentation
from .task import Floats, Task

__all__ = ["Classification", "Floats", "MultiLabel", "Regression", "Segmentation", "Task", "task_of"]


def task_of(graph: Graph, data: Data, train: Train) -> Task:
    """Return the task of a model, from its graph and the sections `data` and `train`."""
    head = head_of(graph)
    match data.task:
        case TaskKind.CLASSIFICATION:
            return Classification(len(data.classes), head.units, head.activation, train.loss)
        case TaskKind.MULTI_LABEL:
            return MultiLabel(head.units, head.activation, train.loss)
        case TaskKind.REGRESSION:
            return Regression(train.loss)
        case TaskKind.SEGMENTATION:
            classes, scored = len(data.class_names), data.scored_classes
            return Segmentation(classes, data.background, scored, head.units, head.activation, train.loss)
