"""`metrics.json`: the figures of a finished run."""

import math
from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, PositiveInt

from ...compiler.json_document import JsonDocument, JsonObject


def _none_if_undefined(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


Figure = Annotated[float | None, BeforeValidator(_none_if_undefined)]
"""A measured value; None, null in the file, where it is undefined: not a number, or infinite."""

Count = Annotated[int | float | None, BeforeValidator(_none_if_undefined)]
"""A figure, or a whole number such as the count of parameters."""


class BestEpoch(JsonObject):
    """The epoch whose weights were kept, counted from 1, with the monitored value in it."""

    epoch: PositiveInt
    monitor: str
    value: Figure


class LastEpoch(JsonObject):
    """The last epoch, counted from 1, with its figures as in `history.csv`: `loss`, `val_loss`, …"""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Figure]

    epoch: PositiveInt

    @property
    def figures(self) -> Mapping[str, float | None]:
        """The figures by name."""
        return self.__pydantic_extra__


class ClaimResult(JsonObject):
    """A claim of `expect`, whether it holds, and the measured figures in it."""

    claim: str
    holds: bool
    figures: dict[str, Count]


class RunMetrics(JsonDocument):
    """The content of `metrics.json`. The figures of each part are measured with the best epoch's weights."""

    best: BestEpoch
    final: LastEpoch
    train: dict[str, Figure]
    validation: dict[str, Figure]
    test: dict[str, Figure] | None = None
    """None without a test part."""
    claims: tuple[ClaimResult, ...]

    @property
    def parts(self) -> dict[str, dict[str, float | None]]:
        """The figures of each part that there is, by its name."""
        parts = {"train": self.train, "validation": self.validation, "test": self.test}
        return {name: figures for name, figures in parts.items() if figures}
