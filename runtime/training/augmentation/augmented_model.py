"""A model around another one, whose training steps change the images and their masks first."""

from typing import Any

import keras

from .augmentation import Augmentation


class AugmentedModel(keras.Model):  # type: ignore[misc]
    """Trains a model with changed images. It shares the weights of the model, and is not saved.

    In a training the input is a dictionary as `epoch_batches` makes it, in an evaluation images. With `background`, the
    targets of a training are masks: class numbers (image, [depth,] height, width), and `background` is the number of
    the background. They are moved like the images.
    """

    def __init__(self, model: keras.Model, augmentation: Augmentation, background: int | None = None) -> None:
        """Wrap a model that takes stored values."""
        super().__init__(name=model.name, dtype="float32")
        self.model, self.augmentation, self.background = model, augmentation, background

    def call(self, inputs: Any, training: bool = False) -> Any:
        """Return the outputs of the model."""
        images = self.augmentation.images(inputs) if isinstance(inputs, dict) else inputs
        return self.model(images, training=training)

    def compute_loss(self, x: Any = None, y: Any = None, *others: Any, **named: Any) -> Any:
        """Return the loss, of the moved masks."""
        return super().compute_loss(x, self._targets(x, y), *others, **named)

    def compute_metrics(self, x: Any, y: Any, *others: Any, **named: Any) -> Any:
        """Return the metrics, of the moved masks."""
        return super().compute_metrics(x, self._targets(x, y), *others, **named)

    def _targets(self, x: Any, y: Any) -> Any:
        if self.background is None or not isinstance(x, dict):
            return y
        return self.augmentation.masks(y, x, self.background)
