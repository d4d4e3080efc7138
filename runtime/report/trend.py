"""Finds overfitting and improvement in loss curves, as far as they are more than noise.

A loss fluctuates from epoch to epoch, so single epochs are never compared, only means of `k` epochs in a row:

    m[e] = mean(v[e-k+1], …, v[e]),        k = max(3, a tenth of the epochs).

The noise of the difference of two such means is estimated from the curve itself. Second differences of the means,
taken `k - 1` epochs apart, cancel any level and any straight slope. Their median is robust against the steep start
and against a single bend. Since they are made of whole means, they include fluctuations that are correlated over a
few epochs:

    D[e]  = m[e] - 2 m[e-(k-1)] + m[e-2(k-1)]
    noise = 1.4826 median(|D|) sqrt(k / (3k - 4))

1.4826 converts the median absolute value of a normal variable into its standard deviation. The root converts the
deviation of D into that of the difference of two separate means, for values that are independent around a straight
line: Var D = s² (6k - 8) / k² against Var = 2 s² / k. (Differences as an estimate of noise: von Neumann 1941,
Ann. Math. Stat. 12:367; Rice 1984, Ann. Stat. 12:1215.)
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..evaluation.confusion_and_roc import Floats

MIN_EPOCHS = 15
"""With fewer epochs there are too few second differences to estimate the noise from."""

MIN_RISE = 4.0
"""Standard errors by which the loss must rise. More than 2, because the lowest of about ten separate means is selected
before the comparison, and because the noise is only an estimate. In simulations of a flat validation loss over 15 to
150 epochs, 1 to 2% of the runs are reported as overfitting if epochs are independent, 2 to 4% if successive epochs
have a correlation of 0.5, and 3 to 16% for 0.8."""

MIN_FALL = 3.0
"""Standard errors by which the loss must fall, where both ends are fixed beforehand. In the same simulations, up to 2,
3 and 6% of the runs are reported as improving."""

# Losses are computed and written in single precision, so smaller differences carry no information.
RESOLUTION = 1e-6

Undecidable = Literal["too few epochs", "not a number", "not measured"]
"""Why a curve allows no verdict."""


@dataclass(frozen=True)
class Overfitting:
    """Whether the validation loss rose while the training loss kept falling, and from which epoch."""

    verdict: Literal["yes", "no", "training flat"] | Undecidable
    """`training flat`: the validation loss rose, but the training loss did not fall measurably in the same epochs."""
    epoch: int | None = None
    """The last of the `k` epochs in a row with the lowest mean validation loss, counted from 1."""
    rise: float = float("nan")
    """Mean validation loss of the last `k` epochs minus that lowest mean."""
    noise: float = float("nan")
    """Standard error of such a difference."""
    training_fall: float = float("nan")
    """Mean training loss of the `k` epochs up to `epoch` minus that of the last `k`."""


@dataclass(frozen=True)
class Improving:
    """Whether a loss was still falling when training stopped."""

    verdict: Literal["yes", "no"] | Undecidable
    span: int = 0
    """Number of epochs between the two means that are compared."""
    fall: float = float("nan")
    """The earlier mean minus the last one."""
    noise: float = float("nan")
    """Standard error of such a difference."""


def window(epochs: int) -> int:
    """The number of epochs in a row that are averaged, `k`."""
    return max(3, round(epochs / 10))


def running_mean(values: Floats, width: int) -> Floats:
    """The mean of each `width` values in a row: (epoch,) to (epoch - width + 1,)."""
    means: Floats = np.lib.stride_tricks.sliding_window_view(values, width).mean(axis=1)
    return means


def noise(values: Floats, width: int) -> float:
    """Standard error of the difference of two means of `width` epochs, by the formula at the top of this file.

    Input: a loss (epoch,).
    """
    means, apart = running_mean(values, width), width - 1
    bends = means[2 * apart :] - 2 * means[apart:-apart] + means[: -2 * apart]
    spread = 1.4826 * np.median(np.abs(bends)) * np.sqrt(width / (3 * width - 4))
    return float(max(spread, RESOLUTION * np.abs(values).max()))


def find_overfitting(loss: Floats, val_loss: Floats) -> Overfitting:
    """Decide whether a run overfits, and from which epoch.

    Input: training and validation loss (epoch,).

    With the means `m` of `k` epochs, and `e` the epoch where `m` of the validation loss is lowest, the run overfits
    from `e` if

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

    It was if `m[last-2k] - m[last] > 3 noise` and it also fell over the last `k` of these epochs.
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
