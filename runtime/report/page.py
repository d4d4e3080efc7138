"""One self-contained page that shows a finished run; it needs no network and no other file."""

import re
from math import isfinite
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from matplotlib.figure import Figure

from ..evaluation.array_metrics import auc
from ..runs.run_record import Record
from . import curves, tables
from . import number_format as figures
from .examples import Images, right_examples, wrong_examples
from .findings import Learned, main_part
from .highlight import highlight
from .prose import in_words
from .roc import draw_roc

HERE = Path(__file__).parent

# The figures' colours become the page's, so that they follow it from light to dark.
VARIABLES = {
    curves.INK: "var(--ink)",
    curves.FAINT: "var(--faint)",
    curves.GRID: "var(--line)",
} | {colour: f"var(--{part})" for part, colour in curves.COLOURS.items()}


def render_page(record: Record, learned: Learned, images: Images) -> str:
    """Return `report.html` as text.

    Input: a finished run, what it taught, and images (height, width, channel) by file name.
    """
    shown = main_part(record.predictions)
    return _template().render(
        record=record,
        run=record.run,
        plan=record.plan,
        learned=learned,
        statements=in_words(learned),
        dropout=any("dropout" in layer["kind"] for layer in record.plan["layers"]),
        claims=record.metrics.get("claims", []),
        panels=[_panel(record, learned, measure) for measure in record.measures],
        figures=tables.figures_table(record),
        matrices=tables.matrices(record),
        counts=tables.image_counts(record),
        environment=tables.environment(record),
        roc=_roc(record),
        wrong=wrong_examples(shown, images, record.classes),
        right=right_examples(shown, images, record.classes),
        source=highlight(record.source),
        css=Markup((HERE / "page.css").read_text(encoding="utf-8")),
    )


def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,  # Titles, class names and file names are whatever a person wrote.
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        number=figures.number, percent=figures.percent, shape=figures.shape, duration=figures.duration
    )
    return environment.get_template("page.html.j2")


def _panel(record: Record, learned: Learned, measure: str) -> Markup:
    best = learned.best
    description = f"{measure} of training and validation images against epoch, 1 to {best.of}; best in {best.epoch}."
    return inline(curves.panel(record, learned, measure), description, f"curve-{measure}")


def _roc(record: Record) -> Markup | None:
    if len(record.classes) != 2:
        return None
    parts = {part: record.predictions.of(part) for part in ("test", "validation")}
    drawn = {part: images for part, images in parts.items() if isfinite(auc(images.truth, images.scores))}
    if not drawn:
        return None
    positive = record.classes[1]
    return inline(draw_roc(drawn, positive), f"ROC curve of {positive}: share found against false alarms.", "roc")


def inline(figure: Figure, description: str, name: str) -> Markup:
    """Return a figure as an SVG element, described, in the page's colours and with ids of its own."""
    svg = curves.as_svg(figure)
    body = svg[svg.index(">", svg.index("<svg")) + 1 :]
    # Two figures on one page must not share an id.
    body = re.sub(r'((?:\bid=|href=)"#?|url\(#)', rf"\g<1>{name}-", body)
    for colour, variable in VARIABLES.items():
        body = body.replace(colour, variable)
    width, height = (72 * inches for inches in figure.get_size_inches())
    opening = Markup('<svg class="figure" viewBox="0 0 {:g} {:g}" role="img" aria-label="{}">')
    return opening.format(width, height, description) + Markup(body)
