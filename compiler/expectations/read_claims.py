"""Read the claims of `expect`, and decide those that need no training."""

from collections.abc import Mapping, Sequence

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.diagnostics.suggest import did_you_mean, listing
from ...grammar.formatting.inline import expression
from ..analysis.resolved import Resolved
from ..expressions.budget import CLAIM
from ..expressions.free_names import used_names
from ..model.graph import Graph
from ..sections import Npz, Train
from .claim import Claim, check_condition, check_possible

COUNTS = ("params", "trainable", "frozen")


def read_claims(expect: s.Expect | None, resolved: Resolved, reporter: Reporter) -> tuple[Claim, ...]:
    """Return the claims of a file; an empty tuple if it has no `expect`.

    A claim about numbers of weights (COUNTS) is decided here. A claim may also name metrics that training measures:
    `val_accuracy` of the history, or `test_auc` of the test images. A claim is reported if it is false, cannot be true,
    is not a condition, or names anything else.
    """
    claims: dict[str, Claim] = {}
    unread = reporter.has_errors and not (resolved.data and resolved.train)  # then the measured metrics are not known
    for entry in expect.entries if expect else ():
        if isinstance(entry, s.Claim):
            with reporter.catch():
                claim = _read(entry, resolved, unread)
                if claim.label in claims:
                    place = (entry.label or entry.condition).span
                    message = f'two claims have the label "{claim.label}"'
                    help = "change the label of one of them, or remove one"
                    raise LabError([Diagnostic(Code.DUPLICATE, message, place, help=help)])
                claims[claim.label] = claim
    return tuple(claims.values())


def _read(entry: s.Claim, resolved: Resolved, unread: bool) -> Claim:
    lets, graph = resolved.lets, resolved.graph
    lets.budget.spend(CLAIM, entry.span)
    measured = _figures(resolved)
    names = [name for name in dict.fromkeys(used_names(entry.condition)) if lets.find(name) is None]
    unknown = [name for name in names if name not in COUNTS and name not in measured]
    if unknown and unread:
        raise LabError([])
    if unknown:
        message = f"`{unknown[0]}` is neither a number of weights nor a metric of this experiment"
        help = _help_for_test_figure(unknown[0], resolved) or did_you_mean(unknown[0], [*measured, *COUNTS])
        raise LabError([Diagnostic(Code.MONITOR, message, entry.condition.span, help=help)])
    if not names:
        message = "a claim must name a number of weights or a metric, but this claim names neither"
        figure = f"; a metric is for example `{measured[-1]}`" if measured else ""
        help = f"the numbers of weights are {listing(COUNTS)}{figure}"
        raise LabError([Diagnostic(Code.MONITOR, message, entry.condition.span, help=help)])
    label = entry.label.value if entry.label else expression(entry.condition)
    claim = Claim(label, entry.condition, tuple(name for name in names if name in measured), lets)
    if graph:
        _decide(claim, names, counts_of(graph))
    return claim


def _decide(claim: Claim, names: Sequence[str], counts: Mapping[str, int]) -> None:
    """Check that a claim about weights is true, and that a claim about metrics can be true.

    Raises:
        LabError: if it is false, or cannot be true.
    """
    if claim.figures:
        check_condition(claim, counts)
        check_possible(claim, counts)
    elif not claim.holds(counts):
        notes = tuple(f"{name} = {counts[name]:_}" for name in names)
        message = f'the claim "{claim.label}" is false'
        raise LabError([Diagnostic(Code.CLAIM_FAILS, message, claim.condition.span, notes=notes)])


def counts_of(graph: Graph) -> dict[str, int]:
    """Return the number of weights for each of COUNTS."""
    return dict(zip(COUNTS, (graph.parameters, graph.trainable, graph.frozen), strict=True))


def _figures(resolved: Resolved) -> list[str]:
    """Return the names of the metrics that training measures, with those of test images if there is a test part."""
    if resolved.train is None:
        return []
    return [*resolved.train.figures, *(_of_test_images(resolved.train) if _tested(resolved) else [])]


def _of_test_images(train: Train) -> list[str]:
    return [f"test_{name}" for name in ("loss", *train.metrics)]


def _tested(resolved: Resolved) -> bool:
    data = resolved.data
    return data is not None and (
        data.test is not None or bool(data.split.test or data.split.table) or isinstance(data.source, Npz)
    )


def _help_for_test_figure(name: str, resolved: Resolved) -> str | None:
    """Return the help for a metric of test images if the data has no test part; None for any other name."""
    if resolved.train is None or _tested(resolved) or name not in _of_test_images(resolved.train):
        return None
    if resolved.data and resolved.data.train:
        return f'`{name}` needs test images: add their source to `data`, for example `test = folder("…")`'
    return f"`{name}` needs test images: add a `test` part to `split`, for example `test = 15%`"
