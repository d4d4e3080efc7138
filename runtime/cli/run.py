"""`labc run`."""

from pathlib import Path
from typing import Any

import click

from ...compiler.frameworks import FRAMEWORKS
from ...grammar.diagnostics.lab_error import LabError
from ..training import DEVICES
from .shared import FILE, load, print_json, stop, with_overrides


@click.command()
@click.argument("file", type=FILE)
@with_overrides
@click.option("--runs", type=click.Path(file_okay=False, path_type=Path), default="runs", show_default=True,
              metavar="DIR", help="Where run folders go.")  # fmt: skip
@click.option("--again", is_flag=True, help="Train even if this has been trained; the old run stays.")
@click.option("--quick", is_flag=True, help="A few images, one epoch: does everything work?")
@click.option("--backend", type=click.Choice(FRAMEWORKS), default=FRAMEWORKS[0], show_default=True,
              help="Keras's backend.")  # fmt: skip
@click.option("--device", type=click.Choice(DEVICES), default="auto", show_default=True,
              help="auto takes a GPU where there is one; gpu fails where there is none.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the summary as data.")
def run(file: Path, overrides: dict[str, str], as_json: bool, **options: Any) -> None:
    """Check, train, evaluate, write the report; the last line is the run's folder."""
    study = load(file, overrides, as_json)
    from ..studies.options import Options
    from ..training.backend import check_backend

    try:
        check_backend(options["backend"])
    except LabError as error:
        stop(error.diagnostics, as_json)
    from ..studies.trainings import run_study
    from .views.progress import Live, Terminal

    display = Live(Terminal())
    try:
        done = run_study(study, Options(**options), display)
    except LabError as error:
        display.close()
        stop(error.diagnostics, as_json)
    finally:
        display.close()
    from .views.run_summary import as_summary, print_summary

    if as_json:
        print_json(as_summary(done))
    else:
        print_summary(done)
