"""The number of images in each part."""

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..expressions.values import Percent, show
from ..sections import Data, Phantom, Split

PARTS = ("train", "validation", "test")


class SplitError(Exception):
    """The parts do not fit; `part` is the one to change."""

    def __init__(self, message: str, part: str | None = None, help: str | None = None) -> None:
        super().__init__(message)
        self.part, self.help = part, help


def split_diagnostic(data: Data, error: SplitError) -> Diagnostic:
    """The diagnostic of parts that do not fit, at the setting of the part."""
    place = data.split.place(error.part) if error.part else data.place("split")
    return Diagnostic(Code.SPLIT, str(error), place, help=error.help)


def images_of(data: Data) -> int | None:
    """The number of images that `split` or `folds` divide, as far as it is known before they are read."""
    source = data.source or data.train
    return source.images if isinstance(source, Phantom) else None


def known_sizes(data: Data) -> dict[str, int]:
    """The number of images in each part as far as it is known before they are read.

    Raises:
        SplitError: as `part_sizes`.
    """
    images, classes = images_of(data), 0 if data.has_masks else len(data.classes)
    if data.train and data.validation:
        return {} if images is None else {"train": images}
    if data.folds:
        return {} if images is None else _fold_sizes(data.split, data.folds, images, classes)
    return part_sizes(data.split, images, classes)


def _fold_sizes(split: Split, folds: int, images: int, classes: int) -> dict[str, int]:
    """The smallest parts of the trainings on all folds but one, which divide evenly what `test` leaves."""
    test = _count(split.test or 0, images)
    rest = images - test
    if rest < 1:
        raise SplitError(f"`test` leaves none of the {images} images", "test")
    _check_stratified({"test": test}, classes, split)
    return {"train": rest - -(-rest // folds), "validation": rest // folds, "test": test}


def part_sizes(split: Split, images: int | None, classes: int) -> dict[str, int]:
    """The number of images in `train`, `validation` and `test`, together at most `images`.

    Percentages are of all images, rounded to the nearest integer. Without `train` it gets what the others leave;
    without `validation` it gets what the others leave, or 20% if `train` is left out as well; without `test` there is
    none. With `images` None only what does not depend on the number is checked.

    Raises:
        SplitError: if there is too little for a part, or more is asked for than there is.
    """
    asked = {part: getattr(split, part) for part in PARTS}
    shares = sum(value for value in asked.values() if isinstance(value, Percent))
    if shares > 1 + 1e-9:
        raise SplitError(f"the parts add up to {shares * 100:g}% of the images", _last_given(split))
    for part in ("train", "validation"):
        if asked[part] is not None and not asked[part]:
            raise SplitError(f"`{part}` needs at least one image", part)
    if images is None:
        return {}
    sizes = {part: _count(value, images) for part, value in asked.items() if value is not None}
    sizes.setdefault("test", 0)
    if "validation" not in sizes:
        sizes["validation"] = images - sizes["train"] - sizes["test"] if "train" in sizes else round(0.2 * images)
    sizes.setdefault("train", images - sizes["validation"] - sizes["test"])
    _check(sizes, images, classes, split)
    return {part: sizes[part] for part in PARTS}


def _check(sizes: dict[str, int], images: int, classes: int, split: Split) -> None:
    if sizes["train"] < 1 or sizes["validation"] < 1 or sum(sizes.values()) > images:
        given = ", ".join(f"{part} {show(getattr(split, part))}" for part in PARTS if getattr(split, part) is not None)
        asked = f"{given} cannot be taken" if given else "two parts cannot be taken"
        help = "every part needs an image, and together they can have no more than there are"
        raise SplitError(f"{asked} from {images} images", _last_given(split), help)
    _check_stratified(sizes, classes, split)


def _check_stratified(sizes: dict[str, int], classes: int, split: Split) -> None:
    for part in sizes:
        if split.stratify and 0 < sizes[part] < classes:
            count = "1 image" if sizes[part] == 1 else f"{sizes[part]} images"
            message = f"`{part}` has {count}, fewer than the {classes} classes"
            raise SplitError(message, part, "give it more, or write `stratify = false`")


def _count(value: int | float, images: int) -> int:
    return round(value * images) if isinstance(value, Percent) else int(value)


def _last_given(split: Split) -> str | None:
    given = [part for part in PARTS if getattr(split, part) is not None]
    return given[-1] if given else None
