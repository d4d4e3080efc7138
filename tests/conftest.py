"""Settings for every test."""

from hypothesis import settings

# A deadline would fail a test on a busy machine, and no test here is about time.
settings.register_profile("labc", deadline=None)
settings.load_profile("labc")
