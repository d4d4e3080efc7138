"""labc: a language and a compiler for deep-learning experiments on medical images.

    study = labc.load("examples/alexnet_bn.lab", rate=0.2)
    labc.build(study).summary()
    labc.run(study).metrics["validation"]

Importing labc is quick: Keras, TensorFlow and the rest are loaded by the functions that need them.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras

    from .compiler.experiment import Experiment
    from .compiler.study import Study
    from .grammar.diagnostics.diagnostic import Diagnostic
    from .runtime.studies.trainings import Run

__all__ = ["build", "check", "load", "run"]


def load(path: str | Path, **lets: Any) -> "Study":
    """Read and check a `.lab` file: its experiments, a single one if the file compares nothing.

    `lets` replace the values of its `let`s, as `--set` does.

    Raises:
        LabError: with every mistake found, if there is any.
    """
    from .compiler.pipeline import compile_file
    from .grammar.diagnostics.lab_error import LabError

    compiled = compile_file(Path(path), _as_texts(lets))
    if compiled.study is None:
        raise LabError(compiled.diagnostics)
    return compiled.study


def check(path: str | Path, **lets: Any) -> "tuple[Diagnostic, ...]":
    """Every mistake and warning in a `.lab` file, in its order; empty if there is none. Loads no framework."""
    from .compiler.pipeline import compile_file

    return compile_file(Path(path), _as_texts(lets)).diagnostics


def build(experiment: "Experiment | Study | str | Path", **lets: Any) -> "keras.Model":
    """The Keras model of an experiment, of a study of one, or of a file: untrained, and without preprocessing.

    Input: batch x height x width x channels, as the first layer takes it (`scale = unit` means 0 to 1).

    Raises:
        LabError: if a file is given and has mistakes, if Keras is not installed, or if the weights of a backbone cannot
            be had.
        ValueError: for a study of several experiments, naming them.
    """
    from .compiler.backends.keras import build as build_model
    from .compiler.study import Study
    from .runtime.training.backend import choose_framework

    loaded = _loaded(experiment, lets)
    graph = (loaded.experiment if isinstance(loaded, Study) else loaded).graph
    choose_framework()
    return build_model(graph)


def run(
    experiment: "Experiment | Study | str | Path",
    runs: str | Path = "runs",
    *,
    quick: bool = False,
    again: bool = False,
    backend: str = "tensorflow",
    device: str = "auto",
    **lets: Any,
) -> "Run":
    """Train an experiment and leave a run folder below `runs`; what has been trained is not trained twice.

    A study of one is taken as its experiment. The other arguments are the options of `labc run`; `lets` replace values
    where a file is given.

    Raises:
        LabError: for mistakes in the file or the data, a backend or device that is not there, or a study that comes to
            several trainings, which this version does not run.
        ValueError: for a backend or a device that does not exist.
        KeyboardInterrupt: if it is interrupted; the folder then says so.
    """
    from .compiler.study import Study
    from .runtime.cli.views.progress import Display
    from .runtime.studies.options import Options
    from .runtime.training.backend import check_backend

    loaded = _loaded(experiment, lets)
    command = f"labc.run({', '.join([repr(loaded.path.name), *(f'{name}={value!r}' for name, value in lets.items())])})"
    options = Options(Path(runs), quick, again, backend, device, command)
    check_backend(backend)
    from .runtime.studies.trainings import run as run_experiment
    from .runtime.studies.trainings import run_study

    if isinstance(loaded, Study):
        return run_study(loaded, options, Display())
    return run_experiment(loaded, options, Display())


def _loaded(given: "Experiment | Study | str | Path", lets: Mapping[str, Any]) -> "Experiment | Study":
    if isinstance(given, str | Path):
        return load(given, **lets)
    if lets:
        raise TypeError("values of lets are replaced when a file is loaded: labc.load(path, name=value)")
    return given


def _as_texts(lets: Mapping[str, Any]) -> dict[str, str]:
    from .compiler.expressions.values import show

    return {name: show(value) for name, value in lets.items()}
