"""The values, settings and model of a file, which may still contain mistakes."""

from ...grammar.value_class import value_class
from ..expressions.scope import Scope
from ..model.graph import Graph
from ..sections import Data, Train


@value_class
class Resolved:
    """The values, settings and model of a file. A section is None if it is missing or could not be read."""

    lets: Scope
    data: Data | None
    train: Train | None
    graph: Graph | None
