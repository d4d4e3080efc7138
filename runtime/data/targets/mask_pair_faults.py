"""Reports images and masks that do not belong together, and proposes the `mask_name` with which they would."""

from collections import Counter
from collections.abc import Iterator, Sequence
from os.path import commonprefix

from ....compiler.expressions.values import show
from ....compiler.sections import Data, FilenamePattern
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ..shown import counted, first_few
from ..sources.mask_naming import MaskNaming, NamedAfter, SamePart, stem_of
from .mask_pairs import Pairing, Paths, pair

SAMPLE = 40  # masks whose names are examined for a proposal
PATTERNS = ("^([0-9]+)", "([0-9]+)")  # that image and mask may have in common


def check_pairs(
    found: Pairing, names: tuple[Sequence[str], Sequence[str]], paths: tuple[Paths, Paths], data: Data
) -> None:
    """Check that each image has its masks, and each mask its image.

    Input: `names`, those of the images and of the masks as the user knows them; `paths`, their absolute paths.

    Raises:
        LabError: with a diagnostic for each kind of fault.
    """
    if not found.faults:
        return
    images, masks = names
    help = _help(found, paths)
    diagnostics = [*_lonely(found, images, masks, data, help)]
    if found.several:
        lines = [f"{images[image]}: {', '.join(masks[one] for one in several[:4])}" for image, several in found.several]
        message = f"{counted(len(found.several), 'image')} with several masks"
        joined = 'remove the others; or write a `*` at the end, as in `mask_name = "{stem}_mask*"`, to join the masks'
        diagnostics.append(_diagnostic(message, data, help or joined, lines))
    if found.shared:
        lines = [
            f"{masks[several[0]]}: {', '.join(images[one] for one in group[:4])}" for group, several in found.shared
        ]
        message = f"{counted(len(found.shared), 'mask')} that may belong to several images"
        diagnostics.append(_diagnostic(message, data, help or "give each image a mask with its name", lines))
    raise LabError(diagnostics)


def _lonely(
    found: Pairing, images: Sequence[str], masks: Sequence[str], data: Data, help: str | None
) -> Iterator[Diagnostic]:
    """Yield a diagnostic about images without a mask and masks without an image, if there are any."""
    without_mask = [images[index] for index in found.without_mask]
    without_image = [masks[index] for index in found.without_image]
    parts = []
    if without_mask:
        parts.append(f"{len(without_mask)} of {counted(len(images), 'image')} without a mask")
    if without_image:
        parts.append(f"{len(without_image)} of {counted(len(masks), 'mask')} without an image")
    if not parts:
        return
    lines = [*_listed("images", without_mask), *_listed("masks", without_image)]
    if not help and not without_image:
        help = "every image needs a mask; one without any class has a mask that is all background"
    if not help and not without_mask:
        help = "remove these masks, or choose the others with a pattern, `masks = files(…)`"
    default = "the mask of an image has its name; if it has another, say so with `mask_name`"
    yield _diagnostic(", ".join(parts), data, help or default, lines)


def _listed(what: str, names: Sequence[str]) -> list[str]:
    shown = first_few(sorted(names))
    return [f"{what}: {', '.join(shown)}"] if shown else []


def _diagnostic(message: str, data: Data, help: str, lines: Sequence[str]) -> Diagnostic:
    place = data.place("mask_name" if data.is_given("mask_name") else "masks")
    return Diagnostic(Code.MASK_PAIRS, message, place, help=help, notes=first_few(lines))


def _help(found: Pairing, paths: tuple[Paths, Paths]) -> str | None:
    """Return the proposal of another name, or what the folders must be; None if neither is known to help."""
    for naming, written in _proposals(found, *paths):
        if not pair(*paths, naming).faults:
            return f"write `mask_name = {written}`: then each image has its mask"
    if found.folders_differ:
        return "several files have the same name: then image and mask must be in folders with the same names"
    return None


def _proposals(found: Pairing, images: Paths, masks: Paths) -> Iterator[tuple[MaskNaming, str]]:
    """Yield the namings that may be meant, with their texts in a file."""
    several = [index for _, group in found.several for index in group]
    chosen = [*(masks[index] for index in [*found.without_image, *several][:SAMPLE]), *masks[:SAMPLE]]
    for naming in _affixes({stem_of(path.name) for path in images}, chosen):
        yield naming, show(naming.text)
    for pattern in PATTERNS:
        yield SamePart(FilenamePattern(pattern=pattern)), f'filename("{pattern}")'


def _affixes(stems: set[str], masks: Paths) -> Iterator[NamedAfter]:
    """Yield what stands before and after the name of an image in the names of masks, the most frequent first."""
    pairs = Counter(pair for path in masks if (pair := _around(stem_of(path.name), stems)))
    for (before, after), _ in pairs.most_common(2):
        yield NamedAfter(before, after)
    if pairs:
        before = pairs.most_common(1)[0][0][0]
        common = commonprefix([after for _, after in pairs])  # noqa: RUF071 - of characters, as is meant here
        if common:
            yield NamedAfter(before, common, joins=True)


def _around(mask: str, stems: set[str]) -> tuple[str, str] | None:
    """Return what stands before and after the longest name of an image in the name of a mask."""
    for length in range(len(mask), 0, -1):
        for start in range(len(mask) - length + 1):
            if mask[start : start + length] in stems:
                return mask[:start], mask[start + length :]
    return None
