"""Confidence intervals of shares of images.

They cover only the random choice of the images, not the effect of the seed of the training.
"""

import numpy as np


def wilson_interval(correct: int, total: int) -> tuple[float, float]:
    """Return the 95% interval of the share `correct` / `total` of images; (0, 1) if `total` is 0.

    Source: Wilson's score interval (1927, J. Am. Stat. Assoc. 22:209).
    """
    if total == 0:
        return 0.0, 1.0
    from scipy.stats import binomtest

    interval = binomtest(correct, total).proportion_ci(0.95, method="wilson")
    return float(interval.low), float(interval.high)


def newcombe_interval(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float]:
    """Return the 95% interval of the first share minus the second share.

    Input: each share as (correct, total). The two shares must come from different images.

    Source: Newcombe's method 10 (1998, Stat. Med. 17:873), which combines two Wilson intervals.
    """
    share_1, (low_1, high_1) = first[0] / max(first[1], 1), wilson_interval(*first)
    share_2, (low_2, high_2) = second[0] / max(second[1], 1), wilson_interval(*second)
    below = np.hypot(share_1 - low_1, high_2 - share_2)
    above = np.hypot(high_1 - share_1, share_2 - low_2)
    return float(share_1 - share_2 - below), float(share_1 - share_2 + above)
