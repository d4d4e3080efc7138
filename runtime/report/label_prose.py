"""Writes how well a multi-label classifier finds the labels as sentences."""

from collections.abc import Iterator
from math import isfinite

from .label_findings import LabelQuality
from .number_format import number
from .statement import UNDECIDED, Statement


def describe_labels(quality: LabelQuality) -> Iterator[Statement]:
    """Return the statements about the predicted labels."""
    yield _quality(quality)
    yield _against_chance(quality)
    if quality.hardest:
        name, area = quality.hardest
        answer = f"Its AUC is {number(area)}. Whether another label is as hard is not tested."
        yield Statement("Which label is found worst?", name, answer)
    if quality.never:
        answer = "No image is predicted to have these labels, although some have them."
        yield Statement("Which labels are never predicted?", ", ".join(quality.never), answer)
    if quality.unknown:
        answer = "All images of the part have these labels, or none, so they have no AUC."
        yield Statement("Which labels could not be measured?", ", ".join(quality.unknown), answer)


def _quality(quality: LabelQuality) -> Statement:
    optimistic = " The best epoch was chosen on the same images, so the true value may be slightly lower."
    images = f"1 {quality.part} image" if quality.images == 1 else f"{quality.images} {quality.part} images"
    area = f"AUC {number(quality.auc)}" if isfinite(quality.auc) else ""
    start = f"The mean AUC of the labels is {number(quality.auc)} on {images}{_interval(quality)}. " if area else ""
    return Statement(
        "How good is it?",
        area,
        f"{start}All labels are right for {quality.exact} of {images}. The effect of the seed is not known from one "
        "training run." + (optimistic if quality.part == "validation" else ""),
    )


def _interval(quality: LabelQuality) -> str:
    if quality.interval is None:
        return ""
    low, high = map(number, quality.interval)
    return f"; the 95% interval is {low} to {high}"


def _against_chance(quality: LabelQuality) -> Statement:
    question = "Is it better than chance?"
    if quality.interval is None:
        return Statement(question, UNDECIDED, "There are too few images, or too few with and without a label.")
    low, high = quality.interval
    short = "Yes" if low > 0.5 else "No, it is worse" if high < 0.5 else UNDECIDED
    includes = "excludes" if low > 0.5 or high < 0.5 else "includes"
    answer = f"Scores without any information have an AUC of 0.5; the interval of the mean {includes} this value."
    return Statement(question, short, answer)
