"""Records how a run ends."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from ...grammar.diagnostics.lab_error import LabError
from ..runs.file_names import escape_name
from ..runs.folder import RunFolder
from ..runs.run_info import RunInfo, Status
from .phase_timer import PhaseTimer


@contextmanager
def recording_end(folder: RunFolder, info: RunInfo, timer: PhaseTimer) -> Iterator[None]:
    """Write into `run.json` how the block ended: finished, failed or interrupted. Errors get the folder as a note."""
    note = f"the run's folder is {folder.path}"

    def ended(status: Status, error: str | None = None) -> RunInfo:
        text = None if error is None else escape_name(error)
        return info.model_copy(update={"status": status, "seconds": dict(timer.seconds), "error": text})

    try:
        yield
        folder.finish(ended("finished"))
    except KeyboardInterrupt as problem:
        _write_if_possible(folder, ended("interrupted"))
        problem.add_note(f"{note}; the next `labc run` of this experiment trains again in this folder")
        raise
    except LabError as problem:
        _write_if_possible(folder, ended("failed", problem.diagnostics[0].message))
        raise LabError(replace(one, notes=(*one.notes, note)) for one in problem.diagnostics) from None
    except Exception as problem:
        _write_if_possible(folder, ended("failed", f"{type(problem).__name__}: {problem}"))
        problem.add_note(note)
        raise


def _write_if_possible(folder: RunFolder, info: RunInfo) -> None:
    """Write `run.json`. If that fails, for example on a full disk, the status stays `running`."""
    with suppress(OSError):
        folder.write_info(info)
