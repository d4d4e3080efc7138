"""The number of images in each part: training, validation and test."""

import math

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..expressions.values import Percent, show
from ..sections import Data, Phantom, Split

PARTS = ("train", "validation", "test")


class SplitError(Exception):
    """A split that is not possible. `part` is the part whose setting is wrong, None if that is not known."""

    def __init__(self, message: str, part: str | None = None, help: str | None = None) -> None:
        super().__init__(message)
        self.part, self.help = part, help


def split_diagnostic(data: Data, error: SplitError) -> Diagnostic:
    """Return the diagnostic for a split that is not possible, at the location of the wrong part's setting."""
    place = data.split.place(error.part) if error.part else data.place("split")
    return Diagnostic(Code.SPLIT, str(error), place, help=error.help)


def images_of(data: Data) -> int | None:
    """Return the number of images that `split` or `folds` divide; None if it is not known before reading them."""
    source = data.source or data.train
    return source.images if isinstance(source, Phantom) else None


def known_sizes(data: Data) -> dict[str, int]:
    """Return the number of images in each part; an empty dict if it is not known before reading the images.

    With `folds` these are the numbers of the smallest training and validation parts. Where `train` and `validation`
    have their own sources, only the number of training images is returned.

    Raises:
        SplitError: if a part has too few images, or the parts need more images than there are.
    """
    images, classes = images_of(data), 0 if data.has_masks else len(data.classes)
    if data.split.table:
        return {}
    if data.train and data.validation:
        return {} if images is None else {"train": images}
    if data.folds:
        return {} if images is None else fold_sizes(data.split, data.folds, images, classes)
    return part_sizes(data.split, images, classes)


def fold_sizes(split: Split, folds: int, images: int, classes: int) -> dict[str, int]:
    """Return the sizes of the smallest parts of cross-validation, which divides the images without the test part.

    Raises:
        SplitError: if the test part has too few images, or leaves none.
    """
    test = _count(split.test or 0, images)
    rest = images - test
    if rest < 1:
        raise SplitError(f"`test` must be less than the number of images ({images}), but is {test}", "test")
    _check_stratified({"test": test}, classes, split)
    return {"train": rest - -(-rest // folds), "validation": rest // folds, "test": test}


def part_sizes(split: Split, images: int | None, classes: int) -> dict[str, int]:
    """Return the number of images in `train`, `validation` and `test`, together at most `images`.

    A percentage is a share of all images, rounded to the nearest integer. If all given parts are percentages, and
    `train` and `validation` are among them, they are rounded together by the method of the largest remainder, so that
    they never need more images than there are. A part that `split` does not give has a default: `train` and
    `validation` get the images that the other parts leave. If neither is given, `validation` gets 20%. `test` is empty.
    If `images` is None, an empty dict is returned, after the checks that need no number.

    Raises:
        SplitError: if a part has too few images, or the parts need more images than there are.
    """
    asked = {part: getattr(split, part) for part in PARTS}
    shares = sum(value for value in asked.values() if isinstance(value, Percent))
    if shares > 1 + 1e-9:
        message = f"the parts must add up to at most 100% of the images, but add up to {shares * 100:g}%"
        raise SplitError(message, _last_given(split))
    for part in ("train", "validation"):
        if asked[part] is not None and not asked[part]:
            raise SplitError(f"`{part}` must have at least one image, but has {show(asked[part])}", part)
    if images is None:
        return {}
    given = {part: value for part, value in asked.items() if value is not None}
    is_shared = {"train", "validation"} <= given.keys() and all(isinstance(one, Percent) for one in given.values())
    sizes = _shared_out(given, images) if is_shared else {part: _count(one, images) for part, one in given.items()}
    sizes.setdefault("test", 0)
    if "validation" not in sizes:
        sizes["validation"] = images - sizes["train"] - sizes["test"] if "train" in sizes else round(0.2 * images)
    sizes.setdefault("train", images - sizes["validation"] - sizes["test"])
    _check(sizes, images, classes, split)
    return {part: sizes[part] for part in PARTS}


def _shared_out(shares: dict[str, float], images: int) -> dict[str, int]:
    """Return the number of images of each share, by the method of the largest remainder.

    The share that is left over counts too. Each number is the share of the images, rounded down or up.
    """
    left_over = max(0.0, 1 - sum(shares.values()))
    # Without the errors of decimal numbers: 29% of 100 images are 28.999999999999996.
    quotas = {part: round(share * images, 6) for part, share in {**shares, "": left_over}.items()}
    sizes = {part: math.floor(quota) for part, quota in quotas.items()}
    by_remainder = sorted(quotas, key=lambda part: sizes[part] - quotas[part])
    for part in by_remainder[: images - sum(sizes.values())]:
        sizes[part] += 1
    return {part: sizes[part] for part in shares}


def _check(sizes: dict[str, int], images: int, classes: int, split: Split) -> None:
    if sizes["train"] < 1 or sizes["validation"] < 1 or sum(sizes.values()) > images:
        given = ", ".join(f"{part} {show(getattr(split, part))}" for part in PARTS if getattr(split, part) is not None)
        asked = given or "a training and a validation part"
        help = "training and validation need at least one image each, and all parts together at most all images"
        raise SplitError(f"cannot take {asked} from {images} images", _last_given(split), help)
    _check_stratified(sizes, classes, split)


def _check_stratified(sizes: dict[str, int], classes: int, split: Split) -> None:
    for part in sizes:
        if split.stratify and 0 < sizes[part] < classes:
            count = "1 image" if sizes[part] == 1 else f"{sizes[part]} images"
            message = f"`{part}` must have at least one image of each of the {classes} classes, but has {count}"
            raise SplitError(message, part, f"give `{part}` more images, or write `stratify = false`")


def _count(value: int | float, images: int) -> int:
    return round(value * images) if isinstance(value, Percent) else int(value)


def _last_given(split: Split) -> str | None:
    given = [part for part in PARTS if getattr(split, part) is not None]
    return given[-1] if given else None
