"""The layers of the language: one class each, one file for each family, and the list of all layers."""

from .activation import Activation, Elu, Gelu, LeakyRelu, Linear, Relu, Selu, Sigmoid, Silu, Softmax, Softplus, Tanh
from .backbone import Backbone
from .base import KerasArgument, KerasCall, KerasNetwork, Layer, PlainValue, Weight
from .convolution import Conv
from .dense import Dense
from .merge import MERGES, Add, Merge
from .normalization import BatchNorm, GroupNorm, LayerNorm, Rescale
from .pooling import AvgPool, GlobalAvgPool, GlobalMaxPool, MaxPool
from .regularization import Dropout, GaussianNoise, SpatialDropout
from .resampling import Crop, Upsample, ZeroPad
from .reshaping import Flatten, Reshape
from .separable import DepthwiseConv, SeparableConv
from .transposed import ConvTranspose

ALL: tuple[type[Layer], ...] = (
    Conv,
    ConvTranspose,
    SeparableConv,
    DepthwiseConv,
    MaxPool,
    AvgPool,
    GlobalMaxPool,
    GlobalAvgPool,
    Upsample,
    ZeroPad,
    Crop,
    Flatten,
    Reshape,
    Dense,
    BatchNorm,
    LayerNorm,
    GroupNorm,
    Rescale,
    Dropout,
    SpatialDropout,
    GaussianNoise,
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
    Backbone,
)
LAYERS: dict[str, type[Layer]] = {layer.word(): layer for layer in ALL}

__all__ = [
    "ALL", "LAYERS", "MERGES", "Add", "Backbone", "BatchNorm", "Conv", "Dropout", "KerasArgument", "KerasCall",
    "KerasNetwork", "Layer", "Merge", "PlainValue", "SpatialDropout", "Weight",
]  # fmt: skip
