"""Hypothesis's settings for every test; `LABC_DRAWN=0.1 pytest` tries a tenth of the examples."""

import os

from hypothesis import settings

# A deadline would fail a test on a busy machine, and no test here is about time.
examples = round(100 * float(os.environ.get("LABC_DRAWN", "1")))
settings.register_profile("labc", deadline=None, max_examples=max(1, examples))
settings.load_profile("labc")
