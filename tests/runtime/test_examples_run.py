"""Every example without a comparison is trained, with `--quick`."""

from pathlib import Path

import pytest

import labc
from labc.runtime.runs.record import read_record
from labc.runtime.studies.supported import check_single

EXAMPLES = Path(__file__).parents[2] / "examples"
REAL_IMAGES = {"skin.lab"}  # has a test of its own
RUNNABLE = [
    path
    for path in sorted(EXAMPLES.glob("**/*.lab"))
    if path.name not in REAL_IMAGES and not check_single(labc.load(path))
]


def test_the_examples_are_found() -> None:
    assert {"alexnet_bn.lab", "resnet-x.lab", "unet.lab", "unet-5.lab"} <= {path.name for path in RUNNABLE}


@pytest.mark.parametrize("path", RUNNABLE, ids=lambda path: path.stem)
def test_an_example_trains(path: Path, tmp_path: Path) -> None:
    if labc.load(path).folds > 1:
        folders = [run.folder for run in labc.cross_validate(path, tmp_path, quick=True).runs]
    else:
        folders = [labc.run(path, tmp_path, quick=True).folder]
    for folder in folders:
        record = read_record(folder)
        assert record.info.status == "finished"
        assert record.metrics.validation["loss"]
        assert (folder / "report.html").stat().st_size > 10_000
