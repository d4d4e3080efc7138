"""The command `labc cache`."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...grammar.diagnostics.lab_error import LabError
from .output import echo, print_json
from .shared import stop, with_cache, with_runs

if TYPE_CHECKING:
    from ..data.caching.cache_folder import CacheFile


@click.command()
@with_cache
@with_runs
@click.option("--prune", type=click.FloatRange(min=0), metavar="DAYS",
              help="Remove what was not used for this number of days; 0 removes everything.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the files as JSON.")
def cache(cache: Path | None, runs: Path, prune: float | None, as_json: bool) -> None:
    """Show the prepared images that are kept for later runs, or remove them.

    labc decodes images again when a run needs them, so removing them is always safe.
    """
    from ..training.backend import check_modules

    try:
        check_modules("labc cache")
    except LabError as error:
        stop(error.diagnostics, as_json)
    from ..data.caching.cache_folder import list_cache, prune_cache
    from ..studies.options import default_cache

    folder = cache or default_cache(runs)
    try:
        files = list_cache(folder) if prune is None else prune_cache(folder, prune)
    except OSError as error:
        raise click.ClickException(f"cannot use the cache `{folder}`: {error.strerror or error}") from None
    if as_json:
        print_json([_as_data(file) for file in files])
        return
    for line in _lines(files):
        echo(line)
    total = sum(file.bytes for file in files)
    count = "1 file" if len(files) == 1 else f"{len(files):,} files"
    echo(f"{'removed ' if prune is not None else ''}{count}, {_megabytes(total)}, in {folder}")


def _lines(files: Iterable["CacheFile"]) -> Iterable[str]:
    for file in files:
        used = "today" if file.days < 1 else f"{file.days:.0f} days ago"
        about = file.description
        what = f"{about.shape[0]:,} images {'x'.join(map(str, about.shape[1:]))}" if about else "damaged"
        yield f"{_megabytes(file.bytes):>10}  {used:<12}  {what:<24}  {about.source if about else file.path.name}"


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"


def _as_data(file: "CacheFile") -> dict[str, object]:
    about = file.description
    shape, source = (list(about.shape), about.source) if about else (None, None)
    days = round(file.days, 3)
    return {"file": str(file.path), "bytes": file.bytes, "days_unused": days, "shape": shape, "source": source}
