"""Encodes the labels of a classifier for its loss, and decodes its outputs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...compiler.analysis.head import head_of
from ...compiler.backends.keras import make
from ...compiler.losses import Loss
from ...compiler.model.graph import Graph
from ...compiler.sections import Data, Train

if TYPE_CHECKING:
    import keras

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Task:
    """A classification task: each image has one of `classes` classes, and the model has `units` outputs."""

    classes: int
    units: int
    activation: str
    loss: Loss

    @classmethod
    def of(cls, graph: Graph, data: Data, train: Train) -> "Task":
        """Return the classification task of a model, from its graph and the sections `data` and `train`."""
        head = head_of(graph)
        return cls(len(data.classes), head.units, head.activation, train.loss)

    @property
    def gives_probabilities(self) -> bool:
        """Whether each output of the model is the probability of a class."""
        return not self.loss.is_signed() and self.activation == ("sigmoid" if self.units == 1 else "softmax")

    def encode(self, labels: NDArray[np.int64]) -> Floats:
        """Encode labels for the loss.

        Input: class numbers (image,). Output: (image, unit), one-hot if the model has several units.
        """
        if self.units > 1:
            return np.eye(self.classes, dtype=np.float32)[labels]
        return np.asarray(self.loss.binary_labels, np.float32)[labels][:, None]

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

    def keras_loss(self) -> "keras.losses.Loss":
        """Return the Keras loss."""
        return make(self.loss.keras_call(self.units))

    def classes_of(self, encoded: Any) -> Any:
        """Return the class numbers of encoded labels or of outputs, as a tensor of the backend.

        Input: (image, unit). Output: (image,).
        """
        from keras import ops

        if self.units > 1:
            return ops.argmax(encoded, axis=-1)
        return ops.cast(ops.reshape(encoded, (-1,)) >= self.loss.threshold(), "int32")
