"""Cases for the contract of the layers: arguments drawn for labc, the same for Keras, refusals that are meant."""

from .case import Case
from .drawn_arguments import DRAWN, Shape
from .meant_refusals import MEANT, Refusal

__all__ = ["DRAWN", "MEANT", "Case", "Refusal", "Shape"]
