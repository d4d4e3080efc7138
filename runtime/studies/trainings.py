"""All steps of a run: select the images, look for a finished run, train, evaluate, write the report."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from ...compiler.experiment import Experiment
from ...compiler.expressions.values import show
from ...compiler.plan import make_plan
from ...compiler.sections import Data
from ...compiler.study import Study
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.lab_error import LabError
from ..data.dataset import Dataset, Selection, load_dataset, select_images
from ..option_errors import refuse_option
from ..runs.atomic import write_text
from ..runs.environment import command_line, describe_machine, framework_versions, now, package_versions
from ..runs.file_names import escape_in_strings, escape_name
from ..runs.fingerprint import fingerprint
from ..runs.folder import RunFolder, later_folders, run_folder
from ..runs.json_files import write_document
from ..runs.record import read_record
from ..runs.run_info import DataInfo, DeviceInfo, RunInfo, Status
from ..training.backend import Device, start_backend
from ..training.tasks import task_of
from ..training.weight_files import check_weights
from .display import Display
from .options import Options
from .phase_timer import PhaseTimer
from .report_run import report_run
from .restore import Origin, find_finished
from .run_result import Run
from .supported import check_single, check_tested, check_trainable


def run_study(study: Study, options: Options, display: Display) -> Run:
    """Train the experiment of a study that has only one training run.

    Raises:
        LabError: if the study has several training runs, or for the reasons that are listed at `run`.
    """
    refused = [*check_trainable(study.base), *check_single(study)]
    if refused:
        raise LabError(refused)
    return run(study.experiment, options, display)


def run(experiment: Experiment, options: Options, display: Display) -> Run:
    """Train an experiment and write its run folder and report, unless the folder already holds a finished run.

    Raises:
        LabError: if the file has no `data` or no `train` section; if the images cannot be used; if weights or the
            device are missing; if another process is running the same training; if the folder cannot be written; if
            the folder holds a damaged run; if the training diverges.
    """
    refused = check_trainable(experiment) or check_weights(experiment.graph)
    if refused:
        raise LabError(refused)
    data = experiment.data
    assert data, "otherwise check_trainable reports it"
    timer = PhaseTimer()
    with timer.phase("data"):
        selection = select_images(data, options.quick)
        untested = check_tested(experiment, selection.parts)
        if untested:
            raise LabError(untested)
        mark = _fingerprint(experiment, selection, options)
    for note in selection.notes:
        display.note(note)
    for warning in selection.warnings:
        display.warn(warning)
    folder = run_folder(options.runs, experiment.name, mark, options.again)
    later = later_folders(options.runs, experiment.name, mark)
    load = partial(load_dataset, selection, options.cache_folder, display)
    origin = Origin(
        partial(_text_in, experiment), selection.split_table, partial(make_plan, Study.of(experiment)), load
    )
    with _writing_to(options.runs):
        found = find_finished(folder, later, origin)
    return found or _run_new(experiment, folder, mark, load, options, display, timer)


def _fingerprint(experiment: Experiment, selection: Selection, options: Options) -> str:
    data, train = experiment.data, experiment.train
    assert data and train
    return fingerprint(
        experiment.graph,
        data,
        train,
        images=selection.images_key,
        backend=options.backend,
        versions=framework_versions(options.backend),
        quick=options.quick,
    )


def _run_new(
    experiment: Experiment,
    folder: RunFolder,
    mark: str,
    load: Callable[[], Dataset],
    options: Options,
    display: Display,
    timer: PhaseTimer,
) -> Run:
    """Load the images, train, and write the run's folder, unless another process finishes the run first."""
    with timer.phase("start"):
        display.stage("starting")
        device = start_backend(options.backend, options.device)
    with _writing_to(options.runs):
        with timer.phase("data"):
            dataset = load()
        with folder.locked():
            if folder.finished_info():  # another process has finished it in the meantime
                return Run(folder.path, trained=False)
            info = _describe(experiment, dataset, options, device, mark)
            folder.start(info)
            with _recording_end(folder, info, timer):
                _train(experiment, dataset, folder.path, info, display, timer)
    return Run(folder.path, trained=True)


@contextmanager
def _writing_to(runs: Path) -> Iterator[None]:
    """Turn an OSError inside the block into a diagnostic. Unreadable images have already been reported then."""
    try:
        yield
    except OSError as error:
        help = f"{_remedy(error)}, or choose another folder with `--runs DIR`"
        message = f"cannot write the run: {error.strerror or error}"
        file = (f"file: {os.fsdecode(error.filename)}",) if isinstance(error.filename, str | bytes) else ()
        notes = (*file, *getattr(error, "__notes__", ()))
        refuse_option(Code.UNWRITABLE, message, f"--runs {runs}", help, notes)


def _remedy(error: OSError) -> str:
    match error:
        case IsADirectoryError() | NotADirectoryError() | FileExistsError():
            return "remove or rename what is in its place"
        case PermissionError():
            return "make the folder writable"
    return "free some disk space"


def _text_in(experiment: Experiment, folder: Path) -> str:
    """Return the text of `experiment.lab` in a run's folder."""
    return escape_in_strings(experiment.text_in(folder))


def _describe(experiment: Experiment, dataset: Dataset, options: Options, device: Device, mark: str) -> RunInfo:
    """Return the content of `run.json` at the start of a run."""
    data, train = experiment.data, experiment.train
    assert data and train
    return RunInfo(
        status="running",
        fingerprint=mark,
        experiment=experiment.title,
        file=escape_name(experiment.path.name),
        created=now(),
        command=escape_name(options.command or command_line()),
        quick=options.quick,
        seed=train.seed,
        backend=options.backend,
        device=DeviceInfo(kind=device.kind, name=device.name),
        versions=package_versions(options.backend),
        machine=describe_machine(),
        task=data.task,
        classes=data.class_names,
        loss=train.loss.word(),
        monitor=f"{train.monitor.word()}({train.monitor.figure})",
        epochs=1 if options.quick else train.epochs,
        lets={name: escape_name(show(value)) for name, value in experiment.lets.items()},
        scores="probability" if task_of(experiment.graph, data, train).gives_probabilities else "score",
        data=DataInfo(
            source=escape_name(_sources_text(data)),
            parts=dataset.counts,
            images={name: len(part.files) for name, part in dataset.parts.items()},
        ),
    )


def _sources_text(data: Data) -> str:
    """Return the source as the file has it; with several sources, each with its setting."""
    texts = {setting: data.place(setting).text for setting in data.sources}
    if len(texts) == 1:
        return next(iter(texts.values()))
    return "  ".join(f"{setting} = {text}" for setting, text in texts.items())


def _train(
    experiment: Experiment, dataset: Dataset, folder: Path, info: RunInfo, display: Display, timer: PhaseTimer
) -> None:
    """Write all files of the run's folder, from `experiment.lab` to the report."""
    from .train_and_evaluate import Training, train_and_evaluate  # loads Keras; its backend has been chosen before

    data, train = experiment.data, experiment.train
    assert data and train
    write_text(folder / "experiment.lab", _text_in(experiment, folder))
    write_text(folder / "split.csv", dataset.split_table)
    write_document(folder / "plan.json", make_plan(Study.of(experiment)))
    task = task_of(experiment.graph, data, train)
    training = Training(experiment.name, experiment.graph, data, train, task, experiment.claims, info.epochs)
    train_and_evaluate(training, dataset, folder, display, timer)
    with timer.phase("report"):
        display.stage("writing the report")
        measured = info.model_copy(update={"seconds": dict(timer.seconds)})
        report_run(folder, read_record(folder, measured), dataset)


@contextmanager
def _recording_end(folder: RunFolder, info: RunInfo, timer: PhaseTimer) -> Iterator[None]:
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
