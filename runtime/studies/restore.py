"""Checks that the folder of a finished run is whole, and makes lost files again if the other files allow it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ...compiler.plan import Plan
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ..data.dataset import Dataset
from ..runs.atomic import write_text
from ..runs.folder import RunFolder
from ..runs.json_files import write_document
from ..runs.manifest import REPORT, digest_bytes, find_damage
from ..runs.record import read_record
from ..runs.run_info import RunInfo
from .report_run import report_run
from .run_result import Run


@dataclass(frozen=True)
class Origin:
    """Functions that return what the lost files of a run can be made from."""

    text: Callable[[Path], str]
    """The text of `experiment.lab` for a folder."""
    split_table: str
    """The text of `split.csv`."""
    plan: Callable[[], Plan]
    dataset: Callable[[], Dataset]
    """The images, which the report shows as examples."""


def find_finished(folder: RunFolder, later: Iterable[RunFolder], origin: Origin) -> Run | None:
    """Return the finished run in a folder, after making its lost files again; None if there is no finished run.

    If the run is damaged, the first undamaged run in the folders `later` is returned instead.

    Raises:
        LabError: if the run is damaged and there is no other.
    """
    try:
        info = folder.finished_info()
        return Run(folder.path, False, restore(folder, info, origin)) if info else None
    except LabError:
        for other in later:
            if _is_whole(other):
                return Run(other.path, trained=False)
        raise


def _is_whole(folder: RunFolder) -> bool:
    try:
        info = folder.finished_info()
        return info is not None and not find_damage(folder.path, info)
    except LabError:
        return False


def restore(folder: RunFolder, info: RunInfo, origin: Origin) -> tuple[str, ...]:
    """Make the lost files of a finished run again, and return their names.

    The files of the report are made from the other files, the others from the experiment.

    Raises:
        LabError: if a file is damaged that cannot be made again; if another process is running the same training.
    """
    damage = find_damage(folder.path, info)
    if not damage:
        return ()
    texts = {"experiment.lab": origin.text(folder.path), "split.csv": origin.split_table}
    lost = [*_lost(damage, info, texts)]
    if lost:
        raise LabError(lost)
    with folder.locked():
        for name in damage.keys() & texts:
            write_text(folder.path / name, texts[name])
        if "plan.json" in damage:
            # The title is not part of the fingerprint.
            plan = origin.plan().model_copy(update={"experiment": info.experiment})
            write_document(folder.path / "plan.json", plan)
        if not damage.keys().isdisjoint(REPORT):
            report_run(folder.path, read_record(folder.path, info), origin.dataset())
        folder.finish(info)
    return tuple(damage)


def _lost(damage: dict[str, Diagnostic], info: RunInfo, texts: dict[str, str]) -> Iterator[Diagnostic]:
    """Yield the diagnostic of each file that cannot be made again.

    Input: `texts`, new texts of files, by their names. Comments and names in them may have changed since the run.
    """
    digests = info.files or {}
    possible = {"plan.json", *REPORT}
    possible |= {name for name, text in texts.items() if digests.get(name) == digest_bytes(text.encode())}
    for name, problem in damage.items():
        if name not in possible or problem.code is Code.NEWER_RECORD:
            yield problem
