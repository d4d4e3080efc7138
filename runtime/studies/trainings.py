"""All steps of a run: select the images, look for a finished run, train, evaluate, write the report."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ...compiler.experiment import Experiment
from ...compiler.expressions.values import show
from ...compiler.plan import make_plan
from ...compiler.sections import Data
from ...compiler.study import Study
from ...grammar.diagnostics.lab_error import LabError
from ..data.dataset import Dataset, Selection, load_dataset, select_images
from ..runs.atomic import write_text
from ..runs.environment import command_line, describe_machine, framework_versions, now, package_versions
from ..runs.file_names import escape_in_strings, escape_name
from ..runs.fingerprint import fingerprint
from ..runs.folder import RunFolder, later_folders, run_folder
from ..runs.json_files import write_document
from ..runs.record import read_record
from ..runs.run_info import DataInfo, DeviceInfo, FoldInfo, RunInfo
from ..training.backend import Device, start_backend
from ..training.balance import describe_balance
from ..training.tasks import task_of
from ..training.weight_files import check_weights
from .display import Display
from .options import Options
from .phase_timer import PhaseTimer
from .recording_end import recording_end
from .report_run import report_run
from .restore import Origin, find_finished
from .run_result import Run
from .supported import check_tested, check_trainable
from .writing_errors import writing_to


@dataclass(frozen=True)
class PreparedTraining:
    """One training: an experiment with its selected images, and the folder of its run."""

    experiment: Experiment
    options: Options
    mark: str
    """The fingerprint."""
    folder: RunFolder
    origin: Origin
    fold: FoldInfo | None
    """The fold of cross-validation, None without cross-validation."""

    def find(self) -> Run | None:
        """Return the finished run of this training, after making its lost files again; None if there is none.

        Raises:
            LabError: if the run is damaged and there is no other; if a file cannot be written.
        """
        later = later_folders(self.options.runs, self.experiment.name, self.mark)
        with writing_to(self.options.runs):
            return find_finished(self.folder, later, self.origin)

    def run(self, dataset: Dataset, device: Device, display: Display, timer: PhaseTimer) -> Run:
        """Train, and write the run's folder, unless another process finishes the run first.

        Raises:
            LabError: if the training diverges; if the folder cannot be written; if another process is training.
        """
        folder = self.folder
        with writing_to(self.options.runs), folder.locked():
            if folder.finished_info():  # another process has finished it in the meantime
                return Run(folder.path, trained=False)
            info = _describe(self, dataset, device)
            folder.start(info)
            with recording_end(folder, info, timer):
                _train(self, dataset, folder.path, info, display, timer)
        return Run(folder.path, trained=True)


def run(experiment: Experiment, options: Options, display: Display) -> Run:
    """Train an experiment without folds and write its run folder and report, unless it already holds a finished run.

    Raises:
        LabError: if the file has no `data` or no `train` section; if the images cannot be used; if weights or the
            device are missing; if another process is running the same training; if the folder cannot be written; if
            the folder holds a damaged run; if the training diverges.
    """
    timer = PhaseTimer()
    with timer.phase("data"):
        selection = select_for(experiment, options)
        load = partial(load_dataset, selection, options.cache_folder, display)
        training = prepare(experiment, selection, load, options)
    announce(selection, display)
    return training.find() or _run_new(training, display, timer)


def select_for(experiment: Experiment, options: Options) -> Selection:
    """Select the images of an experiment, after checking that it can be trained.

    Raises:
        LabError: if it cannot, or if the images cannot be used.
    """
    refused = check_trainable(experiment) or check_weights(experiment.graph)
    if refused:
        raise LabError(refused)
    assert experiment.data, "otherwise check_trainable reports it"
    selection = select_images(experiment.data, options.quick)
    untested = check_tested(experiment, selection.parts)
    if untested:
        raise LabError(untested)
    return selection


def prepare(
    experiment: Experiment,
    selection: Selection,
    load: Callable[[], Dataset],
    options: Options,
    fold: FoldInfo | None = None,
) -> PreparedTraining:
    """Return the training of an experiment with images. `load` reads the images, if they are needed."""
    plan = partial(make_plan, Study.of(experiment))
    origin = Origin(partial(_text_in, experiment), selection.split_table, plan, load)
    mark = _fingerprint(experiment, selection, options)
    folder = run_folder(options.runs, experiment.name, mark, options.again)
    return PreparedTraining(experiment, options, mark, folder, origin, fold)


def announce(selection: Selection, display: Display) -> None:
    """Show the notes and the warnings about the images."""
    for note in selection.notes:
        display.note(note)
    for warning in selection.warnings:
        display.warn(warning)


def start(options: Options, display: Display, timer: PhaseTimer) -> Device:
    """Load the framework and choose the device.

    Raises:
        LabError: if there is no such backend or device.
    """
    with timer.phase("start"):
        display.stage("starting")
        return start_backend(options.backend, options.device)


def _run_new(training: PreparedTraining, display: Display, timer: PhaseTimer) -> Run:
    device = start(training.options, display, timer)
    with writing_to(training.options.runs), timer.phase("data"):
        dataset = training.origin.dataset()
    return training.run(dataset, device, display, timer)


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


def _text_in(experiment: Experiment, folder: Path) -> str:
    """Return the text of `experiment.lab` in a run's folder."""
    return escape_in_strings(experiment.text_in(folder))


def _describe(training: PreparedTraining, dataset: Dataset, device: Device) -> RunInfo:
    """Return the content of `run.json` at the start of a run."""
    experiment, options = training.experiment, training.options
    data, train = experiment.data, experiment.train
    assert data and train
    return RunInfo(
        status="running",
        fingerprint=training.mark,
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
        classes=tuple(data.class_names[number] for number in data.scored_classes),
        unit=data.target.unit if data.target else "",
        loss=train.loss.word(),
        monitor=f"{train.monitor.word()}({train.monitor.figure})",
        epochs=1 if options.quick else train.epochs,
        lets={name: escape_name(show(value)) for name, value in experiment.lets.items()},
        scores="probability" if task_of(experiment.graph, data, train).gives_probabilities else "score",
        data=DataInfo(
            source=escape_name(_sources_text(data)),
            parts=dataset.counts,
            images={name: len(part.files) for name, part in dataset.parts.items()},
            augmented=data.augment.is_active,
            balance=data.balance,
            weights=describe_balance(data.balance, dataset.parts["train"].targets, data.class_names).weights,
        ),
        fold=training.fold,
    )


def _sources_text(data: Data) -> str:
    """Return the source as the file has it; with several sources, each with its setting."""
    texts = {setting: data.place(setting).text for setting in data.sources}
    if len(texts) == 1:
        return next(iter(texts.values()))
    return "  ".join(f"{setting} = {text}" for setting, text in texts.items())


def _train(
    training: PreparedTraining, dataset: Dataset, folder: Path, info: RunInfo, display: Display, timer: PhaseTimer
) -> None:
    """Write all files of the run's folder, from `experiment.lab` to the report."""
    from .train_and_evaluate import Training, train_and_evaluate  # loads Keras; its backend has been chosen before

    experiment = training.experiment
    data, train = experiment.data, experiment.train
    assert data and train
    write_text(folder / "experiment.lab", _text_in(experiment, folder))
    write_text(folder / "split.csv", dataset.split_table)
    write_document(folder / "plan.json", make_plan(Study.of(experiment)))
    task = task_of(experiment.graph, data, train)
    claims = () if training.fold else experiment.claims  # with folds, claims are about the mean of the folds
    model_training = Training(experiment.name, experiment.graph, data, train, task, claims, info.epochs)
    train_and_evaluate(model_training, dataset, folder, display, timer)
    with timer.phase("report"):
        display.stage("writing the report")
        measured = info.model_copy(update={"seconds": dict(timer.seconds)})
        report_run(folder, read_record(folder, measured), dataset)
