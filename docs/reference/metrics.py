"""metrics.md: the metrics, from their classes and docstrings."""

from itertools import groupby

from labc.compiler.metrics import ALL, Metric
from labc.compiler.schema.task_kind import TaskKind

from .call import WRITTEN_BY, table
from .docstring import describe, family_title

OPENING = f"""\
# The metrics

<!-- {WRITTEN_BY} compiler/metrics; change that. -->

`metrics` in [`train`](settings.md#train) lists metrics of this table. In the formulas TP, FP, FN and TN are the numbers
of true positives, false positives, false negatives and true negatives. They count images, and for segmentation pixels.

With two classes, class 1 is the positive class for `precision`, `recall`, `specificity` and `f1`. With more classes,
each class in turn is the positive class (one-vs-rest), and the metric is the mean over the classes. For multi-label
classification, an image is predicted to have a label if its probability is at least 0.5; each label is measured by
itself, and the metric is the mean over the labels. The last column is the value of an undefined metric. A metric is
undefined if the denominator of its formula is 0. `auc` is undefined if all images belong to one class, or if a score is
not a finite number.
"""


def metrics_page() -> str:
    """Return the whole page: a table of all metrics, then an entry for each metric, by family."""
    families = [(family_title(module), list(metrics)) for module, metrics in groupby(_by_family(), _module)]
    pages = [f"## {title}\n\n" + "\n".join(map(_entry, metrics)) for title, metrics in families]
    columns = ["metric", "measured for", "better", "if undefined"]
    return "\n".join([OPENING, table(columns, [_row(metric) for metric in ALL]), "", *pages])


def _module(metric: type[Metric]) -> str:
    return metric.__module__


def _by_family() -> list[type[Metric]]:
    modules = list(dict.fromkeys(map(_module, ALL)))
    return sorted(ALL, key=lambda metric: modules.index(_module(metric)))


def _row(metric: type[Metric]) -> list[str]:
    measured_on = ", ".join(task for task in TaskKind if task in metric.tasks)
    better = "larger" if metric.larger_is_better else "smaller"
    return [f"[`{metric.word()}`](#{metric.word()})", measured_on, better, f"{metric.undefined:g}"]


def _entry(metric: type[Metric]) -> str:
    return "\n\n".join([f"### {metric.word()}", *describe(metric).paragraphs]) + "\n"
