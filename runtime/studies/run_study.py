"""Runs the experiment of a study: one training, or one for each fold of cross-validation."""

from ...compiler.experiment import Experiment
from ...compiler.study import Study
from ...grammar.diagnostics.lab_error import LabError
from .cross_validation import CrossValidation
from .display import Display
from .options import Options
from .run_folds import run_folds
from .run_result import Run
from .supported import check_single, check_trainable
from .trainings import run


def run_study(study: Study, options: Options, display: Display) -> Run | CrossValidation:
    """Run the experiment of a study that has only one.

    Raises:
        LabError: if the study has several experiments, or for the reasons that are listed at `trainings.run`.
    """
    experiment = single_experiment(study)
    return run_folds(experiment, options, display) if study.folds > 1 else run(experiment, options, display)


def single_experiment(study: Study) -> Experiment:
    """Return the experiment of a study that has only one, and that can be trained.

    Raises:
        LabError: if the study has several experiments or training seeds, or if its experiment cannot be trained.
    """
    refused = [*check_trainable(study.base), *check_single(study)]
    if refused:
        raise LabError(refused)
    return study.experiment
