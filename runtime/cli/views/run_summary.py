"""The summary that `labc run` prints at its end: findings, claims, times, and the folder."""

from typing import Any

from ...report.collect_findings import collect_findings
from ...report.prose import describe_findings
from ...report.statement import Statement
from ...runs.file_names import escape_name
from ...runs.record import RunRecord
from ...runs.run_metrics import ClaimResult
from ...studies.run_result import Run
from ..output import echo, print_path

COPIED = ("status", "experiment", "fingerprint", "quick", "seed", "device", "seconds")


def summarize(run: Run) -> dict[str, Any]:
    """Return the summary as data: the folder, facts about the run, its metrics, and the findings as sentences.

    Raises:
        LabError: if a file in the folder is missing, broken, or written by a newer version of labc.
    """
    info = run.info
    return {
        "folder": escape_name(str(run.folder)),
        "trained": run.trained,
        "restored": list(run.restored),
        **{key: info[key] for key in COPIED},
        "metrics": run.metrics,
        "learned": [
            {"question": one.question, "short": one.short, "answer": one.answer} for one in _statements(run.record)
        ],
    }


def print_summary(run: Run) -> None:
    """Print the summary. The last line is the path of the folder.

    Raises:
        LabError: if a file in the folder is missing, broken, or written by a newer version of labc.
    """
    record = run.record
    info = record.info
    if not run.trained:
        echo(f"already trained on {info.created[:10]}; use `--again` to train again")
    if run.restored:
        echo(f"made again, because missing or damaged: {', '.join(run.restored)}")
    statements = _statements(record)
    width = max(len(one.question) for one in statements)
    for one in statements:
        echo(f"{one.question:<{width}}  {one.short or one.answer}")
    for claim in record.metrics.claims:
        echo(claim_line(claim))
    if run.trained:
        phases = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in info.seconds.items())
        echo(f"{info.backend} on {info.device.kind} ({info.device.name}): {phases}")
    echo(f"report: {run.folder / 'report.html'}")
    print_path(run.folder)


def _statements(record: RunRecord) -> tuple[Statement, ...]:
    return describe_findings(collect_findings(record))


def claim_line(claim: ClaimResult) -> str:
    """Return a claim and whether it holds, with its measured values."""
    verdict = "holds" if claim.holds else "does not hold"
    figures = ", ".join(f"{name} = {_figure(value)}" for name, value in claim.figures.items())
    return f"claim: {claim.claim}: {verdict}" + (f" ({figures})" if figures else "")


def _figure(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3g}"
