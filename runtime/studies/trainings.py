"""All steps of a run: select the images, look for a finished run, train, evaluate, write the report."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...compiler.experiment import Experiment
from ...compiler.expressions.values import show
from ...compiler.plan import make_plan
from ...compiler.study import Study
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.lab_error import LabError
from ..data.dataset import Dataset, load_dataset, select_images
from ..option_errors import refuse_option
from ..runs.atomic import write_text
from ..runs.environment import command_line, describe_machine, framework_versions, now, package_versions
from ..runs.fingerprint import fingerprint
from ..runs.folder import RunFolder, run_folder
from ..runs.json_files import write_document
from ..runs.run_info import DataInfo, DeviceInfo, RunInfo, Status
from ..training.backend import Device, start_backend
from ..training.task import Task
from ..training.weight_files import check_weights
from .display import Display
from .options import Options
from .phase_timer import PhaseTimer
from .run_result import Run
from .supported import check_single, check_trainable


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
            the folder holds a run that cannot be read; if the training diverges.
    """
    refused = check_trainable(experiment) or check_weights(experiment.graph)
    if refused:
        raise LabError(refused)
    data, train = experiment.data, experiment.train
    assert data and train, "otherwise check_trainable reports it"
    timer = PhaseTimer()
    with timer.phase("data"):
        selection = select_images(data, options.quick)
        mark = fingerprint(
            experiment.graph,
            data,
            train,
            images=selection.images_key,
            backend=options.backend,
            versions=framework_versions(options.backend),
            quick=options.quick,
        )
    folder = run_folder(options.runs, experiment.name, mark, options.again)
    if folder.is_finished():
        return Run(folder.path, trained=False)
    with timer.phase("start"):
        display.stage("starting")
        device = start_backend(options.backend, options.device)
    with _writing_to(options.runs):
        with timer.phase("data"):
            dataset = load_dataset(selection, options.runs / ".cache", display.images, display.note)
        with folder.locked():
            if folder.is_finished():  # another process has finished it in the meantime
                return Run(folder.path, trained=False)
            info = _describe(experiment, dataset, options, device, mark)
            _train(experiment, dataset, folder, info, display, timer)
    return Run(folder.path, trained=True)


@contextmanager
def _writing_to(runs: Path) -> Iterator[None]:
    """Turn an OSError inside the block into a diagnostic. Unreadable images have already been reported then."""
    try:
        yield
    except OSError as error:
        help = "free some disk space, or choose another folder with `--runs DIR`"
        message = f"cannot write the run: {error.strerror or error}"
        refuse_option(Code.UNWRITABLE, message, f"--runs {runs}", help)


def _describe(experiment: Experiment, dataset: Dataset, options: Options, device: Device, mark: str) -> RunInfo:
    """Return the content of `run.json` at the start of a run."""
    data, train = experiment.data, experiment.train
    assert data and train
    return RunInfo(
        status="running",
        fingerprint=mark,
        experiment=experiment.title,
        file=experiment.path.name,
        created=now(),
        command=options.command or command_line(),
        quick=options.quick,
        seed=train.seed,
        backend=options.backend,
        device=DeviceInfo(kind=device.kind, name=device.name),
        versions=package_versions(options.backend),
        machine=describe_machine(),
        classes=data.class_names,
        loss=train.loss.word(),
        monitor=f"{train.monitor.word()}({train.monitor.figure})",
        epochs=1 if options.quick else train.epochs,
        lets={name: show(value) for name, value in experiment.lets.items()},
        scores="probability" if Task.of(experiment.graph, data, train).gives_probabilities else "score",
        data=DataInfo(source=data.place("source").text, parts=dataset.counts),
    )


def _train(
    experiment: Experiment,
    dataset: Dataset,
    folder: RunFolder,
    info: RunInfo,
    display: Display,
    timer: PhaseTimer,
) -> None:
    """Write all files of the run's folder, from the first file to the report."""
    from .train_and_evaluate import Training, train_and_evaluate  # loads Keras; its backend has been chosen before

    data, train = experiment.data, experiment.train
    assert data and train
    folder.path.mkdir(parents=True, exist_ok=True)
    folder.write_info(info)
    write_text(folder.path / "experiment.lab", experiment.text_in(folder.path))
    write_document(folder.path / "plan.json", make_plan(Study.of(experiment)))
    task = Task.of(experiment.graph, data, train)
    training = Training(
        experiment.name, experiment.graph, data.scale, train, task, experiment.claims, epochs=info.epochs
    )
    with _recording_status(folder, info, timer):
        train_and_evaluate(training, dataset, folder.path, display, timer)
        folder.write_info(_ended(info, "finished", timer))
        with timer.phase("report"):
            display.stage("writing the report")
            _report(folder.path, dataset)


@contextmanager
def _recording_status(folder: RunFolder, info: RunInfo, timer: PhaseTimer) -> Iterator[None]:
    """Write the status into `run.json` when the block ends: finished, failed or interrupted."""
    status: Status = "failed"
    error = None
    try:
        yield
        status = "finished"
    except KeyboardInterrupt:
        status = "interrupted"
        raise
    except LabError as problem:
        error = problem.diagnostics[0].message
        raise
    except Exception as problem:
        error = f"{type(problem).__name__}: {problem}"
        raise
    finally:
        folder.write_info(_ended(info, status, timer, error))


def _ended(info: RunInfo, status: Status, timer: PhaseTimer, error: str | None = None) -> RunInfo:
    return info.model_copy(update={"status": status, "seconds": dict(timer.seconds), "error": error})


def _report(folder: Path, dataset: Dataset) -> None:
    from ..report.write import write_report

    images = {
        file: image
        for name in ("validation", "test")
        if name in dataset.parts
        for file, image in zip(dataset.parts[name].files, dataset.parts[name].images, strict=True)
    }
    write_report(folder, images)
