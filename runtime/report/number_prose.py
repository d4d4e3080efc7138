"""Writes how well a regression predicts the numbers as sentences."""

from collections.abc import Iterator

from ...grammar.terminal_text import printable
from .mean_interval import Interval
from .number_findings import NumberQuality
from .number_format import number
from .statement import UNDECIDED, Statement


def describe_numbers(quality: NumberQuality) -> Iterator[Statement]:
    """Return the statements about the predicted numbers."""
    unit = f" {quality.unit}" if quality.unit else ""
    yield _quality(quality, unit)
    yield _against_median(quality, unit)
    yield _bias(quality, unit)


def _quality(quality: NumberQuality, unit: str) -> Statement:
    file, truth, prediction = quality.worst
    images = f"1 {quality.part} image" if quality.images == 1 else f"{quality.images} {quality.part} images"
    between = f"; its 95% interval is {_range(quality.interval, unit)}" if quality.interval else ""
    optimistic = " The best epoch was chosen on the same images, so the true error may be slightly larger."
    return Statement(
        "How good is it?",
        f"off by {number(quality.error)}{unit}",
        f"The mean absolute error of {images} is {number(quality.error)}{unit}{between}. The largest error is that of "
        f"{printable(file)}: {number(prediction)} instead of {number(truth)}{unit}. The effect of the seed is not "
        "known from one training run." + (optimistic if quality.part == "validation" else ""),
    )


def _against_median(quality: NumberQuality, unit: str) -> Statement:
    question = "Is it better than always predicting the median?"
    start = f"Always predicting the median of these images would be off by {number(quality.baseline)}{unit} on average"
    if quality.gain is None:
        return Statement(question, UNDECIDED, f"{start}; there are too few images for a comparison.")
    short = {"better": "Yes", "worse": "No, it is worse", "no difference": UNDECIDED}[quality.verdict]
    end = "which includes 0" if quality.verdict == "no difference" else "which excludes 0"
    between = f"the 95% interval of the mean difference in the same image is {_range(quality.gain, unit)}, {end}"
    return Statement(question, short, f"{start}; {between}.")


def _bias(quality: NumberQuality, unit: str) -> Statement:
    question = "Are the predictions too large or too small on average?"
    if quality.bias_interval is None:
        return Statement(question, UNDECIDED, "There are too few images.")
    low, high = quality.bias_interval
    short = "Not measurably" if low <= 0 <= high else "Too large" if low > 0 else "Too small"
    answer = f"The mean of prediction minus truth is {number(quality.bias)}{unit}; its 95% interval is "
    return Statement(question, short, f"{answer}{_range(quality.bias_interval, unit)}.")


def _range(interval: Interval, unit: str) -> str:
    return f"{number(interval[0])} to {number(interval[1])}{unit}"
