"""Regression: each image has a number."""

from dataclasses import dataclass

import numpy as np

from ....compiler.losses import Loss
from ...data.targets import Targets
from .task import Floats, Task


@dataclass(frozen=True)
class Regression(Task):
    """The output of the model's only unit is the predicted number, in the unit of the target."""

    loss: Loss
    units: int = 1

    def encode(self, targets: Targets) -> Floats:
        """Encode numbers (image,) for the loss: (image, 1)."""
        return np.asarray(targets, np.float32)[:, None]
