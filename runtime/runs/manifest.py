"""The files of a finished run: their sizes and hashes in `run.json`, and the comparison with the files on the disk."""

import hashlib
import os
import zipfile
from pathlib import Path

from ...compiler.files.provider import open_regular
from ...compiler.plan import Plan
from ...compiler.schema.task_kind import TaskKind
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from .atomic import sync_file, sync_folder
from .file_errors import broken_file, read_file, refuse_file, unread, unreadable_file
from .history import read_history
from .json_files import read_document
from .label_table import read_label_table
from .mask_table import MASKS_FILE, read_mask_table, read_predicted_masks
from .number_table import read_number_table
from .predictions_table import read_predictions
from .run_info import FileDigest, RunInfo
from .run_metrics import RunMetrics

REPORT = ("curves.png", "curves.svg", "report.html")
"""The files of a run that are made from its other files."""

ADDED = ("split.csv",)
"""The files that older versions of labc did not write."""

FILES = (
    "experiment.lab",
    "plan.json",
    "history.csv",
    "metrics.json",
    "predictions.csv",
    "model.keras",
    *ADDED,
    *REPORT,
)
"""All files of a finished run besides `run.json`, and `predicted_masks.npz` of segmentation."""


def seal_files(folder: Path) -> dict[str, FileDigest]:
    """Write the files of a run to the disk, and return the size and the hash of each.

    Raises:
        OSError: if a file cannot be written to the disk or cannot be read.
    """
    digests = {name: digest_file(folder / name, sync=True) for name in (*FILES, MASKS_FILE) if (folder / name).exists()}
    sync_folder(folder)
    return digests


def digest_bytes(content: bytes) -> FileDigest:
    """Return the size and the hash of the content of a file."""
    return FileDigest(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())


def digest_file(path: Path, sync: bool = False) -> FileDigest:
    """Return the size and the hash of a file. With `sync`, its content is also written to the disk."""
    with open_regular(path) as file:
        if sync:
            sync_file(path)
        hexadecimal = hashlib.file_digest(file, "sha256").hexdigest()
        return FileDigest(bytes=file.tell(), sha256=hexadecimal)


def find_damage(folder: Path, info: RunInfo) -> dict[str, Diagnostic]:
    """Return a diagnostic for each file of a finished run that is missing or damaged, by file name.

    A file is damaged if its content is not the content that the run wrote. The `run.json` of an older version of labc
    has no sizes and hashes: then a file is damaged if it cannot be read.
    """
    required = (name for name in FILES if name not in ADDED or os.path.lexists(folder / name))
    names = dict.fromkeys([*required, *(info.files or {})])
    problems = {name: _problem(folder / name, info) for name in names}
    return {name: problem for name, problem in problems.items() if problem}


def _problem(path: Path, info: RunInfo) -> Diagnostic | None:
    try:
        found = digest_file(path)
    except OSError as error:
        return unreadable_file(path, error)
    written = info.files.get(path.name) if info.files is not None else None
    if found == written:
        return None
    try:  # the reader may know the location of the damage
        _read(path, info)
    except LabError as error:
        return error.diagnostics[0]
    if info.files is None:
        return None
    return _changed(path, found, written) if written else broken_file(unread(path), "is not listed in `run.json`")


def _read(path: Path, info: RunInfo) -> object:
    """Read a file as its kind is read.

    Raises:
        LabError: if the file cannot be read.
    """
    match path.name:
        case "plan.json":
            return read_document(path, Plan)
        case "metrics.json":
            return read_document(path, RunMetrics)
        case "history.csv":
            return read_history(path)
        case "predictions.csv":
            return _read_predictions(path, info)
        case _ if path.name == MASKS_FILE:
            return read_predicted_masks(path)
        case "model.keras":
            return zipfile.is_zipfile(path) or refuse_file(unread(path), "is not a Keras model, or is damaged")
        case "curves.png":
            return path.stat().st_size or refuse_file(unread(path), "is empty")
    return read_file(path).text or refuse_file(unread(path), "is empty")


def _read_predictions(path: Path, info: RunInfo) -> object:
    match info.task:
        case TaskKind.CLASSIFICATION:
            return read_predictions(path, info.classes, info.scores)
        case TaskKind.MULTI_LABEL:
            return read_label_table(path, info.classes, info.scores)
        case TaskKind.REGRESSION:
            return read_number_table(path)
        case TaskKind.SEGMENTATION:
            return read_mask_table(path, info.classes)


def _changed(path: Path, found: FileDigest, written: FileDigest) -> Diagnostic:
    what = f"has {found.bytes:,} bytes instead of {written.bytes:,}" if found.bytes != written.bytes else "was changed"
    return broken_file(unread(path), f"is not the file that the run wrote: it {what}")
