"""Losses, and which task each of them is for."""

from typing import Annotated, ClassVar

from ...schema.arguments import Arguments
from ...schema.field_types import Choice, NotNegative


class Focal(Arguments):
    """Cross-entropy in which what is well classified counts less. Lin et al. (2017).

    Arguments:
        gamma: how much less; with 0 it is cross-entropy.

    Example: `focal(2)`
    """

    gamma: NotNegative = 2.0


class Tversky(Arguments):
    """1 minus the Tversky index of two masks. Salehi et al. (2017).

    With both weights 0.5 it is the Dice loss, with both 1 the Jaccard loss.

    Arguments:
        alpha: weight of the false positives.
        beta: weight of the false negatives.

    Example: `tversky(alpha = 0.3, beta = 0.7)`
    """

    positional: ClassVar[int] = 2

    alpha: NotNegative = 0.5
    beta: NotNegative = 0.5


LOSSES: tuple[str | type[Arguments], ...] = (
    "binary_crossentropy", "categorical_crossentropy", "hinge", "squared_hinge", "categorical_hinge", "mse", "mae",
    Focal, "dice", "bce_dice", "jaccard", Tversky,
)  # fmt: skip
OF_MASKS = frozenset({"dice", "bce_dice", "jaccard", "tversky"})  # they compare regions
OF_IMAGES = frozenset({"hinge", "squared_hinge", "categorical_hinge"})  # they tell whole images apart

Loss = Annotated[str | Focal | Tversky, Choice(LOSSES)]
