"""labc: a language and a compiler for deep-learning experiments on medical images.

    study = labc.load("examples/alexnet_bn.lab", rate=0.2)
    labc.build(study).summary()
    labc.run(study).metrics["validation"]

Importing labc is quick: Keras, TensorFlow and the rest are loaded by the functions that need them.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras

    from .compiler.experiment import Experiment
    from .compiler.study import Study
    from .grammar.diagnostics.diagnostic import Diagnostic
    from .runtime.studies.run_result import Run

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


def build(
    experiment: "Experiment | Study | str | Path",
    *,
    bare: bool = False,
    statistics: tuple[Iterable[float], Iterable[float]] | None = None,
    **lets: Any,
) -> "keras.Model":
    """The Keras model of an experiment, of a study of one, or of a file: the one that is trained, before training.

    With a `data` section its first layer scales pixels as `scale` says; `bare` leaves this layer out. For
    `scale = standard`, `statistics` are the means and the standard deviations of the channels over the training
    images, pixels from 0 to 255; without them the pixels stay as they are, and there is a warning.

    Input: batch x height x width x channels; with `data`, pixels from 0 to 255, or if `bare`, the scaled values.

    Raises:
        LabError: if a file is given and has mistakes, if Keras is not installed, or if the weights of a backbone cannot
            be loaded.
        ValueError: for a study of several experiments, naming them; or if the statistics are not one mean and one
            deviation above 0 for each channel.
    """
    import warnings

    from .compiler.backends.keras import build_experiment
    from .compiler.backends.scaling import ChannelStatistics, needs_statistics
    from .compiler.study import Study
    from .runtime.training.backend import choose_framework

    loaded = _loaded(experiment, lets)
    single = loaded.experiment if isinstance(loaded, Study) else loaded
    if needs_statistics(single.data) and statistics is None and not bare:
        message = "`scale = standard` needs the statistics of the training images: without them pixels are not scaled"
        warnings.warn(message, stacklevel=2)
    given = ChannelStatistics.of(*statistics) if statistics is not None else None
    choose_framework()
    return build_experiment(single, given, bare)


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
    from .runtime.studies.display import Display
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
