"""A model around another one, whose training steps change the images first."""

from collections.abc import Callable
from typing import Any, TypeAlias

import keras
from keras import ops

from ....compiler.backends.scaling import PixelRange
from ....compiler.sections.data.augment import Augment
from .geometry import Tensor, affine_places, elastic_displacements, sample
from .intensity import change_values

Move: TypeAlias = Callable[[Tensor, dict[str, Tensor], str, float], Tensor]


def augment_images(
    images: Tensor, drawn: dict[str, Tensor], augment: Augment, pixels: PixelRange, move: Move | None = None
) -> Tensor:
    """Return changed images; `move` computes the geometry, by default `move_images`.

    `drawn` are the parameters of these images as `draw_parameters` returns them.

    Input: stored values (image, height, width, channel) of any type. Output: stored values in float32.
    """
    places: dict[str, Tensor] = {name: drawn[name] for name in ("matrix", "elastic") if name in drawn}
    images = (move or move_images)(images, places, augment.fill, pixels.low)
    if not augment.changes_values:
        return images
    width = pixels.high - pixels.low
    values = (images - pixels.low) / width
    if pixels.clips:
        values = ops.clip(values, 0.0, 1.0)
    return change_values(values, augment, drawn) * width + pixels.low


def move_images(images: Tensor, drawn: dict[str, Tensor], fill: str, black: float, nearest: bool = False) -> Tensor:
    """Return rotated, moved, scaled and deformed images. For masks, `nearest` keeps the values of single pixels."""
    if "matrix" not in drawn:
        return images if nearest else ops.cast(images, "float32")
    size = images.shape[1:3]
    rows, columns = affine_places(drawn["matrix"], size)
    if "elastic" in drawn:
        moved = elastic_displacements(drawn["elastic"], size)
        rows, columns = rows + moved[..., 0], columns + moved[..., 1]
    return sample(images, rows, columns, fill, black, nearest)


def compiled_move() -> Move:
    """Return `move_images`, compiled by XLA with TensorFlow. On a CPU this is five times as fast as its operations.

    The other functions stay as they are: XLA sorts slowly there, and other backends compile a whole training step.
    """
    if keras.backend.backend() != "tensorflow":
        return move_images
    import tensorflow as tf

    compiled: Move = tf.function(move_images, jit_compile=True)
    return compiled


class AugmentedModel(keras.Model):  # type: ignore[misc]
    """Trains a model with changed images. It shares the weights of the model, and is not saved.

    The input is a dictionary of the parameters and the `images` in a training, and images in an evaluation.
    """

    def __init__(self, model: keras.Model, augment: Augment, pixels: PixelRange) -> None:
        """Wrap a model that takes stored values."""
        super().__init__(name=model.name, dtype="float32")
        self.model, self.augment, self.pixels = model, augment, pixels
        self.move = compiled_move()

    def call(self, inputs: Any, training: bool = False) -> Any:
        """Return the outputs of the model."""
        if isinstance(inputs, dict):
            images, drawn = inputs["images"], {name: value for name, value in inputs.items() if name != "images"}
            inputs = augment_images(images, drawn, self.augment, self.pixels, self.move)
        return self.model(inputs, training=training)
