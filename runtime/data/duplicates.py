"""Images with the same content: those in two parts or with two targets are reported, refused or dropped."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ...compiler.schema.task_kind import TaskKind
from ...compiler.sections import Data
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.source import Span
from .shown import SHOWN, counted, first_few
from .sources import Source
from .targets import ImageTargets

TARGETS = {
    TaskKind.CLASSIFICATION: ("class", "in two classes"),
    TaskKind.MULTI_LABEL: ("set of labels", "with different labels"),
    TaskKind.REGRESSION: ("number", "with different numbers"),
    TaskKind.SEGMENTATION: ("mask", "with different masks"),
}
"""What an image has by the task, and how the pairs of images are described in which it differs."""


def repeated_images(data: Data, source: Source, targets: ImageTargets) -> set[int]:
    """Return the indices of the images that `duplicates = drop` leaves out, an empty set for its other values.

    Of images with the same content, the first in the order of the names stays.

    Raises:
        LabError: if images with the same content have different targets.
    """
    if data.duplicates != "drop":
        return set()
    repeated = _same_images(source, range(len(source.names)))
    pairs = [
        _pair(source, first, other, targets.describe(first), targets.describe(other))
        for first, *others in repeated
        for other in others
        if targets.key(first) != targets.key(other)
    ]
    if pairs:
        what, _ = TARGETS[data.task]
        message = f"{counted(len(pairs), 'image')} cannot be dropped: the same image has another {what} too"
        help = f"find out which {what} is right, and remove the other file"
        raise LabError([Diagnostic(Code.SAME_IMAGES, message, _place(data), help=help, notes=first_few(pairs))])
    return {other for _, *others in repeated for other in others}


def dropped_note(source: Source, dropped: Iterable[int]) -> tuple[str, ...]:
    """Return a sentence about the images that are dropped; nothing if there are none."""
    names = sorted((source.names[index] for index in dropped), key=os.fsencode)
    if not names:
        return ()
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return (f"dropped {counted(len(names), 'image')} that repeat others: {', '.join(names[:SHOWN])}{more}",)


def repeated_pairs(source: Source, targets: ImageTargets, parts: Mapping[str, Sequence[int]]) -> list[tuple[int, int]]:
    """Return the pairs of images with the same content that are in two parts or have two targets."""
    place = {index: (part, targets.key(index)) for part, indices in parts.items() for index in indices}
    repeated = _same_images(source, place)
    return [(first, other) for first, *others in repeated for other in others if place[first] != place[other]]


def check_duplicates(
    data: Data,
    source: Source,
    targets: ImageTargets,
    parts: Mapping[str, Sequence[int]],
    found: Sequence[tuple[int, int]],
) -> tuple[Diagnostic, ...]:
    """Return a warning about the pairs that `repeated_pairs` has found, if there are any.

    Raises:
        LabError: if there are any, and `duplicates = refuse`.
    """
    if not found:
        return ()
    place = {index: (part, targets.describe(index)) for part, indices in parts.items() for index in indices}
    pairs = [_pair(source, *pair, *(", ".join(place[index]) for index in pair)) for pair in found]
    is_refused = data.duplicates == "refuse"
    _, differing = TARGETS[data.task]
    message = f"{counted(len(pairs), 'pair')} of identical images in two parts or {differing}"
    may_drop = not is_refused and all(targets.key(one) == targets.key(other) for one, other in found)
    help = "remove one of each pair" + (", or write `duplicates = drop`" if may_drop else "")
    code = Code.SAME_IMAGES if is_refused else Code.DUPLICATES
    diagnostic = Diagnostic(code, message, _place(data), help=help, notes=first_few(pairs))
    if is_refused:
        raise LabError([diagnostic])
    return (diagnostic,)


def _same_images(source: Source, indices: Iterable[int]) -> list[list[int]]:
    """Return the sets of images with the same content, each in the order of the names, if it has more than one."""
    by_content = defaultdict[str, list[int]](list)
    for index in sorted(indices, key=lambda index: os.fsencode(source.names[index])):
        by_content[source.digest(index)].append(index)
    return [same for same in by_content.values() if len(same) > 1]


def _pair(source: Source, first: int, other: int, what: str, other_what: str) -> str:
    return f"{source.names[first]} ({what}) and {source.names[other]} ({other_what})"


def _place(data: Data) -> Span:
    return data.place("duplicates" if data.is_given("duplicates") else next(iter(data.sources)))
