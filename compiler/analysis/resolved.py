"""What the declarations of a file come to, before it is known whether anything is wrong."""

from dataclasses import dataclass

from ..expressions.scope import Scope
from ..model.graph import Graph
from ..sections import Data, Train


@dataclass(frozen=True)
class Resolved:
    """Values, settings and model; each is None where the file lacks it or it could not be read."""

    lets: Scope
    data: Data | None
    train: Train | None
    graph: Graph | None
