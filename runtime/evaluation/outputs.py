"""Computes the outputs of a model, and its loss on them."""

from typing import Any

import numpy as np

from ..data.dataset import Part
from ..training.tasks import Floats, Task


def outputs_of(model: Any, part: Part, batch: int) -> Floats:
    """Compute the outputs of the model for the images of a part (image, …)."""
    return np.asarray(model.predict(part.images, batch_size=max(batch, 32), verbose=0), np.float32)


def loss_of(task: Task, part: Part, outputs: Floats) -> float:
    """Compute the loss of the outputs (image, …) of a part, all at once."""
    import keras

    return float(keras.ops.convert_to_numpy(task.keras_loss()(task.encode(part.targets), outputs)))
