"""What a curve of one value an epoch does, and what of it is more than noise.

Values wobble from epoch to epoch, so single epochs are never compared: only means of `k` epochs in a row,

    m[e] = mean(v[e-k+1], …, v[e]),        k = max(3, a tenth of the epochs).

The noise of the difference of two such means comes from the curve's own wobble. Second differences of the
means, taken `k - 1` epochs apart, cancel any level and any straight slope; their median is not moved by the
steep start or by one sharp bend; and, being made of whole means, they also feel a wobble that is correlated
over a few epochs:

    D[e]  = m[e] - 2 m[e-(k-1)] + m[e-2(k-1)]
    noise = 1.4826 median(|D|) sqrt(k / (3k - 4))

1.4826 turns the median of a normal variable's size into its standard deviation, and the root turns the
deviation of D into that of a difference of two separate means, for values that are independent about a
straight line: Var D = s² (6k - 8) / k² against Var = 2 s² / k. (Differences as a measure of noise: von
Neumann 1941, Ann. Math. Stat. 12:367; Rice 1984, Ann. Stat. 12:1215.)
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..evaluation.array_metrics import Floats

FEWEST = 15
"""Below this many epochs there are too few second differences to know the noise from."""

RISE = 4.0
"""Standard errors by which a rise must stand out. Not 2: the lowest of some ten separate means is picked
before it is compared, and the noise is itself only estimated. In simulations of a flat validation loss of 15
to 150 epochs, this calls 1 to 2% of them overfitting when the wobble is independent from epoch to epoch, 2
to 4% when successive epochs correlate by 0.5, and 3 to 16% by 0.8."""

FALL = 3.0
"""Standard errors by which a fall must stand out, where both ends are fixed beforehand. In the same
simulations, up to 2, 3 and 6% are said to be improving."""

# Values are computed and written in single precision: a steadier curve than this says nothing.
RESOLUTION = 1e-6

Untold = Literal["too few epochs", "not a number", "not measured"]


@dataclass(frozen=True)
class Overfitting:
    """Whether the validation loss turned upwards while the training loss kept falling, and from when."""

    verdict: Literal["yes", "no", "training flat"] | Untold
    """`training flat`: the validation loss rose, but the training loss did not fall measurably meanwhile."""
    epoch: int | None = None
    """The last of the `k` epochs in a row with the lowest mean validation loss, counted from 1."""
    rise: float = float("nan")
    """Mean validation loss of the last `k` epochs, less that lowest mean."""
    noise: float = float("nan")
    """Standard error of such a difference."""
    training_fall: float = float("nan")
    """Mean training loss of the `k` epochs up to `epoch`, less that of the last `k`."""


@dataclass(frozen=True)
class Improving:
    """Whether a loss was still falling when training stopped."""

    verdict: Literal["yes", "no"] | Untold
    span: int = 0
    """Epochs between the two means that are compared."""
    fall: float = float("nan")
    """The earlier mean less the last one."""
    noise: float = float("nan")


def window(epochs: int) -> int:
    """Return how many epochs in a row are averaged, `k`."""
    return max(3, round(epochs / 10))


def running_mean(values: Floats, width: int) -> Floats:
    """Mean of each `width` values in a row (epoch,) -> (epoch - width + 1,)."""
    means: Floats = np.lib.stride_tricks.sliding_window_view(values, width).mean(axis=1)
    return means


def noise(values: Floats, width: int) -> float:
    """Standard error of the difference of two means of `width` epochs; the formula stands at the head of this
    file."""
    means, apart = running_mean(values, width), width - 1
    bends = means[2 * apart :] - 2 * means[apart:-apart] + means[: -2 * apart]
    spread = 1.4826 * np.median(np.abs(bends)) * np.sqrt(width / (3 * width - 4))
    return float(max(spread, RESOLUTION * np.abs(values).max()))


def find_overfitting(loss: Floats, val_loss: Floats) -> Overfitting:
    """Decide whether and from which epoch a run overfits.

    Input: training and validation loss (epoch,).

    With the means `m` of `k` epochs above and `e` the epoch where `m` of the validation loss is lowest, the
    run overfits from `e` when

        m_val[last] - m_val[e] > 4 noise_val    and    m_train[e] - m_train[last] > 3 noise_train.
    """
    if refused := _why_not(loss) or _why_not(val_loss):
        return Overfitting(refused)
    width = window(len(val_loss))
    means, training = running_mean(val_loss, width), running_mean(loss, width)
    lowest = int(means.argmin())
    rise, spread = float(means[-1] - means[lowest]), noise(val_loss, width)
    fall = float(training[lowest] - training[-1])
    if rise <= RISE * spread:
        verdict: Literal["yes", "no", "training flat"] = "no"
    else:
        verdict = "yes" if fall > FALL * noise(loss, width) else "training flat"
    return Overfitting(verdict, lowest + width, rise, spread, fall)


def find_improving(loss: Floats) -> Improving:
    """Decide whether a loss was still falling at the end.

    Input: a loss (epoch,). It was, when `m[last-2k] - m[last] > 3 noise` and it also fell over the last `k`
    of these epochs.
    """
    if refused := _why_not(loss):
        return Improving(refused)
    width = window(len(loss))
    means, spread = running_mean(loss, width), noise(loss, width)
    fall = float(means[-1 - 2 * width] - means[-1])
    falling = fall > FALL * spread and means[-1] < means[-1 - width]
    return Improving("yes" if falling else "no", 2 * width, fall, spread)


def _why_not(values: Floats) -> Untold | None:
    if not values.size:
        return "not measured"
    if not np.isfinite(values).all():
        return "not a number"
    return "too few epochs" if values.size < FEWEST else None
