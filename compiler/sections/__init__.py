"""The settings of each section. The name, bounds, unit and default of a setting are declared in one class."""

from .data.augment import Augment
from .data.data import Data
from .data.filename_pattern import FilenamePattern
from .data.sources import Column, Csv, Files, Folder, Npz, Phantom, SplitTable, TargetColumn
from .data.split import Split
from .train.schedule import Cosine, Schedule, Step
from .train.train import Train

__all__ = [
    "Augment",
    "Column",
    "Cosine",
    "Csv",
    "Data",
    "FilenamePattern",
    "Files",
    "Folder",
    "Npz",
    "Phantom",
    "Schedule",
    "Split",
    "SplitTable",
    "Step",
    "TargetColumn",
    "Train",
]
