"""Checks that the folder of a finished run is whole, and makes lost files again if the other files allow it."""

from collections.abc import Callable, Iterator

from ...compiler.experiment import Experiment
from ...compiler.plan import make_plan
from ...compiler.study import Study
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
from .experiment_text import experiment_text
from .report_run import report_run
from .run_result import Run


def find_finished(
    experiment: Experiment, folder: RunFolder, later: Iterator[RunFolder], load: Callable[[], Dataset]
) -> Run | None:
    """Return the finished run in a folder, after making its lost files again; None if there is no finished run.

    If the run is damaged, the first undamaged run in the folders `later` is returned instead.

    Input: `load`, a function that reads the images.

    Raises:
        LabError: if the run is damaged and there is no other.
    """
    try:
        info = folder.finished_info()
        return Run(folder.path, False, restore(experiment, folder, info, load)) if info else None
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


def restore(experiment: Experiment, folder: RunFolder, info: RunInfo, load: Callable[[], Dataset]) -> tuple[str, ...]:
    """Make the lost files of a finished run again, and return their names.

    The files of the report are made from the other files, `plan.json` and `experiment.lab` from the experiment.

    Input: `load`, a function that reads the images.

    Raises:
        LabError: if a file is damaged that cannot be made again; if another process is running the same training.
    """
    damage = find_damage(folder.path, info)
    if not damage:
        return ()
    lost = [*_lost(damage, experiment, folder, info)]
    if lost:
        raise LabError(lost)
    with folder.locked():
        if "experiment.lab" in damage:
            write_text(folder.path / "experiment.lab", experiment_text(experiment, folder.path))
        if "plan.json" in damage:
            # The title is not part of the fingerprint.
            plan = make_plan(Study.of(experiment)).model_copy(update={"experiment": info.experiment})
            write_document(folder.path / "plan.json", plan)
        if not damage.keys().isdisjoint(REPORT):
            report_run(folder.path, read_record(folder.path, info), load())
        folder.finish(info)
    return tuple(damage)


def _lost(
    damage: dict[str, Diagnostic], experiment: Experiment, folder: RunFolder, info: RunInfo
) -> Iterator[Diagnostic]:
    """Yield the diagnostic of each file that cannot be made again."""
    possible = {"plan.json", *REPORT}
    if "experiment.lab" in damage and _is_text_of(experiment, folder, info):
        possible.add("experiment.lab")
    for name, problem in damage.items():
        if name not in possible or problem.code is Code.NEWER_RECORD:
            yield problem


def _is_text_of(experiment: Experiment, folder: RunFolder, info: RunInfo) -> bool:
    """Return whether a new `experiment.lab` equals the lost one: comments and names may have changed since then."""
    written = info.files.get("experiment.lab")
    return written == digest_bytes(experiment_text(experiment, folder.path).encode())
