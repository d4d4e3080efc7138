"""Check that losses, metrics and settings suit the task."""

from collections.abc import Iterator, Sequence

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..analysis.task_text import SETTINGS, so_the_task_is
from ..metrics import METRICS
from ..model.graph import Graph
from ..schema.task_kind import TaskKind
from ..sections import Data, Train

_LOSSES = {
    TaskKind.CLASSIFICATION: ("binary_crossentropy", "categorical_crossentropy"),
    TaskKind.MULTI_LABEL: ("binary_crossentropy", "focal"),
    TaskKind.REGRESSION: ("mse", "mae", "huber"),
    TaskKind.SEGMENTATION: ("dice", "binary_crossentropy"),
}
"""The losses that the help names for a task."""

_PRESENT = {
    TaskKind.CLASSIFICATION: "`classes`",
    TaskKind.MULTI_LABEL: "`labels`",
    TaskKind.REGRESSION: "`target`",
    TaskKind.SEGMENTATION: "the masks",
}
"""What `data` has for a task."""


def check_task(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report a loss, a metric or a setting that is for another task."""
    del graph
    if data is None or len(data.given_tasks) > 1:
        return
    if train:
        yield from _loss(data, train)
        yield from _metrics(data, train)
    if data.task is not TaskKind.CLASSIFICATION:
        yield from _settings(data)


def _loss(data: Data, train: Train) -> Iterator[Diagnostic]:
    loss, task = train.loss, data.task
    suited = loss.tasks()
    if task not in suited:
        message = f"`{loss.word()}` is for {_joined(suited)}, but {so_the_task_is(task)}"
        help = f"use {_either(_losses(data))}{_other_task(task, suited)}"
        yield Diagnostic(Code.WRONG_TASK, message, train.place("loss"), help=help)


def _losses(data: Data) -> Sequence[str]:
    if data.task is TaskKind.CLASSIFICATION and len(data.classes) != 2:
        return ("categorical_crossentropy",)
    return _LOSSES[data.task][:1] if data.task is TaskKind.CLASSIFICATION else _LOSSES[data.task]


def _metrics(data: Data, train: Train) -> Iterator[Diagnostic]:
    for word in train.metrics:
        suited = [task for task in TaskKind if task in METRICS[word].tasks]
        if train.is_given("metrics") and data.task not in suited:
            fitting = [other for other, metric in METRICS.items() if data.task in metric.tasks]
            message = f"`{word}` is for {_joined(suited)}, but {so_the_task_is(data.task)}"
            help = f"use {_either(fitting)}{_other_task(data.task, suited)}"
            yield Diagnostic(Code.WRONG_TASK, message, train.place("metrics"), help=help)


def _settings(data: Data) -> Iterator[Diagnostic]:
    """Report the settings that only some tasks have. With `labels`, `label` may be a column: see `check_one_task`."""
    for name in ("label", "balance"):
        if not data.is_default(name) and not (name == "label" and data.task is TaskKind.MULTI_LABEL):
            message = f"`{name}` is for classification, but {so_the_task_is(data.task)}"
            yield Diagnostic(Code.WRONG_TASK, message, data.place(name), help=f"leave `{name}` out")


def _other_task(task: TaskKind, suited: Sequence[TaskKind]) -> str:
    """Return the end of the help: the setting for the only task that is suited."""
    if len(suited) != 1:
        return ""
    other, present = suited[0], _PRESENT[task]
    is_added = task is TaskKind.CLASSIFICATION and other is TaskKind.SEGMENTATION  # masks may have classes
    return f"; or write `{SETTINGS[other]}` {'in `data`' if is_added else f'in place of {present}'} for {other}"


def _joined(tasks: Sequence[TaskKind]) -> str:
    return " and ".join(filter(None, [", ".join(tasks[:-1]), tasks[-1]]))


def _either(words: Sequence[str]) -> str:
    quoted = [f"`{word}`" for word in words]
    return " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
