"""The kinds of tasks: what a model learns from each image."""

from enum import StrEnum


class TaskKind(StrEnum):
    """What a model learns from each image. The value is the name of the task in messages and files."""

    CLASSIFICATION = "classification"
    """One of several classes."""
    MULTI_LABEL = "multi-label classification"
    """Any number of several labels."""
    REGRESSION = "regression"
    """A number."""
    SEGMENTATION = "segmentation"
    """A class of each pixel."""
