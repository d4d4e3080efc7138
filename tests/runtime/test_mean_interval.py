"""The interval of a mean over images."""

import numpy as np

from labc.runtime.report.mean_interval import FEWEST, mean_interval


def test_the_interval_covers_the_mean_in_about_95_of_100_cases() -> None:
    random, hits = np.random.default_rng(1), 0
    for _ in range(300):
        interval = mean_interval(random.normal(size=FEWEST))
        assert interval is not None
        hits += interval[0] <= 0 <= interval[1]
    assert 0.91 <= hits / 300 <= 0.98


def test_few_images_have_no_interval() -> None:
    assert mean_interval(np.zeros(FEWEST - 1)) is None
