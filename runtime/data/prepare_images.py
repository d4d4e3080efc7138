"""Reads and resizes the images of a data set, one after the other."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

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

Observe = Callable[[int, StoredImage], object]


@dataclass(frozen=True, eq=False)
class _Prepared:
    """A resized image, and the type and the range of its values before resizing."""

    image: Values
    dtype: str
    low: float
    high: float
    note: str


@dataclass
class _Findings:
    """What is known of the images until now, besides their pixels."""

    values: ValueCounter = field(default_factory=ValueCounter)
    notes: Counter[str] = field(default_factory=Counter)
    unreadable: dict[str, NotAnImage] = field(default_factory=dict)
    """The reason for each image that cannot be read, by its name."""

    def add(self, found: _Prepared) -> None:
        """Add an image that was read."""
        self.values.add(found.dtype, found.low, found.high)
        self.notes.update([found.note] if found.note else [])


def margin(data: Data) -> float:
    """Return the stored value that is black."""
    return data.window[0] if data.window else 0


def prepare_images(
    source: Source,
    indices: Sequence[int],
    data: Data,
    events: DataEvents,
    keep: Callable[[Values], object],
    observe: Observe | None = None,
) -> StoredValues:
    """Read the images of a source at the given indices, and resize them, with all processors.

    `keep` gets the stored values of each image after resizing (height, width, channel), in the order of the indices.
    `observe` gets the index of each image and the image as it is stored; several threads call it.

    Output: the types and the range of the stored values before resizing.

    Raises:
        LabError: if images cannot be read; the diagnostic names them.
    """
    findings = _Findings()
    # The arrays are small: with several BLAS threads, a busy machine waits longer for the threads than it computes.
    with quiet_decoders(), threadpool_limits(limits=1, user_api="blas"):
        for position, found in enumerate(in_order(partial(_read, source, data, observe), indices)):
            if isinstance(found, NotAnImage):
                findings.unreadable[printable(source.names[indices[position]])] = found
            elif not findings.unreadable:
                keep(found.image)
                findings.add(found)
            events.images(position + 1, len(indices))
    if findings.unreadable:
        raise LabError([_unreadable(findings.unreadable, data)])
    for note, count in findings.notes.items():
        events.note(f"{counted(count, 'image')}: {note}")
    return findings.values.values


def _read(source: Source, data: Data, observe: Observe | None, index: int) -> _Prepared | NotAnImage:
    """Return a resized image, or the reason why it cannot be read."""
    try:
        stored = source.read(index)
        image = prepare(stored.pixels, data.image, data.resize, margin(data))
    except NotAnImage as reason:
        return reason
    if observe:
        observe(index, stored)
    return _Prepared(image, *measure(stored.pixels), stored.note)


def _unreadable(reasons: Mapping[str, NotAnImage], data: Data) -> Diagnostic:
    helps = {reason.help for reason in reasons.values()}
    help = (helps.pop() if len(helps) == 1 else None) or "repair or remove these files; labc does not skip images"
    message = f"{counted(len(reasons), 'image')} cannot be read"
    notes = first_few(sorted(f"{name}: {reason}" for name, reason in reasons.items()))
    return Diagnostic(Code.UNREADABLE_IMAGE, message, data.place(next(iter(data.sources))), help=help, notes=notes)
