"""Reports the parts of the language that labc can check but not train yet, so that a run never ignores them."""

from collections.abc import Collection

from ...compiler.experiment import Experiment
from ...compiler.sections import Data
from ...compiler.study import Study
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.source import Span


def check_trainable(experiment: Experiment) -> list[Diagnostic]:
    """Report each missing section that a run needs. Returns an empty list if the experiment can be trained."""
    sections = (("data", experiment.data), ("train", experiment.train))
    return [_no_section(experiment, word) for word, section in sections if section is None]


def check_data(experiment: Experiment) -> Data:
    """Return the `data` section of an experiment.

    Raises:
        LabError: if there is none.
    """
    if experiment.data is None:
        raise LabError([_no_section(experiment, "data")])
    return experiment.data


def check_single(study: Study) -> list[Diagnostic]:
    """Report a study of several training runs, which this version cannot run. Returns an empty list otherwise."""
    if study.place and (study.search or len(study) * study.repeats > 1):
        return [_not_built("running a comparison", study.place)]
    return []


def check_tested(experiment: Experiment, parts: Collection[str]) -> list[Diagnostic]:
    """Report claims about test images if no part has test images. `parts` are the parts that have images."""
    if "test" in parts:
        return []
    named = [
        (claim, next((one for one in claim.figures if one.startswith("test_")), "")) for claim in experiment.claims
    ]
    return [
        Diagnostic(Code.SPLIT, f"`{figure}` needs test images, but there are none", claim.condition.span)
        for claim, figure in named
        if figure
    ]


def _no_section(experiment: Experiment, word: str) -> Diagnostic:
    message = f"missing section `{word}`, which a run needs"
    start = experiment.file.source.span(0, 0)
    return Diagnostic(Code.MISSING, message, start, help="`labc check` and `labc plan` work without it")


def _not_built(what: str, place: Span) -> Diagnostic:
    message = f"{what} is part of the language, but labc cannot run it in this version"
    return Diagnostic(Code.NOT_BUILT, message, place)
