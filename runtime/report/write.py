"""Writes the report of a finished run."""

from pathlib import Path

from ..runs.atomic import write_bytes, write_text
from ..runs.record import RunRecord
from .collect_findings import collect_findings
from .examples import Images
from .learning_curves import as_png, as_svg, curves
from .mask_examples import NO_MASKS, Masks
from .page import render_page


def write_report(folder: Path, record: RunRecord, images: Images, masks: Masks = NO_MASKS) -> None:
    """Write `curves.png`, `curves.svg` and `report.html` into a run's folder.

    Input: `record`, the content of the folder; `images`, bytes (height, width, channel) with 1 or 3 channels, by the
    file names of the predictions; `masks`, the true and predicted masks of a segmentation run.
    A prediction whose image is missing is not shown as an example.
    """
    findings = collect_findings(record)
    figure = curves(record, findings)
    write_bytes(folder / "curves.png", as_png(figure))
    write_text(folder / "curves.svg", as_svg(figure))
    write_text(folder / "report.html", render_page(record, findings, images, masks))
