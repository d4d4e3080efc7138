"""Writes how well a segmentation model marks the classes as sentences."""

from collections.abc import Iterator

from ...grammar.terminal_text import printable
from .mask_findings import MaskQuality
from .number_format import number
from .statement import UNDECIDED, Statement


def describe_masks(quality: MaskQuality) -> Iterator[Statement]:
    """Return the statements about the predicted masks."""
    yield _quality(quality)
    yield _against_everything(quality)
    if quality.hardest:
        worse, better = quality.hardest
        answer = (
            f"Its mean Dice index is the smallest; the difference to {better}, the next one, is larger than chance."
        )
        yield Statement("Which class is marked worst?", worse, answer)


def _quality(quality: MaskQuality) -> Statement:
    file, lowest = quality.worst
    optimistic = " The best epoch was chosen on the same images, so the true index may be slightly lower."
    return Statement(
        "How good is it?",
        f"Dice {number(quality.dice)}",
        f"The mean Dice index of {_images(quality)} is {number(quality.dice)}{_spread(quality)}. The lowest is "
        f"{number(lowest)} ({printable(file)}). The effect of the seed is not known from one training run."
        + (optimistic if quality.part == "validation" else "")
        + (f" Not marked in any image: {', '.join(quality.empty)}." if quality.empty else ""),
    )


def _images(quality: MaskQuality) -> str:
    return f"1 {quality.part} image" if quality.images == 1 else f"{quality.images} {quality.part} images"


def _spread(quality: MaskQuality) -> str:
    if quality.interval is None:
        return ""
    low, high = map(number, quality.interval)
    return (
        f", with a standard deviation of {number(quality.deviation)}; the 95% interval of the mean is {low} to {high}"
    )


def _against_everything(quality: MaskQuality) -> Statement:
    question = "Is it better than marking every pixel?"
    start = f"Marking every pixel would give a mean Dice index of {number(quality.baseline)}"
    if quality.gain is None:
        return Statement(question, UNDECIDED, f"{start}; there are too few images for a comparison.")
    short, low, high = {
        "better": ("Yes", *quality.gain),
        "worse": ("No, it is worse", *quality.gain),
        "no difference": (UNDECIDED, *quality.gain),
    }[quality.verdict]
    end = "which includes 0" if quality.verdict == "no difference" else "which excludes 0"
    return Statement(
        question,
        short,
        f"{start}; the 95% interval of the mean difference in the same image is {number(low)} to {number(high)}, "
        f"{end}.",
    )
