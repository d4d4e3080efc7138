"""Changes the images and the masks of a batch as `augment` says, with random numbers that are drawn before."""

from collections.abc import Callable
from typing import Any, TypeAlias

import keras
from keras import ops

from ....compiler.backends.scaling import PixelRange
from ....compiler.sections.data.augment import Augment
from .erase import erase
from .geometry import Tensor, move_images
from .intensity import blur, change_values, stretch
from .mixup import blend

Drawn: TypeAlias = dict[str, Tensor]
Change: TypeAlias = Callable[..., Any]

IMAGES, MIXUP = "images", "mixup"
"""The names of the images and of their shares in blends, among the inputs of a batch. The others are parameters."""


class Augmentation:
    """The changes of a section `augment`.

    Stored values go in and come out. `compiled` is for a training: with TensorFlow, XLA compiles the changes, which
    makes them several times as fast on a CPU. The percentiles of `intensity` stay outside, because XLA sorts slowly
    there. Other backends compile a whole training step.
    """

    def __init__(self, augment: Augment, pixels: PixelRange, compiled: bool = False) -> None:
        """Prepare the changes of images with a range of stored values."""
        self.augment, self.pixels = augment, pixels
        compile = _compiled if compiled else lambda change: change
        self._before, self._after, self._whole = map(compile, (self._move_and_blur, self._change, self._change_all))
        self._move_mask = compile(self._nearest)

    def images(self, inputs: Drawn) -> Tensor:
        """Return the changed images of a batch in float32, (image, [depth,] height, width, channel).

        Input: `images` of any type, and their parameters as `draw_parameters` returns them. With mixup also `mixup`,
        the shares (image,); the images and all parameters then have the axes (image, 2, …), for pairs of images.
        """
        drawn = {name: ops.convert_to_tensor(values) for name, values in inputs.items() if name != MIXUP}
        images = drawn.pop(IMAGES)
        if MIXUP not in inputs:
            return self._changed(images, drawn)
        flat = {name: _without_pairs(values) for name, values in drawn.items()}
        changed = self._changed(_without_pairs(images), flat)
        return blend(ops.reshape(changed, (-1, *images.shape[1:])), ops.convert_to_tensor(inputs[MIXUP]))

    def masks(self, numbers: Tensor, inputs: Drawn, background: int) -> Tensor:
        """Return masks that are moved like their images. No pixel gets a number that is neither in its mask nor
        `background`, which is outside the mask with `fill = constant`.

        Input and output: class numbers (image, [depth,] height, width). The inputs are those of `images`, no pairs.
        """
        places = {name: ops.convert_to_tensor(inputs[name]) for name in ("matrix", "elastic") if name in inputs}
        return self._move_mask(ops.convert_to_tensor(numbers)[..., None], places, background)[..., 0]

    def _changed(self, images: Tensor, drawn: Drawn) -> Tensor:
        if not self.augment.intensity:
            return self._whole(images, drawn)
        values = stretch(self._before(images, drawn), *map(float, self.augment.intensity))
        return self._after(values, drawn)

    def _change_all(self, images: Tensor, drawn: Drawn) -> Tensor:
        return self._change(self._move_and_blur(images, drawn), drawn)

    def _move_and_blur(self, images: Tensor, drawn: Drawn) -> Tensor:
        """Move images. If other changes follow, scale their values to 0 to 1 and blur them."""
        images = move_images(images, drawn, self.augment.fill, self.pixels.low)
        if not self.augment.changes_values:
            return images
        values = (images - self.pixels.low) / (self.pixels.high - self.pixels.low)
        if self.pixels.clips:
            values = ops.clip(values, 0.0, 1.0)
        return blur(values, drawn["blur"]) if self.augment.blur else values

    def _change(self, values: Tensor, drawn: Drawn) -> Tensor:
        """Change values from 0 to 1, scale them back, and erase rectangles."""
        low, high = self.pixels.low, self.pixels.high
        if self.augment.changes_values:
            values = change_values(values, self.augment, drawn) * (high - low) + low
        return erase(values, drawn["erase"], low) if self.augment.erase else values

    def _nearest(self, numbers: Tensor, places: Drawn, background: int) -> Tensor:
        return move_images(numbers, places, self.augment.fill, background, nearest=True)


def _without_pairs(values: Tensor) -> Tensor:
    """Join the axes (image, 2) to one."""
    return ops.reshape(values, (-1, *values.shape[2:]))


def _compiled(change: Change) -> Change:
    if keras.backend.backend() != "tensorflow":
        return change
    import tensorflow as tf

    compiled: Change = tf.function(change, jit_compile=True)
    return compiled
