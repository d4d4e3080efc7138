"""`expect`: claims, of which those about the model alone are decided by checking."""

from collections.abc import Mapping, Sequence

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.diagnostics.suggest import did_you_mean, listing
from ...grammar.formatting.inline import expression
from ..analysis.resolved import Resolved
from ..expressions.free_names import used_names
from ..model.graph import Graph
from ..sections import Npz, Train
from .claim import Claim, check_condition, check_possible

COUNTS = ("params", "trainable", "frozen")


def read_claims(expect: s.Expect | None, resolved: Resolved, reporter: Reporter) -> tuple[Claim, ...]:
    """The claims of a file.

    A claim is about the number of weights (COUNTS), decided here, or also about figures that training measures: those
    of the history (`val_accuracy`) and those of the test images (`test_auc`). A claim that does not hold or cannot
    hold, that is no condition, or that speaks of anything else, is reported.
    """
    claims: dict[str, Claim] = {}
    unread = reporter.has_errors and not (resolved.data and resolved.train)  # what they measure is then not known
    for entry in expect.entries if expect else ():
        if isinstance(entry, s.Claim):
            with reporter.catch():
                claim = _read(entry, resolved, unread)
                if claim.label in claims:
                    place = (entry.label or entry.condition).span
                    message = f'two claims are called "{claim.label}"'
                    help = "rename one of them, or leave it out"
                    raise LabError([Diagnostic(Code.DUPLICATE, message, place, help=help)])
                claims[claim.label] = claim
    return tuple(claims.values())


def _read(entry: s.Claim, resolved: Resolved, unread: bool) -> Claim:
    lets, graph = resolved.lets, resolved.graph
    measured = _figures(resolved)
    names = [name for name in dict.fromkeys(used_names(entry.condition)) if lets.find(name) is None]
    unknown = [name for name in names if name not in COUNTS and name not in measured]
    if unknown and unread:
        raise LabError([])
    if unknown:
        message = f"`{unknown[0]}` is neither a count of weights nor measured in this experiment"
        help = _help_for_test_figure(unknown[0], resolved) or did_you_mean(unknown[0], [*measured, *COUNTS])
        raise LabError([Diagnostic(Code.MONITOR, message, entry.condition.span, help=help)])
    if not names:
        message = "this claims nothing: it names no count of weights and no figure"
        figure = f", or a figure such as `{measured[-1]}`" if measured else ""
        help = f"name {listing(COUNTS)}{figure}"
        raise LabError([Diagnostic(Code.MONITOR, message, entry.condition.span, help=help)])
    label = entry.label.value if entry.label else expression(entry.condition)
    claim = Claim(label, entry.condition, tuple(name for name in names if name in measured), lets)
    if graph:
        _decide(claim, names, counts_of(graph))
    return claim


def _decide(claim: Claim, names: Sequence[str], counts: Mapping[str, int]) -> None:
    """Refuse a claim that does not hold, or will not whatever is measured."""
    if claim.figures:
        check_condition(claim, counts)
        check_possible(claim, counts)
    elif not claim.holds(counts):
        notes = tuple(f"{name} = {counts[name]:_}" for name in names)
        message = f'the claim "{claim.label}" does not hold'
        raise LabError([Diagnostic(Code.CLAIM_FAILS, message, claim.condition.span, notes=notes)])


def counts_of(graph: Graph) -> dict[str, int]:
    """The value of each of COUNTS."""
    return dict(zip(COUNTS, (graph.parameters, graph.trainable, graph.frozen), strict=True))


def _figures(resolved: Resolved) -> list[str]:
    """What training measures; on test images only where there are some."""
    if resolved.train is None:
        return []
    return [*resolved.train.figures, *(_of_test_images(resolved.train) if _tested(resolved) else [])]


def _of_test_images(train: Train) -> list[str]:
    return [f"test_{name}" for name in ("loss", *train.metrics)]


def _tested(resolved: Resolved) -> bool:
    data = resolved.data
    return data is not None and (data.test is not None or bool(data.split.test) or isinstance(data.source, Npz))


def _help_for_test_figure(name: str, resolved: Resolved) -> str | None:
    """The way out for a figure of test images where there are none."""
    if resolved.train is None or _tested(resolved) or name not in _of_test_images(resolved.train):
        return None
    if resolved.data and resolved.data.train:
        return 'it is measured on test images: `data` needs a source for them, `test = folder("…")`'
    return "it is measured on test images: `split` needs a `test` part, as in `test = 15%`"
