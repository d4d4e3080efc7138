"""The base class of the tasks that a model is trained for."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ....compiler.backends.keras import make
from ....compiler.losses import Loss
from ...data.targets import Targets

if TYPE_CHECKING:
    import keras

Floats: TypeAlias = NDArray[np.float32]


class Task(ABC):
    """A task: it encodes targets for the loss, and measures the outputs of the model."""

    loss: Loss
    units: int
    """The length of the last axis of the model's outputs."""

    @abstractmethod
    def encode(self, targets: Targets) -> Targets:
        """Encode targets (image, …) for the loss."""

    def keras_loss(self) -> "keras.losses.Loss":
        """Return the Keras loss."""
        return make(self.loss.keras_call(self.units))

    @property
    def background(self) -> int | None:
        """The number of the background in targets that are masks of class numbers; None if targets are no masks."""
        return None

    @property
    def gives_probabilities(self) -> bool:
        """Whether each output of the model is a probability."""
        return False


Tensor: TypeAlias = Any
"""A tensor of the backend."""
