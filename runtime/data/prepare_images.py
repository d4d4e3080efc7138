"""Reads and resizes the images of a data set, one after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from ...compiler.sections import Data
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.terminal_text import printable
from .decode import quiet_decoders
from .events import DataEvents
from .image_limits import NotAnImage
from .parallel import in_order
from .pixels import StoredImage, Values
from .resize import prepare
from .shown import counted, first_few
from .sources import Source
from .stored_values import StoredValues, ValueCounter, measure

_TYPES = [np.dtype(one) for one in (np.uint8, np.uint16, np.float32)]  # each can hold the values of those before it


@dataclass(frozen=True, eq=False)
class _Prepared:
    """A resized image, and the type and the range of its values before resizing."""

    image: Values
    dtype: str
    low: float
    high: float


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
    """Read the images of a source at the given indices, and resize them, with all processors.

    `observe` gets the index of each image and the image as it is stored; several threads call it.

    Output: the stored values after resizing (image, height, width, channel), and their types and range before it.

    Raises:
        LabError: if images cannot be read; the diagnostic names them.
    """
    images: Values = np.empty((len(indices), *data.image), np.uint8)
    values = ValueCounter()
    unreadable: list[str] = []

    def read(index: int) -> _Prepared | NotAnImage:
        try:
            stored = source.read(index)
            image = prepare(stored.pixels, data.image, data.resize, margin(data))
        except NotAnImage as reason:
            return reason
        if observe:
            observe(index, stored)
        return _Prepared(image, *measure(stored.pixels))

    # The arrays are small: with several BLAS threads, a busy machine waits longer for the threads than it computes.
    with quiet_decoders(), threadpool_limits(limits=1, user_api="blas"):
        for position, found in enumerate(in_order(read, indices)):
            if isinstance(found, NotAnImage):
                unreadable.append(f"{printable(source.names[indices[position]])}: {found}")
            else:
                images = _widened(images, found.image)
                images[position] = found.image
                values.add(found.dtype, found.low, found.high)
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
    help = "repair or remove these files; labc does not skip images"
    place = data.place(next(iter(data.sources)))
    message = f"{counted(len(files), 'image')} cannot be read"
    return Diagnostic(Code.UNREADABLE_IMAGE, message, place, help=help, notes=first_few(sorted(files)))
