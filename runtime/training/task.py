"""What the loss asks of the labels, and what the model's outputs say."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...compiler.checks.model_head import head_of
from ...compiler.experiment import Experiment
from ...compiler.sections.train.loss import Focal, Tversky

if TYPE_CHECKING:
    import keras

Floats = NDArray[np.float32]

_KERAS_LOSSES = {
    "binary_crossentropy": "BinaryCrossentropy",
    "categorical_crossentropy": "CategoricalCrossentropy",
    "hinge": "Hinge",
    "squared_hinge": "SquaredHinge",
    "categorical_hinge": "CategoricalHinge",
    "mse": "MeanSquaredError",
    "mae": "MeanAbsoluteError",
}


@dataclass(frozen=True)
class Task:
    """Classification into `classes` classes by `units` outputs."""

    classes: int
    units: int
    activation: str
    loss: str | Focal

    @classmethod
    def of(cls, experiment: Experiment) -> "Task":
        """The task of a checked experiment."""
        assert experiment.data and experiment.train
        head, loss = head_of(experiment.graph), experiment.train.loss
        assert not isinstance(loss, Tversky), "a loss of masks"
        return cls(len(experiment.data.classes), head.units, head.activation, loss)

    @property
    def signed(self) -> bool:
        """Whether labels are -1 and 1, with the border between the classes at 0."""
        return self.loss in ("hinge", "squared_hinge")

    @property
    def border(self) -> float:
        """For one unit: the output from which on it means class 1."""
        return 0.0 if self.signed else 0.5

    @property
    def gives_probabilities(self) -> bool:
        """Whether an output can be read as the probability of a class."""
        return not self.signed and self.activation == ("sigmoid" if self.units == 1 else "softmax")

    def encode(self, labels: NDArray[np.int64]) -> Floats:
        """Class numbers (image,) as the loss wants them: (image, unit)."""
        if self.units > 1:
            return np.eye(self.classes, dtype=np.float32)[labels]
        return (labels * 2 - 1 if self.signed else labels).astype(np.float32)[:, None]

    def scores(self, outputs: Floats) -> Floats:
        """Outputs (image, unit) as one score a class (image, class): probabilities where the head gives them."""
        if self.units > 1:
            return outputs
        return np.concatenate([-outputs if self.signed else 1 - outputs, outputs], axis=1)

    def predict(self, outputs: Floats) -> NDArray[np.int64]:
        """The class number that outputs (image, unit) name, (image,)."""
        if self.units > 1:
            return np.asarray(outputs.argmax(axis=1), np.int64)
        return (outputs[:, 0] >= self.border).astype(np.int64)

    def keras_loss(self) -> "keras.losses.Loss":
        """The Keras loss."""
        import keras

        if isinstance(self.loss, Focal):
            kind = "BinaryFocalCrossentropy" if self.units == 1 else "CategoricalFocalCrossentropy"
            return getattr(keras.losses, kind)(gamma=self.loss.gamma)
        return getattr(keras.losses, _KERAS_LOSSES[self.loss])()

    def classes_of(self, encoded: Any) -> Any:
        """Class numbers (image,) of encoded labels or outputs (image, unit), as tensors of the backend."""
        from keras import ops

        if self.units > 1:
            return ops.argmax(encoded, axis=-1)
        return ops.cast(ops.reshape(encoded, (-1,)) >= self.border, "int32")
