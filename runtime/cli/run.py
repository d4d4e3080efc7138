"""The command `labc run`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...compiler.frameworks import FRAMEWORKS
from ...grammar.diagnostics.lab_error import LabError
from ..training import DEVICES
from .output import print_json
from .shared import FILE, load, stop, with_cache, with_overrides, with_runs

if TYPE_CHECKING:
    from ..studies.cross_validation import CrossValidation
    from ..studies.run_result import Run


@click.command()
@click.argument("file", type=FILE)
@with_overrides
@with_runs
@with_cache
@click.option("--again", is_flag=True, help="Train even if a finished run exists; the old run is kept.")
@click.option("--quick", is_flag=True, help="Test all steps of a run with a few images and one epoch.")
@click.option("--backend", type=click.Choice(FRAMEWORKS), default=FRAMEWORKS[0], show_default=True,
              help="The framework that Keras uses.")  # fmt: skip
@click.option("--device", type=click.Choice(DEVICES), default="auto", show_default=True,
              help="auto uses a GPU if one is found, otherwise the CPU; gpu fails without a GPU.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def run(file: Path, overrides: dict[str, str], as_json: bool, **options: Any) -> None:
    """Check and train an experiment, evaluate it, and write the report.

    The last line of the output is the path of the run's folder. With `folds`, the last lines are the paths of the
    folders of all folds. If a fold fails, the others are trained nevertheless, and the command ends with status 1.
    """
    study = load(file, overrides, as_json)
    from ..studies.options import Options
    from ..training.backend import check_backend

    try:
        check_backend(options["backend"])
    except LabError as error:
        stop(error.diagnostics, as_json)
    from ..studies.run_study import run_study
    from .views.console import ErrorConsole
    from .views.progress import Live

    display = Live(ErrorConsole())
    try:
        try:
            done = run_study(study, Options(**options), display)
        finally:
            display.close()
        _show(done, as_json)
    except LabError as error:
        stop(error.diagnostics, as_json)


def _show(done: "Run | CrossValidation", as_json: bool) -> None:
    """Print what a run has found. If a fold has failed, exit with status 1."""
    from ..studies.cross_validation import CrossValidation
    from .views.folds_summary import print_folds, summarize_folds
    from .views.run_summary import print_summary, summarize

    if isinstance(done, CrossValidation):
        print_json(summarize_folds(done)) if as_json else print_folds(done)
        if done.failed:
            sys.exit(1)
    elif as_json:
        print_json(summarize(done))
    else:
        print_summary(done)
