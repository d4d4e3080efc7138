"""labc: a language and a compiler for deep-learning experiments on medical images.

    study = labc.load("examples/alexnet_bn.lab", rate=0.2)
    labc.build(study).summary()
    labc.run(study).metrics["validation"]

Importing labc is quick: Keras and its frameworks are loaded only by the functions that need them.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras

    from .compiler.experiment import Experiment
    from .compiler.study import Study
    from .grammar.diagnostics.diagnostic import Diagnostic
    from .runtime.studies.cross_validation import CrossValidation
    from .runtime.studies.options import Options
    from .runtime.studies.run_result import Run

__all__ = ["build", "check", "cross_validate", "load", "run"]


def load(path: str | Path, **lets: Any) -> "Study":
    """Read and check a `.lab` file, and return its experiments: one if the file compares nothing.

    `lets` are new values of the file's `let`s, as with the option `--set`.

    Raises:
        LabError: if the file has mistakes; the error contains all of them.
    """
    from .compiler.pipeline import compile_file
    from .grammar.diagnostics.lab_error import LabError

    compiled = compile_file(Path(path), _as_texts(lets))
    if compiled.study is None:
        raise LabError(compiled.diagnostics)
    return compiled.study


def check(path: str | Path, **lets: Any) -> "tuple[Diagnostic, ...]":
    """Return the errors and warnings of a `.lab` file in their order; an empty tuple if there are none.

    `lets` are new values of the file's `let`s, as with the option `--set`. No framework is loaded.
    """
    from .compiler.pipeline import compile_file

    return compile_file(Path(path), _as_texts(lets)).diagnostics


def build(
    experiment: "Experiment | Study | str | Path",
    *,
    bare: bool = False,
    statistics: tuple[Iterable[float], Iterable[float]] | None = None,
    **lets: Any,
) -> "keras.Model":
    """Return the untrained Keras model of an experiment, of a study with one experiment, or of a file.

    With a `data` section, the first layer of the model scales pixels as `scale` says; `bare` leaves this layer out. For
    `scale = standard`, `statistics` are the means and the standard deviations of the channels of the training images,
    for pixels from 0 to 255. Without `statistics` the pixels are not scaled, and there is a warning.

    Input: batch x height x width x channels; with `data`, pixels from 0 to 255, or if `bare`, the scaled values.

    Raises:
        LabError: if a file is given and has mistakes, if Keras is not installed, or if the weights of a backbone cannot
            be loaded.
        ValueError: if a study has several experiments; or if `statistics` is not one mean and one deviation above 0 for
            each channel.
        TypeError: if `lets` are given without a file.
    """
    import warnings

    from .compiler.backends.keras import build_experiment
    from .compiler.backends.scaling import ChannelStatistics, needs_statistics
    from .compiler.study import Study
    from .runtime.training.backend import choose_framework

    loaded = _loaded(experiment, lets)
    single = loaded.experiment if isinstance(loaded, Study) else loaded
    if needs_statistics(single.data) and statistics is None and not bare:
        message = "`scale = standard` needs `statistics` of the training images: without them, pixels are not scaled"
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
    cache: str | Path | None = None,
    **lets: Any,
) -> "Run":
    """Train an experiment, a study with one experiment, or a file, and write a run folder below `runs`.

    An experiment that is already trained is not trained again, unless `again` is true. The other arguments are the
    options of `labc run`. If a file is given, `lets` are new values of its `let`s. A warning about the images is a
    Python warning.

    Raises:
        LabError: if the file or the data has mistakes, if the backend or the device is not available, if the training
            diverges, or if the study compares experiments, which this version cannot do.
        ValueError: if the experiment has folds; if labc knows no backend or device with the given name.
        KeyboardInterrupt: if the training is interrupted; the run folder then records this.
        TypeError: if `lets` are given without a file.
    """
    loaded, options = _to_train(experiment, lets, "run", Path(runs), quick, again, backend, device, cache)
    if loaded.data and loaded.data.folds:
        raise ValueError(f"{loaded.path.name} has {loaded.data.folds} folds: use labc.cross_validate")
    from .runtime.studies.display import PythonWarnings
    from .runtime.studies.trainings import run as run_experiment

    return run_experiment(loaded, options, PythonWarnings())


def cross_validate(
    experiment: "Experiment | Study | str | Path",
    runs: str | Path = "runs",
    *,
    quick: bool = False,
    again: bool = False,
    backend: str = "tensorflow",
    device: str = "auto",
    cache: str | Path | None = None,
    **lets: Any,
) -> "CrossValidation":
    """Train an experiment with `folds`, once for each fold, and write a run folder for each below `runs`.

    A fold that is already trained is not trained again, unless `again` is true. If the training of a fold fails, the
    others go on; the failure is a Python warning, and is in the result. The arguments are those of `run`.

    Raises:
        LabError: if no fold can be trained, for the reasons that are listed at `run`.
        ValueError: if the experiment has no folds; if labc knows no backend or device with the given name.
        KeyboardInterrupt: if a training is interrupted; the folds that are trained are found by the next call.
        TypeError: if `lets` are given without a file.
    """
    loaded, options = _to_train(experiment, lets, "cross_validate", Path(runs), quick, again, backend, device, cache)
    if loaded.data and not loaded.data.folds:
        raise ValueError(f"{loaded.path.name} has no folds: use labc.run, or write `folds = 5` in `data`")
    from .runtime.studies.display import PythonWarnings
    from .runtime.studies.run_folds import run_folds

    return run_folds(loaded, options, PythonWarnings())


def _to_train(
    given: "Experiment | Study | str | Path",
    lets: Mapping[str, Any],
    function: str,
    runs: Path,
    quick: bool,
    again: bool,
    backend: str,
    device: str,
    cache: str | Path | None,
) -> "tuple[Experiment, Options]":
    """Return the only experiment and the options of a run. The other errors of `run` are raised here."""
    from .compiler.study import Study
    from .runtime.studies.options import Options
    from .runtime.training.backend import check_backend

    loaded = _loaded(given, lets)
    name = loaded.path.name
    command = f"labc.{function}({', '.join([repr(name), *(f'{name}={value!r}' for name, value in lets.items())])})"
    options = Options(runs, quick, again, backend, device, Path(cache) if cache else None, command)
    check_backend(backend)
    from .runtime.studies.run_study import single_experiment

    return single_experiment(loaded) if isinstance(loaded, Study) else loaded, options


def _loaded(given: "Experiment | Study | str | Path", lets: Mapping[str, Any]) -> "Experiment | Study":
    if isinstance(given, str | Path):
        return load(given, **lets)
    if lets:
        raise TypeError("cannot change lets of a loaded experiment: use labc.load(path, name=value)")
    return given


def _as_texts(lets: Mapping[str, Any]) -> dict[str, str]:
    from .compiler.expressions.values import show

    return {name: show(value) for name, value in lets.items()}
