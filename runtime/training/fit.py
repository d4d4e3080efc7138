"""Training: a dataset and a checked experiment to a model with its best weights, and the history on disk."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras

from ...compiler.backends.keras import build_experiment
from ...compiler.backends.scaling import needs_statistics
from ...compiler.experiment import Experiment
from ...compiler.sections import Schedule
from ...compiler.sections.train.optimizer import Optimizer
from ...compiler.sections.train.train import Patience, Plateau, Train
from ..data.dataset import Dataset
from .callbacks import BestWeights, HistoryWriter, ProgressReporter
from .channel_statistics import channel_statistics
from .epoch_metrics import make_metrics
from .task import Task


@dataclass(frozen=True)
class Trained:
    """A model with the weights of its best epoch."""

    model: keras.Model
    best: BestWeights
    history: list[dict[str, float]]


def build_model(experiment: Experiment, dataset: Dataset, task: Task) -> keras.Model:
    """The experiment's model, compiled. Its input is pixels from 0 to 255."""
    train = experiment.train
    assert train
    images = dataset.parts["train"].images
    model = build_experiment(experiment, channel_statistics(images) if needs_statistics(experiment) else None)
    model.compile(optimizer=make_optimizer(train), loss=task.keras_loss(), metrics=make_metrics(train.metrics, task))
    return model


def make_optimizer(train: Train) -> keras.optimizers.Optimizer:
    """The Keras optimizer of the settings, with their names and the defaults that the language documents."""
    optimizer: Optimizer = train.optimizer
    arguments: dict[str, Any] = optimizer.model_dump()
    del arguments["lr"]
    arguments["learning_rate"] = optimizer.first_rate
    if train.clip is not None:
        arguments["global_clipnorm"] = train.clip
    return getattr(keras.optimizers, optimizer.keras_class)(**arguments)


def fit(
    model: keras.Model,
    experiment: Experiment,
    dataset: Dataset,
    task: Task,
    epochs: int,
    history: Path,
    display: tuple[Callable[[int, int], None], Callable[[int, dict[str, float]], None]],
) -> Trained:
    """Train, writing `history` as it goes, and give the model the best epoch's weights.

    Raises:
        Diverged: if the loss is no longer a number.
    """
    train = experiment.train
    assert train
    best = BestWeights(train.monitor)
    log = HistoryWriter(history, train.metrics)
    training, validation = dataset.parts["train"], dataset.parts["validation"]
    model.fit(
        training.images,
        task.encode(training.labels),
        batch_size=train.batch,
        epochs=epochs,
        validation_data=(validation.images, task.encode(validation.labels)),
        callbacks=[log, best, *_adjusting(train), ProgressReporter(*display)],
        verbose=0,
    )
    best.restore()
    return Trained(model, best, log.rows)


def _adjusting(train: Train) -> list[keras.callbacks.Callback]:
    """The callbacks that change the course of the training."""
    mode = train.monitor.word()
    figure = train.monitor.figure
    callbacks: list[keras.callbacks.Callback] = []
    schedule = train.optimizer.lr
    if isinstance(schedule, Schedule):
        rates = keras.callbacks.LearningRateScheduler(lambda epoch, _: schedule.rate(epoch, train.epochs))
        callbacks.append(rates)
    if isinstance(train.reduce_lr, Plateau):
        plateau = train.reduce_lr
        callbacks.append(
            keras.callbacks.ReduceLROnPlateau(
                monitor=figure, mode=mode, factor=plateau.factor, patience=plateau.patience, min_delta=0
            )
        )
    if isinstance(train.early_stop, Patience):
        patience = train.early_stop.epochs
        callbacks.append(keras.callbacks.EarlyStopping(monitor=figure, mode=mode, patience=patience))
    return callbacks
