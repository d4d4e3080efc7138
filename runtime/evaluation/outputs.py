"""Computes the outputs of a model, and its loss on them."""

from typing import Any

import numpy as np

from ..data.dataset import Part
from ..training.tasks import Floats, Task

CHUNK = 2**28
"""The number of bytes of images that are copied into the memory of the framework at a time."""


def outputs_of(model: Any, part: Part, batch: int) -> Floats:
    """Compute the outputs of the model for the images of a part (image, …)."""
    batch = max(batch, 32)
    # Whole batches, so that the chunks change no result.
    chunk = batch * max(1, CHUNK // (batch * part.images[0].nbytes))
    images = (part.images[start : start + chunk] for start in range(0, len(part.images), chunk))
    outputs = [model.predict(some, batch_size=batch, verbose=0) for some in images]
    return np.concatenate(outputs).astype(np.float32, copy=False)


def loss_of(task: Task, part: Part, outputs: Floats) -> float:
    """Compute the loss of the outputs (image, …) of a part, all at once."""
    import keras

    return float(keras.ops.convert_to_numpy(task.keras_loss()(task.encode(part.targets), outputs)))
