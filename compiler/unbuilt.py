"""What language.md has and this version does not run yet: known by name, so that it is never taken for a mistake.

A name leaves this file when it is built; when the file is empty, it goes.
"""

from ..grammar.codes import Code
from ..grammar.diagnostic import Diagnostic
from ..grammar.source import Span

UNBUILT: dict[str, frozenset[str]] = {
    "declarations": frozenset({"report"}),
    "data": frozenset(
        {"train", "validation", "test", "masks", "mask_name", "mask_values", "folds", "balance", "augment"}
    ),
    "split": frozenset({"group"}),
    "words": frozenset(
        """
        files csv npz column bone organs chest ct scan
        dice bce_dice jaccard tversky iou cosine step exponential
        """.split()  # noqa: SIM905
    ),
}


def not_built(what: str, place: Span) -> Diagnostic:
    """The diagnostic for a part of the language that is not built."""
    message = f"{what} is part of the language, but this version of labc does not run it yet"
    return Diagnostic(Code.NOT_BUILT, message, place)
