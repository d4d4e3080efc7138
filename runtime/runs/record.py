"""Reads all text files of a finished run's folder into memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...compiler.plan import Plan
from ...compiler.schema.task_kind import TaskKind
from ..evaluation.confusion_and_roc import Floats
from .file_errors import read_file, refuse_file, unread
from .history import measures, read_history
from .json_files import read_document
from .label_table import LabelTable, read_label_table
from .mask_table import MaskTable, read_mask_table
from .number_table import NumberTable, read_number_table
from .predictions_table import Predictions, no_predictions, read_predictions
from .run_info import RunInfo
from .run_metrics import RunMetrics


@dataclass(frozen=True, eq=False)
class RunRecord:
    """The content of the text files in a finished run's folder."""

    source: str
    """The text of `experiment.lab`."""
    info: RunInfo
    plan: Plan
    metrics: RunMetrics
    history: Mapping[str, Floats]
    """The columns of `history.csv`: `epoch`, `loss`, `val_loss`, …, each with the axis (epoch,)."""
    predictions: Predictions
    """The predicted classes of validation and test images; without images if the task is not classification."""
    labels: LabelTable | None = None
    """The predicted labels; None if the task is not multi-label classification."""
    numbers: NumberTable | None = None
    """The predicted numbers; None if the task is not regression."""
    masks: MaskTable | None = None
    """The scores of the predicted masks; None if the task is not segmentation."""

    @property
    def classes(self) -> tuple[str, ...]:
        """The class names in the order of the class numbers."""
        return self.info.classes

    @property
    def measures(self) -> tuple[str, ...]:
        """The names of the values that were measured in each epoch: `loss` and the metrics."""
        return measures(self.history)


def read_record(folder: Path, info: RunInfo | None = None) -> RunRecord:
    """Read the folder of a run whose files are written. With `info`, `run.json` is not read.

    Raises:
        LabError: if a file is missing, broken, or written by a newer version of labc; or if two files contradict.
    """
    info = info or read_document(folder / "run.json", RunInfo)
    metrics, history = read_document(folder / "metrics.json", RunMetrics), read_history(folder / "history.csv")
    if metrics.final.epoch != len(history["epoch"]):
        what = f"has {len(history['epoch'])} epochs, but the last epoch in `metrics.json` is {metrics.final.epoch}"
        refuse_file(unread(folder / "history.csv"), what)
    path, task = folder / "predictions.csv", info.task
    classified = task is TaskKind.CLASSIFICATION
    return RunRecord(
        source=read_file(folder / "experiment.lab").text,
        info=info,
        plan=read_document(folder / "plan.json", Plan),
        metrics=metrics,
        history=history,
        predictions=read_predictions(path, info.classes, info.scores) if classified else no_predictions(),
        labels=read_label_table(path, info.classes, info.scores) if task is TaskKind.MULTI_LABEL else None,
        numbers=read_number_table(path) if task is TaskKind.REGRESSION else None,
        masks=read_mask_table(path, info.classes) if task is TaskKind.SEGMENTATION else None,
    )
