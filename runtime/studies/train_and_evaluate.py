"""One training run: build the model, train it, evaluate it, and write the results.

Importing this module loads Keras, so the backend must be chosen before the import.
"""

from dataclasses import dataclass
from pathlib import Path

import keras

from ...compiler.expectations.claim import Claim
from ...compiler.model.graph import Graph
from ...compiler.sections import Data, Train
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ..data.dataset import Dataset
from ..evaluation.evaluate_model import Evaluation, evaluate
from ..evaluation.judge_claims import judge_claims
from ..runs.atomic import replacing, write_bytes, write_text
from ..runs.json_files import write_document
from ..runs.mask_table import MASKS_FILE
from ..runs.run_metrics import BestEpoch, LastEpoch, RunMetrics
from ..training.backend import set_seed
from ..training.balance import images_of_epoch
from ..training.diverged import Diverged
from ..training.fit import Trained, build_model, fit
from ..training.tasks import Task
from .display import Display
from .phase_timer import PhaseTimer


@dataclass(frozen=True)
class Training:
    """The model to train and its settings."""

    name: str
    """The name of the model."""
    graph: Graph
    data: Data
    train: Train
    task: Task
    claims: tuple[Claim, ...]
    epochs: int


def train_and_evaluate(training: Training, dataset: Dataset, folder: Path, display: Display, timer: PhaseTimer) -> None:
    """Write `history.csv`, `metrics.json`, `predictions.csv` and `model.keras` into a run's folder.

    Raises:
        LabError: if weights cannot be loaded, or if the loss becomes nan or infinite.
    """
    train = training.train
    with timer.phase("build"):
        display.stage("building the model")
        set_seed(train.seed, train.deterministic)
        model = build_model(training.graph, training.name, training.data.scale, train, dataset, training.task)
    with timer.phase("train"):
        images = images_of_epoch(dataset.parts["train"].targets, training.data.balance)
        display.training(training.epochs, -(-images // train.batch))
        trained = _fit(model, training, dataset, folder, display)
    with timer.phase("evaluate"):
        display.stage("evaluating")
        evaluation = evaluate(model, training.task, dataset, train.batch, train.metrics)
        write_document(folder / "metrics.json", _metrics(training, trained, evaluation))
        write_text(folder / "predictions.csv", evaluation.predictions)
        if evaluation.masks is not None:
            write_bytes(folder / MASKS_FILE, evaluation.masks)
        _save_model(model, folder / "model.keras")


def _fit(model: keras.Model, training: Training, dataset: Dataset, folder: Path, display: Display) -> Trained:
    callbacks = (display.batch, display.epoch)
    history = folder / "history.csv"
    try:
        return fit(
            model,
            training.train,
            training.data,
            dataset,
            training.task,
            training.epochs,
            history,
            callbacks,
        )
    except Diverged as problem:
        raise LabError([_diverged(training.train, problem.epoch)]) from None


def _diverged(train: Train, epoch: int) -> Diagnostic:
    message = f"the loss must be a finite number, but is nan or infinite in epoch {epoch}"
    rate = f"{train.optimizer.first_rate:g}"
    help = f"use a learning rate below {rate}, or limit the gradient, for example with `clip = 1`"
    return Diagnostic(Code.DIVERGED, message, train.place("optimizer"), help=help)


def _metrics(training: Training, trained: Trained, evaluation: Evaluation) -> RunMetrics:
    monitor, best, last = training.train.monitor, trained.best.epoch, trained.history[-1]
    parts = evaluation.figures
    return RunMetrics(
        best=BestEpoch(
            epoch=best,
            monitor=f"{monitor.word()}({monitor.figure})",
            value=trained.history[best - 1][monitor.figure],
        ),
        final=LastEpoch.model_validate({name: last[name] for name in last if name not in ("seconds", "lr")}),
        train=parts["train"],
        validation=parts["validation"],
        test=parts.get("test"),
        claims=judge_claims(training.claims, training.graph, parts),
    )


def _save_model(model: keras.Model, path: Path) -> None:
    """Save the model as plain Keras, without labc's metrics. It can then be loaded where labc is not installed."""
    plain = keras.Model.from_config(model.get_config())
    plain.set_weights(model.get_weights())
    with replacing(path) as temporary:
        plain.save(temporary)
