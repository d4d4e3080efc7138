"""Reports masks that cannot be used, with one diagnostic for each kind of fault."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ....compiler.sections import Data
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ....grammar.diagnostics.suggest import listing
from ....grammar.terminal_text import printable
from ..shown import SHOWN, counted, first_few
from .mask_coding import MaskCoding
from .stored_mask import Kind, MaskFault


@dataclass(frozen=True)
class _Text:
    code: Code
    message: str
    """What follows the number of masks."""
    help: str
    what: str = "mask"


_TEXTS = {
    Kind.UNREADABLE: _Text(
        Code.UNREADABLE_IMAGE, "that cannot be read", "repair or remove these files; labc does not skip masks"
    ),
    Kind.SIZE: _Text(
        Code.MASK_SIZE,
        "of another size than the image",
        "a mask must have the height and the width of its image, before both are resized; if a tag turns the image and "
        "not its mask, use `orientation = ignore`",
    ),
    Kind.COLOURS: _Text(
        Code.MASK_VALUES,
        "in colour, whose channels differ",
        "a mask has one value for each pixel: write it as a grey image, with a value for each class",
    ),
    Kind.DECIMALS: _Text(
        Code.MASK_VALUES, "with decimal values", "a mask has whole numbers: the values that `mask_values` lists, and 0"
    ),
    Kind.SIGNED: _Text(
        Code.MASK_VALUES,
        "whose type has no middle grey",
        "list the values of the classes, for example `mask_values = [1]`",
    ),
    Kind.LOSSY: _Text(
        Code.MASK_VALUES,
        "in JPEG files, which do not keep values",
        "write the masks as PNG files; with one class, leave `mask_values` out: then every pixel lighter than middle "
        "grey has the class",
    ),
    Kind.OVERLAP: _Text(
        Code.MASK_VALUES,
        "whose masks give a pixel two classes",
        "masks of an image that are joined must not overlap, or must have the same class there",
        what="image",
    ),
}


@dataclass
class FoundFaults:
    """Collects the faults of one mask after the other."""

    data: Data
    coding: MaskCoding
    lines: dict[Kind, list[str]] = field(default_factory=lambda: defaultdict(list))
    values: dict[Kind, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, mask: str, fault: MaskFault) -> None:
        """Add a fault of a mask, which has this name."""
        self.lines[fault.kind].append(f"{printable(mask)}: {fault}" if str(fault) else printable(mask))
        self.values[fault.kind].update(fault.values)

    def raise_if_any(self) -> None:
        """Raise LabError if there is a fault."""
        if self.lines:
            raise LabError([self._diagnostic(kind, sorted(lines)) for kind, lines in self.lines.items()])

    def _diagnostic(self, kind: Kind, lines: Sequence[str]) -> Diagnostic:
        data = self.data
        count = counted(len(lines), "mask")
        place = data.place("mask_values" if data.is_given("mask_values") and kind in _ABOUT_VALUES else "masks")
        if kind in _TEXTS:
            text = _TEXTS[kind]
            message = f"{counted(len(lines), text.what)} {text.message}"
            return Diagnostic(text.code, message, place, help=text.help, notes=first_few(lines))
        values = self.values[kind]
        if kind is Kind.DARK:
            message = f"{count} without a pixel lighter than middle grey, which would be empty"
            help = _dark_help(values)
        else:
            message = f"{count} with values that are no class"
            help = self._unlisted_help(values)
        notes = (f"values: {_shown(values)}", *first_few(lines))
        return Diagnostic(Code.MASK_VALUES, message, place, help=help, notes=notes)

    def _unlisted_help(self, values: Mapping[int, int]) -> str:
        coding = self.coding
        meant = [f"{value} is `{coding.names[number]}`" for number, value in enumerate(coding.values[:SHOWN])]
        meant += ["0 is the background"] if coding.background == len(coding.names) else []
        many = "; values between those of the classes come from resizing, or from JPEG" if len(values) > SHOWN else ""
        return f"list the class of each value in `classes` and `mask_values`; now {', '.join(meant)}{many}"


_ABOUT_VALUES = (Kind.LOSSY, Kind.UNLISTED)


def _dark_help(values: Mapping[int, int]) -> str:
    above = [value for value in values if value]
    if len(above) == 1:
        return f"write `mask_values = {above}`, so that the value {above[0]} is the class"
    return "list the value of each class in `mask_values`, and the names of the classes in `classes`"


def _shown(values: Mapping[int, int]) -> str:
    """Return values with their numbers of pixels, the most frequent first."""
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    more = f" and {len(ordered) - SHOWN} more" if len(ordered) > SHOWN else ""
    return ", ".join(f"{value} ({counted(count, 'pixel')})" for value, count in ordered[:SHOWN]) + more


def missing_classes(data: Data, counts: Mapping[str, int], part: str) -> Diagnostic | None:
    """Return an error if a class occurs in no mask of a part; `counts` are numbers of images by the class."""
    empty = [name for name in data.class_names if not counts[name]]
    if not empty:
        return None
    message = f"{'class that occurs' if len(empty) == 1 else 'classes that occur'} in no mask{part}: {listing(empty)}"
    place = data.place(next(name for name in ("mask_values", "classes", "masks", "source") if data.is_given(name)))
    help = "look at the masks with `labc data`, and leave out a class that does not occur"
    return Diagnostic(Code.EMPTY_CLASS, message, place, help=help)
