"""The losses of the language: one class each, one file for each family, and the list of all losses."""

from .crossentropy import BinaryCrossentropy, CategoricalCrossentropy
from .focal import Focal
from .hinge import CategoricalHinge, Hinge, SquaredHinge
from .loss import ANY, Heads, Loss, MaskHeads
from .mask_overlap import BceDice, Dice, Jaccard, OverlapLoss, Tversky
from .regression import Huber, Mae, Mse

ALL: tuple[type[Loss], ...] = (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Focal,
    Hinge,
    SquaredHinge,
    CategoricalHinge,
    Mse,
    Mae,
    Huber,
    Dice,
    BceDice,
    Jaccard,
    Tversky,
)
LOSSES: dict[str, type[Loss]] = {loss.word(): loss for loss in ALL}

__all__ = ["ALL", "ANY", "LOSSES", "Heads", "Loss", "MaskHeads", "OverlapLoss"]
