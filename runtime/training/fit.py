"""Builds a model, trains it on a dataset, and keeps the weights of the best epoch."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras

from ...compiler.backends.keras import build
from ...compiler.backends.lowering import dtype_policy, model_name
from ...compiler.backends.scaling import scaling_calls
from ...compiler.model.graph import Graph
from ...compiler.sections import Data, Schedule
from ...compiler.sections.train.optimizer import Optimizer
from ...compiler.sections.train.train import Patience, Plateau, Train
from ..data.dataset import Dataset, Part
from ..data.pixels import Values
from .augmentation.augmentation import Augmentation
from .augmentation.augmented_model import AugmentedModel
from .augmentation.batches import all_batches
from .balance import class_weights, oversampled
from .callbacks import BestWeights, HistoryWriter, ProgressReporter
from .channel_statistics import channel_statistics
from .epoch_metrics import make_metrics
from .interruption import interruption_between_batches
from .rows import LARGE, Rows
from .streamed_batches import EvaluationBatches, streamed_batches
from .tasks import Classification, Floats, Task


@dataclass(frozen=True)
class Trained:
    """A trained model with the weights of its best epoch."""

    model: keras.Model
    best: BestWeights
    history: list[dict[str, float]]


def build_model(graph: Graph, name: str, scale: str, train: Train, dataset: Dataset, task: Task) -> keras.Model:
    """Build the Keras model of a graph and compile it for training.

    The input of the model is stored pixel values. Its first layers scale them by the settings `window` and `scale`.
    """
    images, pixels = dataset.parts["train"].images, dataset.pixels
    statistics = channel_statistics(images, pixels) if scale == "standard" else None
    scaling = scaling_calls(scale, graph.input, pixels, statistics)
    model = build(graph, model_name(name), scaling, dtype_policy(train.precision))
    _compile(model, train, task)
    return model


def _compile(model: keras.Model, train: Train, task: Task) -> None:
    model.compile(optimizer=make_optimizer(train), loss=task.keras_loss(), metrics=make_metrics(train.metrics, task))


def make_optimizer(train: Train) -> keras.optimizers.Optimizer:
    """Return the Keras optimizer of the training settings. Every argument is passed, including labc's defaults."""
    optimizer: Optimizer = train.optimizer
    arguments: dict[str, Any] = optimizer.model_dump()
    del arguments["lr"]
    arguments["learning_rate"] = optimizer.first_rate
    if train.clip is not None:
        arguments["global_clipnorm"] = train.clip
    return getattr(keras.optimizers, optimizer.keras_class)(**arguments)


def fit(
    model: keras.Model,
    train: Train,
    data: Data,
    dataset: Dataset,
    task: Task,
    epochs: int,
    history: Path,
    display: tuple[Callable[[int, int], None], Callable[[int, dict[str, float]], None]],
) -> Trained:
    """Train the model, append each epoch to the file `history`, and restore the weights of the best epoch.

    The settings `balance` and `augment` of the section `data` change the images of the training steps only;
    `model` itself takes images as they are stored.

    Raises:
        Diverged: if the loss becomes nan or infinite.
        KeyboardInterrupt: after the current batch, if the run is interrupted.
    """
    best = BestWeights(train.monitor)
    log = HistoryWriter(history, train.metrics)
    trained, batches = training_input(model, train, data, dataset, task)
    with interruption_between_batches() as interruption:
        trained.fit(
            **batches,
            epochs=epochs,
            validation_data=validation_input(dataset.parts["validation"], task, train.batch),
            callbacks=[log, best, *_adjusting(train), ProgressReporter(*display), interruption],
            verbose=0,
        )
    best.restore()
    return Trained(model, best, log.rows)


def training_input(
    model: keras.Model, train: Train, data: Data, dataset: Dataset, task: Task
) -> tuple[keras.Model, dict[str, Any]]:
    """Return the model to train and the arguments of its `fit` with the training images.

    With augmentation, it is a compiled model around `model`, with the same weights. Its `fit` gets the training images
    with their random parameters; otherwise the images as they are stored. Images that are `LARGE` stay where they are,
    and each step gets its batch; others are copied into the memory of the framework, which is faster.
    """
    images, targets, weights = _shown_images(train, dataset, task, data.balance)
    augment, batch, seed = data.augment, train.batch, train.seed
    streamed = {"steps_per_epoch": -(-len(images) // batch), "shuffle": False, "validation_batch_size": batch}
    if augment.is_active:
        around = AugmentedModel(model, Augmentation(augment, dataset.pixels, compiled=True), task.background)
        _compile(around, train, task)
        return around, {"x": all_batches(images, targets, augment, batch, seed, weights), **streamed}
    if _are_large(images, targets):
        return model, {"x": streamed_batches(images, targets, weights, batch, seed), **streamed}
    return model, {"x": images.all(), "y": targets.all(), "sample_weight": weights, "batch_size": batch}


def validation_input(part: Part, task: Task, batch: int) -> tuple[Values, Floats] | EvaluationBatches:
    """Return the argument `validation_data` of `fit`: the images of a part with their targets."""
    images, targets = Rows(part.images), Rows(part.targets, convert=task.encode)
    if _are_large(images, targets):
        return EvaluationBatches(images, targets, batch)
    return images.all(), targets.all()


def _are_large(images: Rows, targets: Rows) -> bool:
    return images.nbytes + targets.nbytes >= LARGE


def _shown_images(train: Train, dataset: Dataset, task: Task, balance: str) -> tuple[Rows, Rows, Floats | None]:
    """Return the images of an epoch, their targets encoded for the loss, and their weights; None if all are 1."""
    part = dataset.parts["train"]
    if balance == "oversample":
        chosen = oversampled(part.targets, train.seed)
        return Rows(part.images, chosen), Rows(part.targets, chosen, task.encode), None
    weights = None
    if balance == "class_weight":
        assert isinstance(task, Classification), "otherwise `check_task` reports the setting"
        weights = class_weights(part.targets, task.classes)[part.targets]
    return Rows(part.images), Rows(part.targets, convert=task.encode), weights


def _adjusting(train: Train) -> list[keras.callbacks.Callback]:
    """Return the callbacks that change the learning rate or stop the training early; an empty list if none is set."""
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
