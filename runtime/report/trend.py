"""Finds overfitting and improvement in loss curves, if they are larger than the noise.

A loss fluctuates from epoch to epoch. So single epochs are never compared, but means of `k` consecutive epochs:

    m[e] = mean(v[e-k+1], …, v[e]),        k = max(3, a tenth of the epochs).

The noise of the difference of two such means is estimated from the curve itself: from second differences `D` of means
that are `k - 1` epochs apart. A constant or a straight line in the curve adds nothing to a second difference. The
median of the second differences is robust against the steep start of a curve and against a single bend. Because they
are differences of means, they include fluctuations that are correlated over a few epochs:

    D[e]  = m[e] - 2 m[e-(k-1)] + m[e-2(k-1)]
    noise = 1.4826 median(|D|) sqrt(k / (3k - 4))

The factor 1.4826 converts the median absolute value of a normal variable into its standard deviation. The square root
converts the standard deviation of D into the standard deviation of the difference of two separate means. For values
that vary independently around a straight line with the variance s², Var D is s² (6k - 8) / k², and the variance of the
difference is 2 s² / k. (Differences as an estimate of noise: von Neumann 1941, Ann. Math. Stat. 12:367; Rice 1984,
Ann. Stat. 12:1215.)
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..evaluation.confusion_and_roc import Floats

MIN_EPOCHS = 15
"""The smallest number of epochs. With fewer epochs there are too few second differences to estimate the noise."""

MIN_RISE = 4.0
"""The number of standard errors by which the validation loss must rise in overfitting.

It is larger than 2 for two reasons: the lowest of about ten separate means is selected before the comparison, and the
noise is only an estimate. In simulations of a constant validation loss over 15 to 150 epochs, 1 to 2% of the runs are
wrongly reported as overfitting if the epochs are independent, 2 to 4% if successive epochs have a correlation of 0.5,
and 3 to 16% if it is 0.8.
"""

MIN_FALL = 3.0
"""The number of standard errors by which a loss must fall in an improvement.

It is smaller than MIN_RISE because the two compared means are fixed before the comparison. In the same simulations, at
most 2%, 3% and 6% of the runs are wrongly reported as improving.
"""

# Losses are computed and written in single precision, so smaller relative differences mean nothing.
RESOLUTION = 1e-6

Undecidable = Literal["too few epochs", "not a number", "not measured"]
"""The reason why nothing can be decided from a curve."""


@dataclass(frozen=True)
class Overfitting:
    """Whether the validation loss rose while the training loss kept falling, and from which epoch."""

    verdict: Literal["yes", "no", "training flat"] | Undecidable
    """`training flat`: the validation loss rose, but the training loss did not fall measurably in the same epochs."""
    epoch: int | None = None
    """The last of the `k` consecutive epochs with the lowest mean validation loss, counted from 1."""
    rise: float = float("nan")
    """The mean validation loss of the last `k` epochs minus the lowest mean."""
    noise: float = float("nan")
    """The standard error of `rise`."""
    training_fall: float = float("nan")
    """The mean training loss of the `k` epochs up to `epoch` minus the mean of the last `k` epochs."""


@dataclass(frozen=True)
class Improving:
    """Whether a loss was still falling when training stopped."""

    verdict: Literal["yes", "no"] | Undecidable
    span: int = 0
    """The number of epochs between the two compared means."""
    fall: float = float("nan")
    """The earlier mean minus the last mean."""
    noise: float = float("nan")
    """The standard error of `fall`."""


def window(epochs: int) -> int:
    """Return `k`, the number of consecutive epochs that are averaged."""
    return max(3, round(epochs / 10))


def running_mean(values: Floats, width: int) -> Floats:
    """Return the means of each `width` consecutive values. For n values it returns n - width + 1 means."""
    means: Floats = np.lib.stride_tricks.sliding_window_view(values, width).mean(axis=1)
    return means


def noise(values: Floats, width: int) -> float:
    """Return the standard error of the difference of two means of `width` epochs: the formula above in this file.

    Input: a loss (epoch,).
    """
    means, apart = running_mean(values, width), width - 1
    bends = means[2 * apart :] - 2 * means[apart:-apart] + means[: -2 * apart]
    spread = 1.4826 * np.median(np.abs(bends)) * np.sqrt(width / (3 * width - 4))
    return float(max(spread, RESOLUTION * np.abs(values).max()))


def find_overfitting(loss: Floats, val_loss: Floats) -> Overfitting:
    """Decide whether a run overfits, and from which epoch.

    Input: training and validation loss (epoch,).

    Let `m` be the means of `k` epochs, and `e` the epoch with the lowest mean of the validation loss. The run overfits
    from epoch `e` if

        m_val[last] - m_val[e] > 4 noise_val    and    m_train[e] - m_train[last] > 3 noise_train.
    """
    if reason := _undecidable(loss) or _undecidable(val_loss):
        return Overfitting(reason)
    width = window(len(val_loss))
    means, training = running_mean(val_loss, width), running_mean(loss, width)
    lowest = int(means.argmin())
    rise, spread = float(means[-1] - means[lowest]), noise(val_loss, width)
    fall = float(training[lowest] - training[-1])
    if rise <= MIN_RISE * spread:
        verdict: Literal["yes", "no", "training flat"] = "no"
    else:
        verdict = "yes" if fall > MIN_FALL * noise(loss, width) else "training flat"
    return Overfitting(verdict, lowest + width, rise, spread, fall)


def find_improving(loss: Floats) -> Improving:
    """Decide whether a loss was still falling at the end.

    Input: a loss (epoch,).

    The loss was still falling if `m[last-2k] - m[last] > 3 noise` and also `m[last-k] > m[last]`.
    """
    if reason := _undecidable(loss):
        return Improving(reason)
    width = window(len(loss))
    means, spread = running_mean(loss, width), noise(loss, width)
    fall = float(means[-1 - 2 * width] - means[-1])
    falling = fall > MIN_FALL * spread and means[-1] < means[-1 - width]
    return Improving("yes" if falling else "no", 2 * width, fall, spread)


def _undecidable(values: Floats) -> Undecidable | None:
    if not values.size:
        return "not measured"
    if not np.isfinite(values).all():
        return "not a number"
    return "too few epochs" if values.size < MIN_EPOCHS else None
