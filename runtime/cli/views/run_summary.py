"""What `labc run` says at its end: the figures, what was learned, the folder."""

from typing import Any

import click

from ...report.findings import learn
from ...report.prose import in_words
from ...runs.run_record import read_record
from ...studies.trainings import Run


def as_summary(run: Run) -> dict[str, Any]:
    """The end of a run as data: its folder, what it was, its figures, and what was learned in words."""
    info = run.info
    statements = in_words(learn(read_record(run.folder)))
    return {
        "folder": str(run.folder),
        "trained": run.trained,
        **{key: info[key] for key in ("status", "experiment", "fingerprint", "quick", "seed", "device", "seconds")},
        "metrics": run.metrics,
        "learned": [{"question": one.question, "short": one.short, "answer": one.answer} for one in statements],
    }


def print_summary(run: Run) -> None:
    """Print what was learned, a line a question, then how long it took; last of all the folder."""
    info = run.info
    if not run.trained:
        click.echo(f"trained before, on {info['created'][:10]}; `--again` trains it once more")
    for statement in in_words(learn(read_record(run.folder))):
        click.echo(f"{statement.question:<52} {statement.short or statement.answer}")
    for claim in run.metrics["claims"]:
        verdict = "holds" if claim["holds"] else "does not hold"
        figures = ", ".join(f"{name} = {value:.3g}" for name, value in claim["figures"].items())
        click.echo(f"claim: {claim['claim']}: {verdict}" + (f" ({figures})" if figures else ""))
    seconds = info["seconds"]
    device = info["device"]
    if run.trained:
        phases = ", ".join(f"{name} {value:.1f} s" for name, value in seconds.items())
        click.echo(f"{info['backend']} on {device['kind']} ({device['name']}): {phases}")
    click.echo(f"report: {run.folder / 'report.html'}")
    click.echo(str(run.folder))
