"""The curves as files."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.figure import Figure

from labc.runtime.report.collect_findings import collect_findings
from labc.runtime.report.learning_curves import as_png, as_svg, curves
from labc.runtime.runs.record import read_record

from .report_folder import Floats, write_folder


def drawn(folder: Path) -> Figure:
    record = read_record(folder)
    return curves(record, collect_findings(record))


def words(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_each_measure_and_part_is_named_and_the_best_epoch_marked(tmp_path: Path) -> None:
    svg = as_svg(drawn(write_folder(tmp_path)))
    record = read_record(tmp_path)
    findings = collect_findings(record)
    for word in ("loss", "accuracy", "train", "validation", f"best: {findings.best.epoch}"):
        assert word in words(svg)
    assert f"overfits from about {findings.overfitting.epoch}" in words(svg)


def test_the_same_run_gives_the_same_file(tmp_path: Path) -> None:
    write_folder(tmp_path)
    first, second = drawn(tmp_path), drawn(tmp_path)
    assert as_svg(first) == as_svg(second)
    assert as_png(first) == as_png(second)


@pytest.mark.parametrize(
    "loss",
    [
        np.array([0.7]),
        np.array([np.nan]),
        np.array([0.7, np.nan, np.nan]),
        np.zeros(20),
        np.geomspace(1e4, 1e-6, 30),
    ],
    ids=["one epoch", "nothing", "broken", "zero", "decades"],
)
def test_odd_losses_can_be_drawn(tmp_path: Path, loss: Floats) -> None:
    figure = drawn(write_folder(tmp_path, losses=(loss, loss)))
    assert as_png(figure).startswith(b"\x89PNG")
    assert "loss" in words(as_svg(figure))


def test_the_names_of_close_curves_do_not_overlap(tmp_path: Path) -> None:
    loss = np.linspace(0.7, 0.3, 20)
    axes = drawn(write_folder(tmp_path, losses=(loss, loss + 1e-4))).axes[0]
    low, high = sorted(float(text.xy[1]) for text in axes.texts if text.get_text() in ("train", "validation"))  # type: ignore[attr-defined]
    assert high - low > 0.07


def test_drawing_leaves_no_global_state() -> None:
    program = "import sys, labc.runtime.report.write; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
