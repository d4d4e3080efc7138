"""The settings of each section: their names, bounds, units and defaults, in one place each."""

from .augment import Augment
from .data import Data
from .schedule import Cosine, Schedule, Step
from .source import Column, Csv, Folder, Npz, Phantom
from .split import Split
from .train import Train

__all__ = [
    "Augment",
    "Column",
    "Cosine",
    "Csv",
    "Data",
    "Folder",
    "Npz",
    "Phantom",
    "Schedule",
    "Split",
    "Step",
    "Train",
]
