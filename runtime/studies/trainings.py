"""A whole run on one page: data, start, build, train, evaluate, report, each timed, each leaving its files."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ...compiler.experiment import Experiment
from ...compiler.expressions.values import show
from ...compiler.plan import plan
from ...compiler.study import Study
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ..cli.views.progress import Display
from ..data.dataset import Dataset, load_dataset, select_images
from ..evaluation.judge_claims import judge_claims
from ..evaluation.predictions import figures, outputs_of, predictions_csv
from ..option_errors import refuse_option
from ..runs.atomic import write_json, write_text
from ..runs.folder import RunFolder, command_line, describe_machine, fingerprint, now, run_folder, versions
from ..training.backend import Device, set_seed, start_backend
from ..training.diverged import Diverged
from ..training.task import Task
from ..training.weight_files import check_weights
from .options import Options
from .supported import check_single, check_trainable


@dataclass(frozen=True)
class Run:
    """A finished run."""

    folder: Path
    trained: bool
    """False if it had been trained before, so that nothing was done."""

    @cached_property
    def info(self) -> dict[str, Any]:
        """What `run.json` holds."""
        return RunFolder(self.folder).read() or {}

    @cached_property
    def metrics(self) -> dict[str, Any]:
        """What `metrics.json` holds: `best`, `final`, and the figures on `train`, `validation` and `test`."""
        import json

        held: dict[str, Any] = json.loads((self.folder / "metrics.json").read_text(encoding="utf-8"))
        return held


def run_study(study: Study, options: Options, display: Display) -> Run:
    """Train the experiment of a study of one.

    Raises:
        LabError: as `run`, and for a study that comes to several trainings.
    """
    refused = [*check_trainable(study.base), *check_single(study)]
    if refused:
        raise LabError(refused)
    return run(study.experiment, options, display)


def run(experiment: Experiment, options: Options, display: Display) -> Run:
    """Train an experiment, unless that has been done, and leave a run folder with its report.

    Raises:
        LabError: if the file has no `data` or `train`, the data is wrong, weights or the device are not there, another
            process is at the same training, the folder cannot be written to, or the training diverges.
    """
    _check_runnable(experiment)
    check_weights(experiment)
    clock = Clock()
    with clock.phase("data"):
        selection = select_images(experiment, options.quick)
        print_ = fingerprint(experiment, selection.key, options.backend, options.quick)
    folder = run_folder(options.runs, experiment, print_, options.again)
    if folder.finished:
        return Run(folder.path, trained=False)
    with clock.phase("start"):
        display.stage("starting")
        device = start_backend(options.backend, options.device)
    with _writing_to(options.runs):
        with clock.phase("data"):
            dataset = load_dataset(selection, options.runs / ".cache", display.images)
        with folder.locked():
            if folder.finished:  # by another process, since
                return Run(folder.path, trained=False)
            info = _describe(experiment, dataset, options, device, print_)
            _train(experiment, dataset, display, clock, folder, info)
    return Run(folder.path, trained=True)


@contextmanager
def _writing_to(runs: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a diagnostic; images that cannot be read have been told before."""
    try:
        yield
    except OSError as error:
        help = "free some space, or choose another place with `--runs DIR`"
        message = f"the run cannot be written: {error.strerror or error}"
        refuse_option(Code.UNWRITABLE, message, f"--runs {runs}", help)


class Clock:
    """Seconds by phase."""

    def __init__(self) -> None:
        """Start with no phase."""
        self.seconds: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time what happens inside."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0) + time.perf_counter() - start, 3)


def _check_runnable(experiment: Experiment) -> None:
    for word, section in (("data", experiment.data), ("train", experiment.train)):
        if section is None:
            message = f"a run needs a `{word}` section, and this file has none"
            start = experiment.file.source.span(0, 0)
            raise LabError([Diagnostic(Code.MISSING, message, start, help="`labc plan` and `labc check` do without")])
    refused = list(check_trainable(experiment))
    if refused:
        raise LabError(refused)


def _describe(
    experiment: Experiment, dataset: Dataset, options: Options, device: Device, print_: str
) -> dict[str, Any]:
    """What `run.json` says from the start."""
    data, train = experiment.data, experiment.train
    assert data and train
    return {
        "status": "running",
        "fingerprint": print_,
        "experiment": experiment.title,
        "file": experiment.path.name,
        "created": now(),
        "command": options.command or command_line(),
        "quick": options.quick,
        "seed": train.seed,
        "backend": options.backend,
        "device": {"kind": device.kind, "name": device.name},
        "versions": versions(options.backend),
        "machine": describe_machine(),
        "classes": list(data.classes),
        "loss": train.loss.word(),
        "monitor": f"{train.monitor.word()}({train.monitor.figure})",
        "epochs": 1 if options.quick else train.epochs,
        "lets": {name: show(value) for name, value in experiment.lets.items()},
        "scores": "probability" if Task.of(experiment).gives_probabilities else "score",
        "data": {"source": data.place("source").text, "parts": dataset.counts},
    }


def _train(
    experiment: Experiment,
    dataset: Dataset,
    display: Display,
    clock: Clock,
    folder: RunFolder,
    info: dict[str, Any],
) -> None:
    """The part of a run that writes: from the folder's first file to its report."""
    folder.path.mkdir(parents=True, exist_ok=True)
    folder.write(info)
    write_text(folder.path / "experiment.lab", experiment.text_in(folder.path))
    write_json(folder.path / "plan.json", plan(Study.of(experiment)))
    status, error = "failed", ""
    try:
        _train_and_evaluate(experiment, dataset, display, clock, folder.path, info["epochs"])
        folder.write({**info, "status": "finished", "seconds": clock.seconds})
        with clock.phase("report"):
            display.stage("writing the report")
            _report(folder.path, dataset)
        status = "finished"
    except KeyboardInterrupt:
        status = "interrupted"
        raise
    except Diverged as problem:
        error = f"the loss was no longer a number in epoch {problem.epoch}"
        raise LabError([_diverged(experiment, problem.epoch)]) from None
    except LabError as problem:
        error = problem.diagnostics[0].message
        raise
    except Exception as problem:
        error = f"{type(problem).__name__}: {problem}"
        raise
    finally:
        ended = {"status": status, "seconds": clock.seconds} | ({"error": error} if error else {})
        folder.write(info | ended)


def _diverged(experiment: Experiment, epoch: int) -> Diagnostic:
    train = experiment.train
    assert train
    message = f"the loss was no longer a number in epoch {epoch}"
    help = f"lower the learning rate, now {train.optimizer.first_rate:g}, or limit the gradient with `clip = 1`"
    return Diagnostic(Code.DIVERGED, message, train.place("optimizer"), help=help)


def _train_and_evaluate(
    experiment: Experiment, dataset: Dataset, display: Display, clock: Clock, folder: Path, epochs: int
) -> None:
    from ..training.fit import build_model, fit

    train = experiment.train
    assert train
    task = Task.of(experiment)
    with clock.phase("build"):
        display.stage("building the model")
        set_seed(train.seed, train.deterministic)
        model = build_model(experiment, dataset, task)
    with clock.phase("train"):
        display.training(epochs, -(-len(dataset.parts["train"].labels) // train.batch))
        trained = fit(model, experiment, dataset, task, epochs, folder / "history.csv", (display.batch, display.epoch))
    with clock.phase("evaluate"):
        display.stage("evaluating")
        outputs = outputs_of(model, dataset, train.batch)
        metrics = _metrics(experiment, dataset, task, trained, outputs)
        write_json(folder / "metrics.json", {**metrics, "claims": judge_claims(experiment, metrics)})
        write_text(folder / "predictions.csv", predictions_csv(task, dataset, outputs))
        _save_model(model, folder / "model.keras")


def _metrics(experiment: Experiment, dataset: Dataset, task: Task, trained: Any, outputs: Any) -> dict[str, Any]:
    """`metrics.json`."""
    train = experiment.train
    assert train
    monitor = train.monitor
    best = {
        "epoch": trained.best.epoch,
        "monitor": f"{monitor.word()}({monitor.figure})",
        "value": trained.history[trained.best.epoch - 1][monitor.figure],
    }
    final = {name: value for name, value in trained.history[-1].items() if name not in ("seconds", "lr")}
    parts = {name: figures(task, part, outputs[name], train.metrics) for name, part in dataset.parts.items()}
    return {"best": best, "final": final, **parts}


def _save_model(model: Any, path: Path) -> None:
    """Save the model as plain Keras: without labc's metrics, so that it loads where labc is not installed."""
    import keras

    plain = keras.Model.from_config(model.get_config())
    plain.set_weights(model.get_weights())
    temporary = path.with_name(".new.keras")
    plain.save(temporary)
    temporary.replace(path)


def _report(folder: Path, dataset: Dataset) -> None:
    from ..report.write import write_report

    images = {
        file: image
        for name in ("validation", "test")
        if name in dataset.parts
        for file, image in zip(dataset.parts[name].files, dataset.parts[name].images, strict=True)
    }
    write_report(folder, images)
