"""The lines and the bar that show how many images are read, and how long the rest takes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labc.runtime.cli.views import progress
from labc.runtime.cli.views.console import PlainConsole
from labc.runtime.cli.views.progress import Live, format_time


def read_images(monkeypatch: pytest.MonkeyPatch, seconds: float, total: int) -> list[str]:
    """The lines of a display that is no terminal, if each image takes this time."""
    now = 1000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    console = PlainConsole()
    console.file = io.StringIO()
    live = Live(console)
    live.stage("starting")
    for done in range(1, total + 1):
        now += seconds
        live.images(done, total)
    live.close()
    return console.file.getvalue().splitlines()


def test_a_line_now_and_then_tells_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_images(monkeypatch, 0.125, 1200) == [
        "reading images 241/1,200, about 2 min left",
        "reading images 481/1,200, about 90 s left",
        "reading images 721/1,200, about 60 s left",
        "reading images 961/1,200, about 30 s left",
    ]
    assert read_images(monkeypatch, 40, 3) == ["reading images 2/3, about 40 s left"]
    assert read_images(monkeypatch, 0.01, 1000) == []


def test_images_from_the_cache_are_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PAUSE", 0.0)
    console = PlainConsole()
    console.file = io.StringIO()
    live = Live(console)
    live.stage("starting")
    live.images(40, 40)
    (task,) = live.progress.tasks
    assert (task.description, task.completed, task.total) == ("reading images", 40, 40)
    live.close()
    assert console.file.getvalue() == ""


@given(st.floats(0, 1e7))
def test_a_duration_is_right_to_the_last_digit(seconds: float) -> None:
    number, unit = format_time(seconds).split()
    value, digit = {"s": (1, 1), "min": (60, 60), "h": (3600, 360)}[unit]
    assert abs(float(number) * value - seconds) <= digit / 2 * 1.001
    assert len(number) <= 2 or unit == "h"
