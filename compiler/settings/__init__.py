"""The settings of each section: their names, bounds, units and defaults, in one place each."""

from .data import Data, Folder, Phantom, Split
from .train import Train

__all__ = ["Data", "Folder", "Phantom", "Split", "Train"]
