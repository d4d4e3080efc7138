"""How labels and outputs of a classifier are encoded for its loss."""

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
    """Classification of whole images into `classes` classes by a model with `units` outputs."""

    classes: int
    units: int
    activation: str
    loss: Loss

    @classmethod
    def of(cls, graph: Graph, data: Data, train: Train) -> "Task":
        """The task of a model on whole images, with its data and training settings."""
        head = head_of(graph)
        return cls(len(data.classes), head.units, head.activation, train.loss)

    @property
    def gives_probabilities(self) -> bool:
        """Whether an output is the probability of a class."""
        return not self.loss.is_signed() and self.activation == ("sigmoid" if self.units == 1 else "softmax")

    def encode(self, labels: NDArray[np.int64]) -> Floats:
        """Labels as the loss takes them.

        Input: class numbers (image,). Output: (image, unit), one-hot if there are several units.
        """
        if self.units > 1:
            return np.eye(self.classes, dtype=np.float32)[labels]
        return np.asarray(self.loss.binary_labels, np.float32)[labels][:, None]

    def scores(self, outputs: Floats) -> Floats:
        """A score for each class: its probability if the model gives probabilities.

        Input: (image, unit). Output: (image, class).
        """
        if self.units > 1:
            return outputs
        # Mirrored at the threshold: 1 - o for labels 0 and 1, -o for labels -1 and 1.
        return np.concatenate([sum(self.loss.binary_labels) - outputs, outputs], axis=1)

    def predict(self, outputs: Floats) -> NDArray[np.int64]:
        """The predicted class numbers.

        Input: (image, unit). Output: (image,).
        """
        if self.units > 1:
            return np.asarray(outputs.argmax(axis=1), np.int64)
        return (outputs[:, 0] >= self.loss.threshold()).astype(np.int64)

    def keras_loss(self) -> "keras.losses.Loss":
        """The Keras loss."""
        return make(self.loss.keras_call(self.units))

    def classes_of(self, encoded: Any) -> Any:
        """The class numbers of encoded labels or of outputs, as tensors of the backend.

        Input: (image, unit). Output: (image,).
        """
        from keras import ops

        if self.units > 1:
            return ops.argmax(encoded, axis=-1)
        return ops.cast(ops.reshape(encoded, (-1,)) >= self.loss.threshold(), "int32")
