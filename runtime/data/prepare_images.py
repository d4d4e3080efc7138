"""Reads and resizes the images of a data set, one after the other."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from threadpoolctl import threadpool_limits

from ...compiler.sections import Data
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.terminal_text import printable
from .decoding.decode import quiet_decoders
from .decoding.image_limits import NotAnImage
from .events import DataEvents
from .parallel import in_order
from .pixels import StoredImage, Values
from .resize import prepare
from .shown import counted, first_few
from .sources import Source
from .stored_values import StoredValues, ValueCounter, measure


@dataclass(frozen=True, eq=False)
class _Prepared:
    """A resized image, and the type and the range of its values before resizing."""

    image: Values
    dtype: str
    low: float
    high: float
    note: str


def margin(data: Data) -> float:
    """Return the stored value that is black."""
    return data.window[0] if data.window else 0


def prepare_images(
    source: Source,
    indices: Sequence[int],
    data: Data,
    events: DataEvents,
    keep: Callable[[Values], object],
    observe: Callable[[int, StoredImage], object] | None = None,
) -> StoredValues:
    """Read the images of a source at the given indices, and resize them, with all processors.

    `keep` gets the stored values of each image after resizing (height, width, channel), in the order of the indices.
    `observe` gets the index of each image and the image as it is stored; several threads call it.

    Output: the types and the range of the stored values before resizing.

    Raises:
        LabError: if images cannot be read; the diagnostic names them.
    """
    values = ValueCounter()
    unreadable: list[str] = []
    notes = Counter[str]()

    def read(index: int) -> _Prepared | NotAnImage:
        try:
            stored = source.read(index)
            image = prepare(stored.pixels, data.image, data.resize, margin(data))
        except NotAnImage as reason:
            return reason
        if observe:
            observe(index, stored)
        return _Prepared(image, *measure(stored.pixels), stored.note)

    # The arrays are small: with several BLAS threads, a busy machine waits longer for the threads than it computes.
    with quiet_decoders(), threadpool_limits(limits=1, user_api="blas"):
        for position, found in enumerate(in_order(read, indices)):
            if isinstance(found, NotAnImage):
                unreadable.append(f"{printable(source.names[indices[position]])}: {found}")
            elif not unreadable:
                keep(found.image)
                values.add(found.dtype, found.low, found.high)
                notes.update([found.note] if found.note else [])
            events.images(position + 1, len(indices))
    if unreadable:
        raise LabError([_unreadable(unreadable, data)])
    for note, count in notes.items():
        events.note(f"{counted(count, 'image')}: {note}")
    return values.values


def _unreadable(files: list[str], data: Data) -> Diagnostic:
    help = "repair or remove these files; labc does not skip images"
    place = data.place(next(iter(data.sources)))
    message = f"{counted(len(files), 'image')} cannot be read"
    return Diagnostic(Code.UNREADABLE_IMAGE, message, place, help=help, notes=first_few(sorted(files)))
