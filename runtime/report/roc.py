"""Draws the ROC curves of a classifier with two classes."""

from matplotlib.figure import Figure

from ..evaluation.confusion_and_roc import auc, roc_curve
from ..runs.predictions_table import Predictions
from .learning_curves import COLOURS, FAINT, INK, style


def draw_roc(parts: dict[str, Predictions], positive: str) -> Figure:
    """Draw the ROC curve of each part.

    Input: the predictions of each part, which must contain both classes; `positive`, the name of class number 1.
    """
    figure = Figure((4.2, 4.2))
    axes = figure.subplots()
    style(axes, f"ROC of {positive}")
    axes.plot([0, 1], [0, 1], color=FAINT, linewidth=1, linestyle=(0, (3, 3)))
    for row, (part, images) in enumerate(parts.items()):
        scores = images.scores[:, 1]
        axes.plot(*roc_curve(images.truth, scores), color=COLOURS[part], linewidth=1.8)
        label = f"{part}: AUC {auc(images.truth, scores):.3f}"
        axes.text(0.97, 0.05 + 0.08 * row, label, ha="right", fontsize=9, color=COLOURS[part])
    axes.set_xlabel("false positive rate", fontsize=9, color=INK)
    axes.set_ylabel(f"true positive rate of {positive}", fontsize=9, color=INK, parse_math=False)
    axes.set_xlim(-0.01, 1.01)
    axes.set_ylim(-0.01, 1.01)
    axes.set_aspect("equal")
    figure.subplots_adjust(left=0.14, right=0.97, bottom=0.13, top=0.9)
    return figure
