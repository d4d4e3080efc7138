"""A checked experiment: everything that a training run needs to know. No framework is loaded."""

from pathlib import Path

from ..grammar.syntax import File
from ..grammar.value_class import value_class
from .expectations.claim import Claim
from .expressions.values import Value
from .model.graph import Graph
from .sections import Data, Train


@value_class
class Experiment:
    """One checked experiment of a study.

    `data` and `train` are None if the file has no such section. Such an experiment can be planned and built, but not
    trained.
    """

    path: Path
    title: str
    label: str
    """The values that differ from other experiments of the study, such as `base = 16`; "" if the study has only one."""
    file: File
    """The syntax tree of this experiment: with the values of its point, and without a comparison."""
    lets: dict[str, Value]
    data: Data | None
    train: Train | None
    graph: Graph
    claims: tuple[Claim, ...]

    @property
    def name(self) -> str:
        """The file name without its extension. The folder with the experiment's runs usually has the same name."""
        return self.path.stem

    @property
    def text(self) -> str:
        """The source text of this experiment in the canonical layout, with overrides applied."""
        from ..grammar.formatting.file import format_file  # imported here: a check does not need it

        return format_file(self.file)

    def text_in(self, directory: Path) -> str:
        """Return the source text for a file in another directory, with relative paths that name the same files."""
        from ..grammar.formatting.file import format_file
        from .analysis.relocate import relocate, written_paths

        return format_file(relocate(self.file, written_paths(self.data, self.graph), directory))

    def __repr__(self) -> str:
        label = f" ({self.label})" if self.label else ""
        layers = f"{len(self.graph.nodes)} layers, {self.graph.parameters:,} parameters"
        return f"<Experiment {self.title!r}{label}: {layers}>"
