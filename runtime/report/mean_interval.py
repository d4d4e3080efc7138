"""Intervals of means over images, by drawing the images again."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Interval = tuple[float, float]

RESAMPLES = 2000
FEWEST = 20
"""The smallest number of images. Of fewer, the percentiles cover the mean too rarely: of two images, half the time."""


def mean_interval(values: Floats) -> Interval | None:
    """Return the 95% interval of the mean of values (image,): percentiles of the means of drawn images.

    None with fewer than `FEWEST` images. Source: Efron and Tibshirani, "An Introduction to the Bootstrap" (1993).
    """
    if len(values) < FEWEST:
        return None
    from scipy.stats import bootstrap

    drawn = bootstrap((values,), np.mean, n_resamples=RESAMPLES, method="percentile", rng=np.random.default_rng(0))
    return float(drawn.confidence_interval.low), float(drawn.confidence_interval.high)


def deviation(values: Floats) -> float:
    """Return the standard deviation of values (image,); nan for a single one."""
    return float(values.std(ddof=1)) if len(values) > 1 else float("nan")
