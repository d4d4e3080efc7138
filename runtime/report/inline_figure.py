"""Turns a figure into an SVG element of the page."""

import re

from markupsafe import Markup
from matplotlib.figure import Figure

from . import learning_curves

# The colours of the drawings are replaced by the colours of the page, so that they change with light and dark mode.
VARIABLES = {
    learning_curves.INK: "var(--ink)",
    learning_curves.FAINT: "var(--faint)",
    learning_curves.GRID: "var(--line)",
} | {colour: f"var(--{part})" for part, colour in learning_curves.COLOURS.items()}


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
