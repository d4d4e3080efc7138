"""Writes the report of a run, with the images of its dataset as examples."""

from pathlib import Path

from ..data.dataset import Dataset
from ..runs.record import RunRecord


def report_run(folder: Path, record: RunRecord, dataset: Dataset) -> None:
    """Write the report of a run into its folder."""
    from ..report.write import write_report  # loads Matplotlib

    images = {
        file: image
        for name in ("validation", "test")
        if name in dataset.parts
        for file, image in zip(dataset.parts[name].files, dataset.parts[name].images, strict=True)
    }
    write_report(folder, record, images)
