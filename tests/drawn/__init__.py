"""Random valid programs, drawn as text over the whole language."""

import os

from hypothesis import HealthCheck, settings

from .programs import NUMBERS, Drawn, programs, texts

__all__ = ["NUMBERS", "Drawn", "programs", "slow", "texts"]


def slow(examples: int) -> settings:
    """Settings for a test over whole programs: `LABC_DRAWN=50 pytest` tries 50 times as many, 0.1 a tenth."""
    times = float(os.environ.get("LABC_DRAWN", "1"))
    checks = [HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large]
    return settings(max_examples=max(1, round(examples * times)), deadline=None, suppress_health_check=checks)
