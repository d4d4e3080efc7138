"""Trains the folds of cross-validation one after the other. A finished fold is not trained again."""

from collections.abc import Callable
from functools import cache, partial

from ...compiler.experiment import Experiment
from ...grammar.diagnostics.lab_error import LabError
from ..data.dataset import Dataset, Pool, Selection, read_images
from ..runs.run_info import FoldInfo
from ..training.backend import Device
from .cross_validation import CrossValidation, FoldResult
from .display import Display
from .options import Options
from .phase_timer import PhaseTimer
from .run_result import Run
from .trainings import PreparedTraining, announce, prepare, select_for, start
from .writing_errors import writing_to


def run_folds(experiment: Experiment, options: Options, display: Display) -> CrossValidation:
    """Train an experiment once for each of its folds, and write a run folder and a report for each.

    The images are read once. If the training of a fold fails, the other folds are trained nevertheless.

    Raises:
        LabError: if the experiment, its images, the backend or the device cannot be used; see `trainings.run`.
    """
    timer = PhaseTimer()
    with timer.phase("data"):
        images = select_for(experiment, options)
        read = cache(partial(read_images, images, options.cache_folder, display))
        folds = _prepare(experiment, images, read, options)
    announce(images, display)
    results = [_attempt(fold, fold.find, display) for fold in folds]
    if None in results:
        device = start(options, display, timer)
        with writing_to(options.runs), timer.phase("data"):
            read()
        for position, fold in enumerate(folds):
            if results[position] is None:
                display.fold(position + 1, len(folds))
                train = partial(_train, fold, device=device, display=display, timer=timer)
                results[position] = _attempt(fold, train, display)
                timer = PhaseTimer()  # the time of the first fold has what all folds share
    return CrossValidation(experiment, tuple(result for result in results if result))


def _prepare(
    experiment: Experiment, images: Selection, read: Callable[[], Pool], options: Options
) -> list[PreparedTraining]:
    assert experiment.data and experiment.data.folds, "otherwise `trainings.run` trains the experiment"
    count = experiment.data.folds
    trainings = []
    for number in range(1, count + 1):
        selection = images.fold(number)
        load = partial(_dataset, read, selection)
        trainings.append(prepare(experiment, selection, load, options, FoldInfo(number=number, count=count)))
    return trainings


def _dataset(read: Callable[[], Pool], selection: Selection) -> Dataset:
    return read().dataset(selection)


def _train(fold: PreparedTraining, *, device: Device, display: Display, timer: PhaseTimer) -> Run:
    return fold.run(fold.origin.dataset(), device, display, timer)


def _attempt(fold: PreparedTraining, action: Callable[[], Run | None], display: Display) -> FoldResult | None:
    """Return the result of a fold, also if the action fails; None if the action returns no run."""
    assert fold.fold
    try:
        run = action()
    except LabError as error:
        display.failed(str(fold.fold), error)
        return FoldResult(fold.fold, fold.folder.path, None, error)
    return FoldResult(fold.fold, run.folder, run) if run else None
