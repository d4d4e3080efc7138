"""What labc refuses on purpose, and Keras takes: each with its reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .case import Case


@dataclass(frozen=True)
class Refusal:
    """Something that labc refuses on purpose: the reason, the cases, and one of them."""

    reason: str
    applies: Callable[[Case], bool]
    example: Case
    everywhere: bool = True  # whether Keras takes it on every machine


def where(words: set[str], argument: str, wrong: Callable[[Any], bool]) -> Callable[[Case], bool]:
    """Cases of these layers in which the argument is given, with a value of which `wrong` is true."""
    return lambda case: case.word in words and argument in case.given and wrong(case.given[argument])


def is_pair(value: Any) -> bool:
    """Whether it is a tuple of two."""
    return isinstance(value, tuple) and len(value) == 2


def is_above_1(value: Any) -> bool:
    """Whether a length is above 1 along some axis."""
    return bool(max(value if isinstance(value, tuple) else (value,)) > 1)


def both_above_1(first: str, second: str, words: set[str]) -> Callable[[Case], bool]:
    """Cases of these layers in which two lengths are above 1."""
    return lambda case: where(words, first, is_above_1)(case) and where(words, second, is_above_1)(case)


CHANNELWISE = {"depthwise_conv", "separable_conv"}
MEANT = (
    Refusal(
        "with a height and a width it would work position by position, which is rarely intended",
        lambda case: case.word == "dense" and len(case.shape) > 1,
        Case("dense", {"units": 2}, (4, 4, 3)),
    ),
    Refusal(
        "a rate of 1 drops everything",
        where({"dropout", "spatial_dropout"}, "rate", lambda rate: rate == 1),
        Case("dropout", {"rate": 1.0}, (3,)),
    ),
    Refusal(
        "without an epsilon above 0 the variance may be 0 or less",
        where({"batchnorm", "layernorm", "groupnorm"}, "epsilon", lambda epsilon: epsilon <= 0),
        Case("layernorm", {"epsilon": 0.0}, (4, 4, 3)),
    ),
    Refusal(
        "with a momentum below 0, or of 1 and above, there is no running average",
        where({"batchnorm"}, "momentum", lambda momentum: not 0 <= momentum < 1),
        Case("batchnorm", {"momentum": 1.0}, (4, 4, 3)),
    ),
    Refusal(
        "with an alpha below 0 the function is not monotonic",
        where({"elu"}, "alpha", lambda alpha: alpha < 0),
        Case("elu", {"alpha": -0.1}, (3,)),
    ),
    Refusal(
        "Keras's -1, one group for each channel, is written as a number",
        where({"groupnorm"}, "groups", lambda groups: groups == -1),
        Case("groupnorm", {"groups": -1}, (4, 4, 3)),
    ),
    Refusal(
        "Keras's -1, a length that follows from the others, is written as a number",
        where({"reshape"}, "shape", lambda shape: -1 in shape),
        Case("reshape", {"shape": (8, -1)}, (4, 4, 3)),
    ),
    Refusal(
        "tensors have at most four axes besides the batch",
        where({"reshape"}, "shape", lambda shape: len(shape) > 4),
        Case("reshape", {"shape": (2, 2, 1, 1, 1)}, (4,)),
    ),
    Refusal(
        "two numbers are for two axes; a pair for a single axis is written ((1, 2),)",
        lambda case: len(case.shape) == 2 and where({"zero_pad", "crop"}, "amount", is_pair)(case),
        Case("zero_pad", {"amount": (1, 2)}, (4, 3)),
    ),
    Refusal(
        "TensorFlow supports different strides along the axes on some CPUs only",
        where(CHANNELWISE, "stride", lambda stride: is_pair(stride) and stride[0] != stride[1]),
        Case("depthwise_conv", {"stride": (1, 2)}, (4, 4, 3)),
        everywhere=False,
    ),
    Refusal(
        "Keras and TensorFlow document a stride and a dilation above 1 as incompatible, and check it only sometimes",
        both_above_1("stride", "dilation", CHANNELWISE),
        Case("depthwise_conv", {"stride": 2, "dilation": 2}, (9, 9, 3)),
        everywhere=False,
    ),
)
