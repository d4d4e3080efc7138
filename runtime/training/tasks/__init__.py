"""The tasks that a model is trained for, one file for each kind of task."""

from ....compiler.analysis.head import head_of
from ....compiler.model.graph import Graph
from ....compiler.sections import Data, Train
from .classification import Classification
from .task import Floats, Task

__all__ = ["Classification", "Floats", "Task", "task_of"]


def task_of(graph: Graph, data: Data, train: Train) -> Task:
    """Return the task of a model, from its graph and the sections `data` and `train`."""
    head = head_of(graph)
    return Classification(len(data.classes), head.units, head.activation, train.loss)
