"""A checked experiment: everything that a run needs to know, with no framework loaded."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..grammar.formatting.file import format_file
from ..grammar.syntax import File
from .comparison.expand import Comparison
from .expectations.read_claims import Claim
from .expressions.values import Value
from .model.graph import Graph
from .sections import Data, Train


@dataclass(frozen=True)
class Experiment:
    """One experiment, checked.

    `data` and `train` are None where the file has no such section: then it can be planned and built, not run.
    """

    path: Path
    title: str
    file: File
    lets: dict[str, Value]
    data: Data | None
    train: Train | None
    graph: Graph
    comparison: Comparison
    sizes: tuple[int, ...]
    """The number of weights at each point of the comparison."""
    claims: tuple[Claim, ...]

    @property
    def folds(self) -> int:
        """How many trainings cross-validation makes of one."""
        return (self.data.folds if self.data else None) or 1

    @property
    def trainings(self) -> int:
        """How many trainings the experiment comes to."""
        return self.comparison.trainings * self.folds

    @property
    def name(self) -> str:
        """The file's stem, the name of the folder its runs are in."""
        return self.path.stem

    @property
    def text(self) -> str:
        """The experiment in the canonical layout, overrides applied."""
        return format_file(self.file)

    @property
    def meaning(self) -> dict[str, Any]:
        """What the experiment comes to, as plain data: two texts of the same meaning give the same.

        Names of blocks and `let`s, comments and layout leave no trace in it; defaults are filled in.
        """
        layers = [
            {
                "layer": node.layer.word(),
                "inputs": node.inputs,
                "frozen": node.frozen,
                **node.layer.model_dump(mode="json"),
            }
            for node in self.graph.nodes
        ]
        return {
            "model": {"input": list(self.graph.input), "layers": layers},
            "data": self.data.model_dump(mode="json") if self.data else None,
            "train": self.train.model_dump(mode="json") if self.train else None,
        }
