"""metrics.md: the metrics, from their classes and docstrings."""

from itertools import groupby

from labc.compiler.metrics import ALL, Metric

from .call import WRITTEN_BY, table
from .docstring import describe, family_title

OPENING = f"""\
# The metrics

<!-- {WRITTEN_BY} compiler/metrics; change that. -->

`metrics` in [`train`](settings.md#train) lists some of these. In the formulas TP, FP, FN and TN are the numbers of true
positives, false positives, false negatives and true negatives: of images, or with masks of pixels.

With two classes, class 1 is the positive one for `precision`, `recall`, `specificity` and `f1`; with more, each class
in turn is the positive one, and the metric is the mean over the classes. The last column is the value of an undefined
metric: where the denominator of its formula is 0, and for `auc` where every image is of one class or a score is not a
finite number.
"""


def metrics_page() -> str:
    """The whole page: all metrics in a table, then an entry for each, by family."""
    families = [(family_title(module), list(metrics)) for module, metrics in groupby(_by_family(), _module)]
    pages = [f"## {title}\n\n" + "\n".join(map(_entry, metrics)) for title, metrics in families]
    columns = ["metric", "measured on", "better", "if undefined"]
    return "\n".join([OPENING, table(columns, [_row(metric) for metric in ALL]), "", *pages])


def _module(metric: type[Metric]) -> str:
    return metric.__module__


def _by_family() -> list[type[Metric]]:
    modules = list(dict.fromkeys(map(_module, ALL)))
    return sorted(ALL, key=lambda metric: modules.index(_module(metric)))


def _row(metric: type[Metric]) -> list[str]:
    measured_on = "masks" if metric.masks_only else "classes of whole images, masks"
    better = "larger" if metric.larger_is_better else "smaller"
    return [f"[`{metric.word()}`](#{metric.word()})", measured_on, better, f"{metric.undefined:g}"]


def _entry(metric: type[Metric]) -> str:
    return "\n\n".join([f"### {metric.word()}", *describe(metric).paragraphs]) + "\n"
