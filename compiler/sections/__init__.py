"""The settings of each section. The name, bounds, unit and default of a setting are declared in one class."""

from .data.augment import Augment
from .data.data import Data
from .data.sources import Column, Csv, Folder, Npz, Phantom
from .data.split import Split
from .train.schedule import Cosine, Schedule, Step
from .train.train import Train

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
