"""Classification: encodes the classes of images for the loss, and decodes the outputs of the model."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ....compiler.losses import Loss
from ...data.targets import Targets
from .task import Floats, Task, Tensor


@dataclass(frozen=True)
class Classification(Task):
    """Each image has one of `classes` classes, and the model has `units` outputs."""

    classes: int
    units: int
    activation: str
    loss: Loss

    @property
    def gives_probabilities(self) -> bool:
        """Whether each output of the model is the probability of a class."""
        return not self.loss.is_signed() and self.activation == ("sigmoid" if self.units == 1 else "softmax")

    def encode(self, targets: Targets) -> Floats:
        """Encode classes for the loss.

        Input: class numbers (image,). Output: (image, unit), one-hot if the model has several units.
        """
        numbers = np.asarray(targets, np.int64)
        if self.units > 1:
            return np.eye(self.classes, dtype=np.float32)[numbers]
        return np.asarray(self.loss.binary_labels, np.float32)[numbers][:, None]

    def scores(self, outputs: Floats) -> Floats:
        """Return a score for each class: the probability of the class if the model gives probabilities.

        Input: (image, unit). Output: (image, class).
        """
        if self.units > 1:
            return outputs
        # The score of class 0 for the output o: 1 - o for the labels 0 and 1, -o for the labels -1 and 1.
        return np.concatenate([sum(self.loss.binary_labels) - outputs, outputs], axis=1)

    def predict(self, outputs: Floats) -> NDArray[np.int64]:
        """Return the predicted class numbers.

        Input: (image, unit). Output: (image,).
        """
        if self.units > 1:
            return np.asarray(outputs.argmax(axis=1), np.int64)
        return (outputs[:, 0] >= self.loss.threshold()).astype(np.int64)

    def classes_of(self, encoded: Tensor) -> Tensor:
        """Return the class numbers of encoded labels or of outputs, as a tensor of the backend.

        Input: (image, unit). Output: (image,).
        """
        from keras import ops

        if self.units > 1:
            return ops.argmax(encoded, axis=-1)
        return ops.cast(ops.reshape(encoded, (-1,)) >= self.loss.threshold(), "int32")
