"""Reads and resizes the images of a data set, one after the other."""

from collections.abc import Callable, Sequence

import numpy as np

from ...compiler.sections import Data
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.terminal_text import printable
from .events import DataEvents
from .image_limits import NotAnImage
from .labels import SHOWN
from .pixels import StoredImage, Values
from .resize import prepare
from .sources import Source
from .stored_values import StoredValues, ValueCounter

_TYPES = [np.dtype(one) for one in (np.uint8, np.uint16, np.float32)]  # each can hold the values of those before it


def margin(data: Data) -> float:
    """Return the stored value that is black."""
    return data.window[0] if data.window else 0


def prepare_images(
    source: Source,
    indices: Sequence[int],
    data: Data,
    events: DataEvents,
    observe: Callable[[int, StoredImage], object] | None = None,
) -> tuple[Values, StoredValues]:
    """Read the images of a source at the given indices, and resize them. `observe` gets each image as it is stored.

    Output: the stored values after resizing (image, height, width, channel), and their types and range before it.

    Raises:
        LabError: if images cannot be read; the diagnostic names them.
    """
    images: Values = np.empty((len(indices), *data.image), np.uint8)
    values = ValueCounter()
    unreadable: list[str] = []
    for position, index in enumerate(indices):
        try:
            stored = source.read(index)
            image = prepare(stored.pixels, data.image, data.resize, margin(data))
            images = _widened(images, image)
            images[position] = image
            values.add(stored.pixels)
            if observe:
                observe(index, stored)
        except NotAnImage as reason:
            unreadable.append(f"{printable(source.names[index])}: {reason}")
        events.images(position + 1, len(indices))
    if unreadable:
        raise LabError([_unreadable(unreadable, data)])
    return images, values.values


def _widened(images: Values, image: Values) -> Values:
    """Return the images with a type that can hold the values of another image too."""
    if _TYPES.index(image.dtype) <= _TYPES.index(images.dtype):
        return images
    return images.astype(np.uint16) if image.dtype == np.uint16 else images.astype(np.float32)


def _unreadable(files: list[str], data: Data) -> Diagnostic:
    count = "1 image" if len(files) == 1 else f"{len(files)} images"
    more = (f"and {len(files) - SHOWN} more",) if len(files) > SHOWN else ()
    notes = (*sorted(files)[:SHOWN], *more)
    help = "repair or remove these files; labc does not skip images"
    place = data.place("source")
    return Diagnostic(Code.UNREADABLE_IMAGE, f"{count} cannot be read", place, help=help, notes=notes)
