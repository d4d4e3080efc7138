"""The one way in: a finished run folder gets its curves and its page."""

from pathlib import Path

from ..runs.run_record import read_record
from .curves import as_png, as_svg, curves
from .examples import Images
from .findings import learn
from .page import render_page


def write_report(folder: Path, images: Images) -> None:
    """Write `curves.png`, `curves.svg` and `report.html` into a finished run's folder.

    Input: `images`, arrays (height, width, channel) of bytes with 1 or 3 channels, by the name under which
    `predictions.csv` lists them; those that are absent are not shown.
    Raises what `read_record` raises where the folder is not a finished run's.
    """
    record = read_record(folder)
    learned = learn(record)
    figure = curves(record, learned)
    _replace(folder / "curves.png", as_png(figure))
    _replace(folder / "curves.svg", as_svg(figure).encode())
    _replace(folder / "report.html", render_page(record, learned, images).encode())


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: whoever reads it meanwhile sees the old one."""
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(content)
    temporary.replace(path)
