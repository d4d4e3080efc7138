"""Texts about tasks, for messages."""

from ..schema.task_kind import TaskKind

REASONS = {
    TaskKind.CLASSIFICATION: "`data` has no `masks`, `labels` or `target`",
    TaskKind.MULTI_LABEL: "`data` has `labels`",
    TaskKind.REGRESSION: "`data` has a `target`",
    TaskKind.SEGMENTATION: "`data` has masks",
}
"""The reason why an experiment has a task."""

SETTINGS = {
    TaskKind.CLASSIFICATION: "classes = …",
    TaskKind.MULTI_LABEL: "labels = …",
    TaskKind.REGRESSION: "target = …",
    TaskKind.SEGMENTATION: "masks = …",
}
"""The setting of `data` that makes the task."""


def so_the_task_is(task: TaskKind) -> str:
    """Return the reason for a task and the task, as the end of a message."""
    return f"{REASONS[task]}, so the task is {task}"
