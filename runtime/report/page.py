"""Renders the report of a finished run as one HTML page. The page needs no network and no other file."""

from math import isfinite
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from ..evaluation.confusion_and_roc import auc
from ..runs.record import RunRecord
from . import learning_curves, tables
from . import number_format as figures
from .examples import Images, right_examples, wrong_examples
from .findings import Findings
from .highlight import highlight
from .inline_figure import inline
from .mask_examples import NO_MASKS, Masks
from .prose import describe_findings
from .roc import draw_roc
from .task_sections import task_variables

HERE = Path(__file__).parent


def render_page(record: RunRecord, findings: Findings, images: Images, masks: Masks = NO_MASKS) -> str:
    """Return the text of `report.html`.

    Input: the record of a finished run, its findings, its images (height, width, channel) and masks by file name.
    """
    shown = record.predictions.main_part()
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
        **task_variables(record, images, masks),
        source=highlight(record.source),
        css=Markup((HERE / "page.css").read_text(encoding="utf-8")),
    )


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
