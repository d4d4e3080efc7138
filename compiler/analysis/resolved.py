"""The values, settings and model of a file, which may still contain mistakes."""

from dataclasses import dataclass

from ..expressions.scope import Scope
from ..model.graph import Graph
from ..sections import Data, Train


@dataclass(frozen=True)
class Resolved:
    """The values, settings and model of a file. A section is None if it is missing or could not be read."""

    lets: Scope
    data: Data | None
    train: Train | None
    graph: Graph | None
