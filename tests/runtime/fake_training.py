"""Runs whose training is faked, so that a run takes a tenth of a second. All files are written by the real code.

Faked are: the start of the backend and the versions of packages, the building and training of the model (a small model
that never changes, and invented losses), its outputs and its loss, the drawing of the report, and waiting for the disk.
"""

import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import labc
from labc.runtime.evaluation import class_predictions, evaluate_model
from labc.runtime.report import write
from labc.runtime.studies import trainings
from labc.runtime.studies.display import Display
from labc.runtime.studies.options import Options
from labc.runtime.studies.run_result import Run
from labc.runtime.training import backend

DEVICE = backend.Device("cpu", "CPU")


@cache
def small_model() -> Any:
    """A model with nine weights."""
    import keras

    inputs = keras.Input((8,))
    model = keras.Model(inputs, keras.layers.Dense(1)(inputs))
    model.compile(loss="mse")
    return model


def fake_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the training and the drawing by quick functions."""
    import keras

    from labc.runtime.studies import train_and_evaluate as real

    def fit(model: Any, train: Any, *given: Any) -> Any:
        epochs, history = given[3:5]
        from labc.runtime.training.callbacks import BestWeights, HistoryWriter
        from labc.runtime.training.fit import Trained

        log, best = HistoryWriter(history, train.metrics), BestWeights(train.monitor)
        for callback in (log, best):
            callback.set_model(model)
        for epoch in range(epochs):
            log.on_epoch_begin(epoch)
            for callback in (log, best):
                callback.on_epoch_end(epoch, dict.fromkeys(log.figures, 0.5 / (epoch + 1)))
        return Trained(model, best, log.rows)

    def outputs(_: Any, part: Any, batch: int) -> Any:
        assert batch
        return np.full((len(part.targets), 1), 0.25, np.float32)

    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(trainings, "start_backend", lambda *_: DEVICE)
    monkeypatch.setattr(real, "build_model", lambda *_: small_model())
    monkeypatch.setattr(real, "fit", fit)
    monkeypatch.setattr(evaluate_model, "outputs_of", outputs)
    monkeypatch.setattr(keras.Model, "from_config", lambda _: small_model())
    monkeypatch.setattr(class_predictions, "loss_of", lambda *_: 0.25)
    monkeypatch.setattr(trainings, "package_versions", lambda backend: {"labc": "0.1.0", backend: "2"})
    monkeypatch.setattr(trainings, "framework_versions", lambda backend: {backend: "2"})
    monkeypatch.setattr(write, "curves", lambda *_: None)
    monkeypatch.setattr(write, "as_png", lambda _: b"PNG")
    monkeypatch.setattr(write, "as_svg", lambda _: "<svg/>")
    monkeypatch.setattr(write, "render_page", lambda record, *_: f"<html>{record.info.experiment}</html>")


def run_once(path: Path, runs: Path, again: bool = False) -> Run:
    """Run a file as `labc run` does."""
    options = Options(runs=runs, again=again, command="labc run")
    return trainings.run(labc.load(path).experiment, options, Display())
