"""The weights of the best epoch, where the monitored value is undefined in some epochs."""

from math import nan
from typing import Any

import pytest

from labc.compiler.expressions.values import Word
from labc.compiler.sections.train.train import Max
from labc.runtime.training.callbacks import BestWeights


class Weights:
    """A model whose weights are the number of the epoch."""

    epoch = 0

    def get_weights(self) -> list[Any]:
        return [self.epoch]


@pytest.mark.parametrize(("values", "best"), [([nan, nan], 1), ([nan, 0.2, 0.1], 2), ([0.3, nan, 0.5], 3)])
def test_an_epoch_with_an_undefined_value_is_kept_only_if_there_is_no_other(values: list[float], best: int) -> None:
    callback, model = BestWeights(Max(figure=Word("val_r2"))), Weights()
    callback.set_model(model)
    for number, value in enumerate(values):
        model.epoch = number + 1
        callback.on_epoch_end(number, {"val_r2": value})
    assert (callback.epoch, callback.weights) == (best, [best])
