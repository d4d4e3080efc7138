"""A study: all experiments of a checked file."""

from collections.abc import Iterator
from pathlib import Path

from ..grammar.source import Span
from ..grammar.syntax import File
from ..grammar.value_class import value_class
from .comparison.search_space import SearchSpace
from .experiment import Experiment

SHOWN = 20  # experiments that `repr` lists


@value_class
class Study:
    """The experiments of a file, in order: one for each point of its comparison, or one if it compares nothing.

    A search draws its values while it runs. Its study has the experiments before the search replaces any value.
    """

    path: Path
    title: str
    file: File
    """The syntax tree of the whole file, with the declarations of `extends` and `use`, and with overrides applied."""
    base: Experiment
    """The experiment of the file without its comparison. `labc plan` shows its layers."""
    experiments: tuple[Experiment, ...]
    varied: tuple[str, ...]
    """The names of the `let`s and settings that differ between the experiments."""
    repeats: int
    """The number of training runs of each experiment, each with another seed."""
    search: SearchSpace | None
    place: Span | None
    """The location of the comparison in the file, None if it compares nothing."""

    @classmethod
    def of(cls, experiment: Experiment) -> "Study":
        """Return a study with one experiment."""
        single = (experiment,)
        return cls(experiment.path, experiment.title, experiment.file, experiment, single, (), 1, None, None)

    @property
    def folds(self) -> int:
        """The number of folds of cross-validation; 1 without cross-validation."""
        return (self.base.data.folds if self.base.data else None) or 1

    @property
    def trainings(self) -> int:
        """The total number of training runs."""
        points = self.search.settings.trials if self.search else len(self.experiments) * self.repeats
        return points * self.folds

    @property
    def experiment(self) -> Experiment:
        """The experiment of a study that has only one.

        Raises:
            ValueError: if the study has several experiments; the message names them.
        """
        if len(self.experiments) == 1:
            return self.experiments[0]
        labels = ", ".join(f'"{one.label}"' for one in self.experiments[:SHOWN])
        more = f" and {len(self) - SHOWN} more" if len(self) > SHOWN else ""
        message = f"{self.path.name} has {len(self)} experiments: {labels}{more}"
        raise ValueError(f"{message}; choose one by its index or label, for example study[0]")

    def __len__(self) -> int:
        return len(self.experiments)

    def __iter__(self) -> Iterator[Experiment]:
        return iter(self.experiments)

    def __getitem__(self, key: int | str) -> Experiment:
        """Return an experiment by its index, from 0, or by its label.

        Raises:
            IndexError: if there is no experiment with this index.
            KeyError: if there is no experiment with this label.
        """
        if isinstance(key, int):
            return self.experiments[key]
        for experiment in self.experiments:
            if experiment.label == key:
                return experiment
        raise KeyError(f"no experiment has the label {key!r}; the labels are {[one.label for one in self.experiments]}")

    def __repr__(self) -> str:
        lines = [self._headline(), *(f"  {label}  {size} parameters" for label, size in self._rows()[:SHOWN])]
        more = [f"  and {len(self) - SHOWN} more"] if len(self) > SHOWN else []
        return "\n".join([*lines, *more])

    def _repr_html_(self) -> str:
        """Return a table of the experiments for notebooks."""
        from html import escape  # imported here: a check does not need it

        rows = [f"<tr><td>{escape(label)}</td><td>{size}</td></tr>" for label, size in self._rows()[:SHOWN]]
        more = [f"<tr><td>and {len(self) - SHOWN} more</td><td></td></tr>"] if len(self) > SHOWN else []
        head = "<tr><th>experiment</th><th>parameters</th></tr>"
        return f"<table><caption>{escape(self._headline())}</caption>{head}{''.join([*rows, *more])}</table>"

    def _headline(self) -> str:
        experiments = "1 experiment" if len(self) == 1 else f"{len(self)} experiments"
        trainings = "1 training" if self.trainings == 1 else f"{self.trainings} trainings"
        varied = f", varied: {', '.join(self.varied)}" if self.varied else ""
        return f"<Study {self.title!r} ({self.path.name}): {experiments}, {trainings}{varied}>"

    def _rows(self) -> list[tuple[str, str]]:
        return [(one.label or one.title, f"{one.graph.parameters:,}") for one in self.experiments]
