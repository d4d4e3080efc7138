"""The summary that `labc run` prints after cross-validation: the figures of each fold, their mean, and the folders."""

from math import isfinite
from typing import Any

from rich.table import Table

from ....grammar.diagnostics.render import as_data
from ...report.number_format import number
from ...report.prose import quick_statement
from ...runs.file_names import escape_name
from ...runs.record import RunRecord
from ...studies.cross_validation import CrossValidation, FoldResult
from ..output import echo, print_path
from .console import PlainConsole
from .run_summary import claim_line, summarize

PARTS = ("validation", "test")

OVERLAP = (
    "The deviation is the standard deviation between folds. Two folds share most of their training images, so it is "
    "smaller than between trainings on independent images."
)


def summarize_folds(done: CrossValidation) -> dict[str, Any]:
    """Return the summary as data: the summary of each run, and the mean and the deviation of each figure.

    Raises:
        LabError: if a file in a folder is missing, broken, or written by a newer version of labc.
    """
    return {
        "experiment": done.experiment.title,
        "status": "failed" if done.failed else "finished",
        "folds": [_fold_data(result) for result in done.folds],
        "mean": _spread_data(done, "mean"),
        "deviation": _spread_data(done, "deviation"),
        "claims": [claim.model_dump(mode="json") for claim in done.claims],
    }


def _fold_data(result: FoldResult) -> dict[str, Any]:
    fold = {"fold": result.fold.number}
    if result.run:
        return {**fold, **summarize(result.run)}
    diagnostics = result.error.diagnostics if result.error else ()
    failed = {"folder": escape_name(str(result.folder)), "trained": False, "status": "failed"}
    return {**fold, **failed, "diagnostics": [as_data(one) for one in diagnostics]}


def _spread_data(done: CrossValidation, what: str) -> dict[str, dict[str, float | None]]:
    """Return the mean or the deviation of each figure of each part; None if it is undefined."""
    return {
        part: {name: _none_if_undefined(getattr(spread, what)) for name, spread in figures.items()}
        for part, figures in done.spread.items()
    }


def _none_if_undefined(value: float) -> float | None:
    return value if isfinite(value) else None


def print_folds(done: CrossValidation) -> None:
    """Print the summary. The last lines are the paths of the folders, one for each fold.

    Raises:
        LabError: if a file in a folder is missing, broken, or written by a newer version of labc.
    """
    trained = sum(run.trained for run in done.runs)
    if trained < len(done.runs):
        found = len(done.runs) - trained
        echo(f"{found} of {len(done.folds)} folds already trained; use `--again` to train again")
    console = PlainConsole()
    for part in PARTS:
        if part in done.spread:
            echo(f"{part}, with the weights of the best epoch")
            console.print(_table(done, part))
            echo("")
    if any(run.record.info.quick for run in done.runs):
        echo(f"{quick_statement().question}  {quick_statement().short}")
    elif len(done.runs) > 1:
        echo(OVERLAP)
    for claim in done.claims:
        echo(f"{claim_line(claim)}, the mean of the folds")
    if done.failed and done.experiment.claims:
        echo("claims: not decided, because a fold has no result")
    for result in done.folds:
        print_path(result.folder)


def _table(done: CrossValidation, part: str) -> Table:
    """Return the table of the figures of one part: a row for each fold, and one for the mean and the deviation."""
    figures = done.spread[part]
    table = Table(box=None, pad_edge=False)
    table.add_column("fold")
    for name in ("epoch", *figures):
        table.add_column(name, justify="right")
    for result in done.folds:
        row = _row(result.run.record, part) if result.run else ["failed", *("" for _ in figures)]
        table.add_row(str(result.fold.number), *row)
    mean = "mean" if len(done.runs) == len(done.folds) else f"mean of {len(done.runs)}"
    table.add_row(mean, "", *(_number(spread.mean) for spread in figures.values()), style="bold")
    table.add_row("deviation", "", *(_number(spread.deviation) for spread in figures.values()))
    return table


def _row(record: RunRecord, part: str) -> list[str]:
    values = record.metrics.parts[part].values()
    return [str(record.metrics.best.epoch), *("undefined" if value is None else number(value) for value in values)]


def _number(value: float) -> str:
    return number(value) if isfinite(value) else "undefined"
