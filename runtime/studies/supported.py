"""Refuses to run what this version checks but does not train yet."""

from collections.abc import Iterator

from ...compiler.experiment import Experiment
from ...compiler.sections import Data, Folder, Phantom
from ...compiler.study import Study
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.source import Span
from ..data.phantom import KINDS


def check_trainable(experiment: Experiment) -> Iterator[Diagnostic]:
    """A diagnostic for each part of a checked experiment that this version does not train."""
    if experiment.data:
        for what, place in _of_data(experiment.data):
            yield _not_built(what, place)


def check_single(study: Study) -> Iterator[Diagnostic]:
    """A diagnostic for a study that comes to several trainings, which this version does not run."""
    if study.place and (study.search or len(study) * study.repeats > 1):
        yield _not_built("running a comparison", study.place)


def _of_data(data: Data) -> Iterator[tuple[str, Span]]:
    for name, source in data.sources.items():
        if name != "source":
            yield f"`{name}` with images of its own", data.place(name)
        elif not isinstance(source, Folder | Phantom):
            yield f"reading from `{source.word()}`", data.place(name)
        elif isinstance(source, Phantom) and source.kind not in KINDS:
            yield f"drawing `{source.kind}`", source.place("kind")
    if data.masks:
        yield "training on masks", data.place("masks")
    if data.folds:
        yield "cross-validation", data.place("folds")
    if data.balance != "none":
        yield "balancing classes", data.place("balance")
    if data.split.group:
        yield "splitting by groups", data.split.place("group")
    if not data.is_default("augment"):
        yield "augmentation", data.place("augment")


def _not_built(what: str, place: Span) -> Diagnostic:
    message = f"{what} is part of the language, but this version of labc does not run it yet"
    return Diagnostic(Code.NOT_BUILT, message, place)
