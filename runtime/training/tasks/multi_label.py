"""Multi-label classification: each image has any number of labels, and the model has a unit for each label."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ....compiler.backends.keras import make
from ....compiler.losses import Loss
from ...data.targets import Targets
from .task import Floats, Task, Tensor

if TYPE_CHECKING:
    import keras

THRESHOLD = 0.5
"""The smallest output that means that an image has a label."""


@dataclass(frozen=True)
class MultiLabel(Task):
    """Each image has any of `units` labels."""

    units: int
    activation: str
    loss: Loss

    @property
    def gives_probabilities(self) -> bool:
        """Whether each output of the model is the probability of a label."""
        return self.activation == "sigmoid"

    def encode(self, targets: Targets) -> Floats:
        """Encode labels, 0 or 1 (image, label), for the loss."""
        return np.asarray(targets, np.float32)

    def keras_loss(self) -> "keras.losses.Loss":
        """Return the Keras loss. The units do not exclude each other: each is a model with one output."""
        return make(self.loss.keras_call(1))

    def predict(self, outputs: Tensor) -> Tensor:
        """Return which labels are predicted: outputs (image, label) -> True or False (image, label)."""
        return outputs >= THRESHOLD
