"""Segmentation: encodes masks for the loss, and decodes the outputs of the model."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ....compiler.losses import Loss
from ...data.targets import Targets
from .task import Floats, Task, Tensor

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Segmentation(Task):
    """Each pixel has one of `classes` classes, or none of them. The model has `units` channels.

    A mask contains class numbers; the number `classes` means none of the classes. If the model has one channel more
    than there are classes, its last channel means that too.
    """

    classes: int
    background_number: int
    """That of a class, or `classes`."""
    scored: tuple[int, ...]
    """The numbers of the classes that metrics and losses of an overlap are about: all but the background."""
    units: int
    activation: str
    loss: Loss

    @property
    def background(self) -> int | None:
        return self.background_number

    def encode(self, targets: Targets) -> Targets:
        """Return the masks as they are, (image, …): the loss and the metrics make channels of them on the device.

        So a mask takes one byte for each pixel.
        """
        return targets

    def keras_loss(self) -> "keras.losses.Loss":
        from .mask_loss import MaskLoss  # loads Keras

        # The channels of `sigmoid` do not exclude each other: each is a model with one output.
        units = self.units if self.excludes else 1
        return MaskLoss(self.loss, self.scored, units, self.channels_of)

    @property
    def excludes(self) -> bool:
        """Whether a pixel can only have one class, as with `softmax`."""
        return self.activation == "softmax" or self.units > self.classes

    def channels_of(self, masks: Tensor) -> Tensor:
        """Return class numbers (image, …) as channels of 0 and 1 (image, …, unit), a tensor of the backend.

        Without a channel for the background, all channels of its pixels are 0.
        """
        from keras import ops

        return ops.one_hot(ops.cast(masks, "int32"), self.classes + 1)[..., : self.units]

    def marked(self, outputs: Tensor) -> Tensor:
        """Return which classes are predicted: outputs (image, …, unit) -> 0 or 1 (image, …, scored class).

        If a pixel can only have one class, it has the one with the largest output; otherwise every class with an output
        of at least 0.5.
        """
        from keras import ops

        if self.excludes:
            return ops.take(ops.one_hot(ops.argmax(outputs, axis=-1), self.units), self.scored, axis=-1)
        return ops.cast(ops.take(outputs, self.scored, axis=-1) >= 0.5, "float32")

    def scored_channels_of(self, masks: Tensor) -> Tensor:
        """Return class numbers (image, …) as channels of 0 and 1 (image, …, scored class)."""
        from keras import ops

        return ops.take(self.channels_of(masks), self.scored, axis=-1)

    def predict(self, outputs: Floats) -> Targets:
        """Return predicted masks: outputs (image, …, unit) -> class numbers (image, …), uint8.

        A pixel with several classes gets the one with the largest output.
        """
        chosen = np.argmax(outputs, axis=-1)
        if not self.excludes:
            chosen = np.where(outputs.max(axis=-1) >= 0.5, chosen, self.classes)
        return np.asarray(chosen, np.uint8)
