"""Measures how long each phase of a run takes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class PhaseTimer:
    """The duration of each phase in seconds."""

    def __init__(self) -> None:
        """Create a timer without phases."""
        self.seconds: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Measure the time of the `with` block and add it to the phase with this name."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0) + time.perf_counter() - start, 3)
