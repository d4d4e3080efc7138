"""Renders the report of a finished run as one HTML page. The page needs no network and no other file."""

import re
from math import isfinite
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from matplotlib.figure import Figure

from ..data.class_colours import PALETTE
from ..evaluation.confusion_and_roc import auc
from ..runs.record import RunRecord
from . import learning_curves, tables
from . import number_format as figures
from .collect_findings import main_part
from .examples import Images, right_examples, wrong_examples
from .findings import Findings
from .highlight import highlight
from .mask_examples import NO_MASKS, Masks, typical_masks, worst_masks
from .mask_findings import class_overlaps
from .prose import describe_findings
from .roc import draw_roc

HERE = Path(__file__).parent

# The colours of the drawings are replaced by the colours of the page, so that they change with light and dark mode.
VARIABLES = {
    learning_curves.INK: "var(--ink)",
    learning_curves.FAINT: "var(--faint)",
    learning_curves.GRID: "var(--line)",
} | {colour: f"var(--{part})" for part, colour in learning_curves.COLOURS.items()}


def render_page(record: RunRecord, findings: Findings, images: Images, masks: Masks = NO_MASKS) -> str:
    """Return the text of `report.html`.

    Input: the record of a finished run, its findings, its images (height, width, channel) and masks by file name.
    """
    shown = main_part(record.predictions)
    return _template().render(
        record=record,
        info=record.info,
        plan=record.plan,
        findings=findings,
        statements=describe_findings(findings),
        dropout=any("dropout" in layer.kind for layer in record.plan.layers),
        claims=record.metrics.claims,
        panels=[_panel(record, findings, measure) for measure in record.measures],
        figures=tables.figures_table(record),
        matrices=tables.matrices(record),
        counts=tables.image_counts(record),
        environment=tables.environment(record),
        roc=_roc(record),
        wrong=wrong_examples(shown, images, record.classes),
        right=right_examples(shown, images, record.classes),
        **_masks(record, images, masks),
        source=highlight(record.source),
        css=Markup((HERE / "page.css").read_text(encoding="utf-8")),
    )


def _masks(record: RunRecord, images: Images, masks: Masks) -> dict[str, Any]:
    """Return the variables of `masks.html.j2`, which are empty if the task is not segmentation."""
    if record.masks is None:
        return {"mask_tables": {}, "worst_masks": [], "typical_masks": [], "mask_colours": {}}
    tables = {part: record.masks.of(part) for part in ("test", "validation")}
    shown = next((table for table in tables.values() if len(table)), record.masks)
    classes = len(record.classes)
    return {
        "mask_tables": {part: class_overlaps(table, record.classes) for part, table in tables.items() if len(table)},
        "worst_masks": worst_masks(shown, images, masks, classes),
        "typical_masks": typical_masks(shown, images, masks, classes),
        "mask_colours": {name: f"rgb{PALETTE[number % len(PALETTE)]}" for number, name in enumerate(record.classes)},
    }


def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,  # titles, class names and file names may contain any character
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        number=figures.number, percent=figures.percent, shape=figures.shape, duration=figures.duration
    )
    return environment.get_template("page.html.j2")


def _panel(record: RunRecord, findings: Findings, measure: str) -> Markup:
    best = findings.best
    curve = f"{measure} of training and validation images against epoch"
    description = f"{curve}, 1 to {best.trained}; best epoch: {best.epoch}."
    return inline(learning_curves.panel(record, findings, measure), description, f"curve-{measure}")


def _roc(record: RunRecord) -> Markup | None:
    if len(record.classes) != 2:
        return None
    parts = {part: record.predictions.of(part) for part in ("test", "validation")}
    drawn = {part: images for part, images in parts.items() if isfinite(auc(images.truth, images.scores))}
    if not drawn:
        return None
    positive = record.classes[1]
    description = f"ROC curve of {positive}: true positive rate against false positive rate."
    return inline(draw_roc(drawn, positive), description, "roc")


def inline(figure: Figure, description: str, name: str) -> Markup:
    """Return a figure as an SVG element with a description, the colours of the page, and ids that begin with `name`."""
    svg = learning_curves.as_svg(figure)
    body = svg[svg.index(">", svg.index("<svg")) + 1 :]
    # Ids must be unique on the page.
    body = re.sub(r'((?:\bid=|href=)"#?|url\(#)', rf"\g<1>{name}-", body)
    for colour, variable in VARIABLES.items():
        body = body.replace(colour, variable)
    width, height = (72 * inches for inches in figure.get_size_inches())
    opening = Markup('<svg class="figure" viewBox="0 0 {:g} {:g}" role="img" aria-label="{}">')
    return opening.format(width, height, description) + Markup(body)
