"""Reports the parts of the language that labc can check but not train yet, so that a run never ignores them."""

from collections.abc import Iterator

from ...compiler.experiment import Experiment
from ...compiler.sections import Data, Folder, Phantom
from ...compiler.study import Study
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.source import Span
from ..data.phantom import KINDS


def check_trainable(experiment: Experiment) -> list[Diagnostic]:
    """Report each missing section that a run needs; if none is missing, each setting that labc cannot train yet.

    Returns an empty list if the experiment can be trained.
    """
    missing = [*_missing_sections(experiment)]
    if missing or experiment.data is None:
        return missing
    return [_not_built(what, place) for what, place in _not_built_in_data(experiment.data)]


def check_single(study: Study) -> list[Diagnostic]:
    """Report a study of several training runs, which this version cannot run. Returns an empty list otherwise."""
    if study.place and (study.search or len(study) * study.repeats > 1):
        return [_not_built("running a comparison", study.place)]
    return []


def _missing_sections(experiment: Experiment) -> Iterator[Diagnostic]:
    for word, section in (("data", experiment.data), ("train", experiment.train)):
        if section is None:
            message = f"missing section `{word}`, which a run needs"
            start = experiment.file.source.span(0, 0)
            yield Diagnostic(Code.MISSING, message, start, help="`labc check` and `labc plan` work without it")


def _not_built_in_data(data: Data) -> Iterator[tuple[str, Span]]:
    for name, source in data.sources.items():
        if name != "source":
            yield f"a separate image source for `{name}`", data.place(name)
        elif not isinstance(source, Folder | Phantom):
            yield f"reading from `{source.word()}`", data.place(name)
        elif isinstance(source, Phantom) and source.kind not in KINDS:
            yield f"drawing `{source.kind}`", source.place("kind")
    if data.masks:
        yield "training for segmentation, with `masks`", data.place("masks")
    if data.folds:
        yield "cross-validation", data.place("folds")
    if data.balance != "none":
        yield "balancing classes", data.place("balance")
    if data.split.group:
        yield "splitting by groups", data.split.place("group")


def _not_built(what: str, place: Span) -> Diagnostic:
    message = f"{what} is part of the language, but labc cannot run it in this version"
    return Diagnostic(Code.NOT_BUILT, message, place)
