"""`metrics.json`: the loss and metrics of a finished run."""

import math
from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, PositiveInt

from ...compiler.json_document import JsonDocument, JsonObject


def _none_if_undefined(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


Figure = Annotated[float | None, BeforeValidator(_none_if_undefined)]
"""A measured value. It is None, and null in the file, if the value is undefined: nan or infinite."""

Count = Annotated[int | float | None, BeforeValidator(_none_if_undefined)]
"""A measured value, or an integer such as the number of parameters."""


class BestEpoch(JsonObject):
    """The epoch whose weights were kept, counted from 1, and its monitored value."""

    epoch: PositiveInt
    monitor: str
    value: Figure


class LastEpoch(JsonObject):
    """The last epoch, counted from 1, and its values in `history.csv`: `loss`, `val_loss`, …"""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Figure]

    epoch: PositiveInt

    @property
    def figures(self) -> Mapping[str, float | None]:
        """The loss and the metrics by name."""
        return self.__pydantic_extra__


class ClaimResult(JsonObject):
    """A claim: a condition in the section `expect`, whether it holds, and the measured values in it."""

    claim: str
    holds: bool
    figures: dict[str, Count]


class RunMetrics(JsonDocument):
    """The content of `metrics.json`. The values of each part are measured with the weights of the best epoch."""

    best: BestEpoch
    final: LastEpoch
    train: dict[str, Figure]
    validation: dict[str, Figure]
    test: dict[str, Figure] | None = None
    """The values of the test part; None without a test part."""
    claims: tuple[ClaimResult, ...]

    @property
    def parts(self) -> dict[str, dict[str, float | None]]:
        """The loss and the metrics of each existing part, by the name of the part."""
        parts = {"train": self.train, "validation": self.validation, "test": self.test}
        return {name: figures for name, figures in parts.items() if figures}
