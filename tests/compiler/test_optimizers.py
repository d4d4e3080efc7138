"""Optimizers against those of Keras."""

import numpy as np
import pytest

from labc.compiler.sections.train.optimizer import OPTIMIZERS, Optimizer, Rmsprop, Sgd


@pytest.mark.parametrize("cls", OPTIMIZERS, ids=lambda cls: cls.word())
@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_slot_variables_are_those_of_keras(cls: type[Optimizer], momentum: float) -> None:
    import keras

    optimizer = cls(momentum=momentum) if cls in (Sgd, Rmsprop) else cls()
    arguments = optimizer.model_dump(exclude={"lr"})
    oracle = getattr(keras.optimizers, optimizer.keras_class)(**arguments)
    weights = keras.Variable(np.zeros(7, np.float32))
    oracle.build([weights])
    assert sum(variable.shape == weights.shape for variable in oracle.variables) == optimizer.slot_variables
