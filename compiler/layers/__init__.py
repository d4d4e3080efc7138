"""The layers of the language: a class each, a file for each family, and the one list of them all."""

from .activation import (
    Activation,
    Elu,
    Gelu,
    LeakyRelu,
    Linear,
    Relu,
    Selu,
    Sigmoid,
    Silu,
    Softmax,
    Softplus,
    Tanh,
)
from .base import KerasCall, Layer, Weight
from .convolution import Conv
from .dense import Dense, Flatten
from .merge import MERGES, Add, Merge
from .normalization import BatchNorm
from .pooling import AvgPool, MaxPool
from .regularization import Dropout, SpatialDropout

ALL: tuple[type[Layer], ...] = (
    Conv,
    MaxPool,
    AvgPool,
    Flatten,
    Dense,
    BatchNorm,
    Dropout,
    SpatialDropout,
    Activation,
    Relu,
    LeakyRelu,
    Elu,
    Selu,
    Gelu,
    Silu,
    Softplus,
    Sigmoid,
    Tanh,
    Softmax,
    Linear,
)
LAYERS: dict[str, type[Layer]] = {layer.word(): layer for layer in ALL}

__all__ = ["ALL", "LAYERS", "MERGES", "Add", "Conv", "KerasCall", "Layer", "Merge", "Weight"]
