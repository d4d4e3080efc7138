"""The layer that scales pixels from 0 to 255 as `scale` in `data` says. It comes before the layers of the model."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..layers import KerasCall, PlainValue
from ..sections import Data

NAME = "scale"  # of the Keras layer


@dataclass(frozen=True)
class ChannelStatistics:
    """Mean and standard deviation of each channel over the training images, pixels from 0 to 255."""

    mean: tuple[float, ...]
    deviation: tuple[float, ...]

    @classmethod
    def of(cls, mean: Iterable[float], deviation: Iterable[float]) -> "ChannelStatistics":
        """The statistics from lists or arrays of numbers.

        Raises:
            ValueError: if there are not as many means as deviations, or a deviation is not above 0.
        """
        statistics = cls(tuple(map(float, mean)), tuple(map(float, deviation)))
        if len(statistics.mean) != len(statistics.deviation):
            counts = f"{len(statistics.mean)} means and {len(statistics.deviation)} deviations"
            raise ValueError(f"one mean and one deviation for each channel are needed, not {counts}")
        if not all(one > 0 for one in statistics.deviation):
            raise ValueError(f"a deviation must be above 0: {list(statistics.deviation)}")
        return statistics


def neutral_statistics(channels: int) -> ChannelStatistics:
    """Mean 0 and deviation 1, which leave the pixels as they are."""
    return ChannelStatistics((0.0,) * channels, (1.0,) * channels)


def needs_statistics(data: Data | None) -> bool:
    """Whether the scaling depends on the training images."""
    return data is not None and data.scale == "standard"


def scaling_call(scale: str, channels: int, statistics: ChannelStatistics | None = None) -> KerasCall | None:
    """The Keras call that makes the scaling layer, for the setting `scale` of `data`; None for `none`.

    `unit`: from 0 to 1. `standard`: mean 0 and standard deviation 1 over the training images, for each channel;
    without `statistics` the pixels stay as they are. `sample`: mean 0 and standard deviation 1 over each image.

    Raises:
        ValueError: if the statistics are not for the image's channels.
    """
    match scale:
        case "unit":
            return KerasCall("layers.Rescaling", {"scale": 1 / 255, "name": NAME})
        case "standard":
            return _standard(statistics or neutral_statistics(channels), channels)
        case "sample":
            constants = {"epsilon": 1e-3, "center": False, "scale": False}
            return KerasCall("layers.LayerNormalization", {"axis": [1, 2, 3], **constants, "name": NAME})
    return None


def _standard(statistics: ChannelStatistics, channels: int) -> KerasCall:
    """(pixel - mean) / deviation, for each channel."""
    if len(statistics.mean) != channels:
        raise ValueError(f"the statistics are for {len(statistics.mean)} channels, and the image has {channels}")
    scale: list[PlainValue] = [1 / deviation for deviation in statistics.deviation]
    pairs = zip(statistics.mean, statistics.deviation, strict=True)
    offset: list[PlainValue] = [-mean / deviation for mean, deviation in pairs]
    return KerasCall("layers.Rescaling", {"scale": scale, "offset": offset, "name": NAME})
