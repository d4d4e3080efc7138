"""`metrics.json`: the loss and metrics of a finished run."""

import math
from collections.abc import Mapping
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, PositiveInt, model_validator

from ...compiler.json_document import JsonDocument, JsonObject
from ...compiler.metrics import METRICS

ROUNDING = 1e-6  # a metric of float32 numbers may be outside its range by the rounding
F = TypeVar("F", bound=Mapping[str, float | None])


def _none_if_undefined(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _in_range(figures: F) -> F:
    """Return the values of metrics by name; raise ValueError for one that the metric cannot have."""
    for name, value in figures.items():
        metric = METRICS.get(name.removeprefix("val_"))
        if metric and value is not None and not metric.lowest - ROUNDING <= value <= metric.highest + ROUNDING:
            raise ValueError(f"`{name}` must be from {metric.lowest:g} to {metric.highest:g}, but is {value:g}")
    return figures


Figure = Annotated[float | None, BeforeValidator(_none_if_undefined)]
"""A measured value. It is None, and null in the file, if the value is undefined: nan or infinite."""

Figures = Annotated[dict[str, Figure], AfterValidator(_in_range)]
"""The loss and the metrics by name."""

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

    @model_validator(mode="after")
    def _figures_in_range(self) -> "LastEpoch":
        _in_range(self.figures)
        return self


class ClaimResult(JsonObject):
    """A claim: a condition in the section `expect`, whether it holds, and the measured values in it."""

    claim: str
    holds: bool
    figures: dict[str, Count]


class RunMetrics(JsonDocument):
    """The content of `metrics.json`. The values of each part are measured with the weights of the best epoch."""

    best: BestEpoch
    final: LastEpoch
    train: Figures
    validation: Figures
    test: Figures | None = None
    """The values of the test part; None without a test part."""
    claims: tuple[ClaimResult, ...]

    @model_validator(mode="after")
    def _best_is_not_after_final(self) -> "RunMetrics":
        if self.best.epoch > self.final.epoch:
            raise ValueError(f"the best epoch is {self.best.epoch}, but the last epoch is {self.final.epoch}")
        return self

    @property
    def parts(self) -> dict[str, dict[str, float | None]]:
        """The loss and the metrics of each existing part, by the name of the part."""
        parts = {"train": self.train, "validation": self.validation, "test": self.test}
        return {name: figures for name, figures in parts.items() if figures}
