"""What all layers with kernels have in common: the Keras arguments for activation, bias, initialiser and penalty."""

from collections.abc import Sequence
from typing import Protocol

from .base import KerasArgument, KerasCall


class HasKernel(Protocol):
    """The arguments that every layer with a kernel has."""

    @property
    def activation(self) -> str:
        """The word of the output's activation."""

    @property
    def bias(self) -> bool:
        """Whether there is a bias."""

    @property
    def init(self) -> str:
        """The initialiser of the kernels."""

    @property
    def l2(self) -> float:
        """The weight of the kernels' L2 penalty in the loss."""


def kernel_arguments(layer: HasKernel, prefixes: Sequence[str] = ("kernel",)) -> dict[str, KerasArgument]:
    """Return the Keras arguments for the activation, the bias, the initialiser and the penalty, without defaults.

    `prefixes` has the prefix of each kernel's arguments: `depthwise` for `depthwise_initializer`.
    """
    arguments: dict[str, KerasArgument] = {}
    if layer.activation != "linear":
        arguments["activation"] = layer.activation
    if not layer.bias:
        arguments["use_bias"] = False
    for prefix in prefixes:
        if layer.init != "glorot_uniform":
            arguments[f"{prefix}_initializer"] = layer.init
        if layer.l2:
            arguments[f"{prefix}_regularizer"] = KerasCall("regularizers.L2", {"l2": layer.l2})
    return arguments
