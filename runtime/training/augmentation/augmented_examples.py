"""Shows what a training sees of one image: the image after its changes, in several epochs."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ....compiler.backends.scaling import PixelRange
from ....compiler.sections.data.augment import Augment
from ...data.pixels import Bytes, Values
from ...data.targets import Targets
from ..rows import Rows
from .augmentation import Augmentation
from .batches import DrawnEpoch
from .parameters import Parameters, draw_geometry


@dataclass(frozen=True)
class Example:
    """An image ([depth,] height, width, channel) in one epoch, its parameters as lines of text, and its mask if any."""

    image: Values
    caption: str
    mask: Bytes | None


def augmented_examples(
    images: Values | Rows,
    augment: Augment,
    pixels: PixelRange,
    seed: int,
    index: int,
    epochs: int,
    masks: tuple[Rows, int] | None = None,
) -> Iterator[Example]:
    """Yield the image with an index in the training part, as a training with this seed sees it in each epoch.

    Input: the images of the training part as `epoch_batches` gets them; their masks and the number of the background.
    """
    targets: Rows | Targets = masks[0] if masks else np.zeros(len(images), np.float32)
    augmentation = Augmentation(augment, pixels)
    for epoch in range(epochs):
        drawn = DrawnEpoch(images, targets, augment, seed, epoch)
        inputs, numbers = drawn.batch(np.array([index]))
        mask = np.asarray(augmentation.masks(numbers, inputs, masks[1]), np.uint8)[0] if masks else None
        lines = [f"epoch {epoch + 1}", *_lines(drawn, augment, seed, epoch, index)]
        yield Example(np.asarray(augmentation.images(inputs))[0], "\n".join(_joined(lines)), mask)


def _lines(drawn: DrawnEpoch, augment: Augment, seed: int, epoch: int, index: int) -> Iterator[str]:
    """Yield the parameters of an image, in the order of the changes."""
    height, width = drawn.images.shape[-3:-1]
    count = len(drawn.targets)
    geometry = draw_geometry(augment, seed, epoch, count, (height, width))
    one = {name: values[index] for name, values in geometry.items()}
    if augment.rotation:
        yield f"{math.degrees(one['rotation']):+.1f}deg"
    if augment.shift:
        yield "shift {:+.1f} {:+.1f}".format(*one["shift"])
    if augment.shear:
        yield f"shear {math.degrees(one['shear']):+.1f}deg"
    if augment.zoom:
        yield f"size x{1 / one['zoom'][0]:.2f}"
    flipped = [name for name, factor in zip(("vertical", "horizontal"), one["flip"], strict=True) if factor < 0]
    if flipped:
        yield f"flip {'both' if len(flipped) == 2 else flipped[0]}"
    yield from _values({name: values[index : index + 1] for name, values in drawn.parameters.items()}, height * width)
    if drawn.pairs:
        yield f"mixup {drawn.pairs[1][index]:.2f}"


def _values(one: Parameters, pixels: int) -> Iterator[str]:
    """Yield the parameters of the changes of the values of one image."""
    if "elastic" in one:
        yield f"elastic up to {np.abs(one['elastic']).max():.1f}"
    for name, form in (("blur", ".2f"), ("contrast", ".2f"), ("brightness", "+.2f"), ("gamma", ".2f")):
        if name in one:
            yield f"{name} {one[name][0]:{form}}"
    if "erase" in one:
        top, left, bottom, right = one["erase"][0]
        yield f"erase {(bottom - top) * (right - left) / pixels:.0%}"


def _joined(parts: Sequence[str], longest: int = 34) -> list[str]:
    """Join texts to lines of limited length."""
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + 2 + len(part) > longest:
            lines.append(part)
        else:
            lines[-1] += f", {part}"
    return lines
