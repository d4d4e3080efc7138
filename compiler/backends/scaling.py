"""The layer that scales pixels from 0 to 255, as `scale` in `data` says. It comes before the layers of the model."""

from collections.abc import Iterable

from ...grammar.value_class import value_class
from ..layers import KerasCall, PlainValue
from ..sections import Data

NAME = "scale"  # of the Keras layer


@value_class
class ChannelStatistics:
    """The mean and the standard deviation of each channel over the training images, for pixels from 0 to 255."""

    mean: tuple[float, ...]
    deviation: tuple[float, ...]

    @classmethod
    def of(cls, mean: Iterable[float], deviation: Iterable[float]) -> "ChannelStatistics":
        """Return the statistics from lists or arrays of numbers.

        Raises:
            ValueError: if the numbers of means and deviations differ, or if a deviation is not above 0.
        """
        statistics = cls(tuple(map(float, mean)), tuple(map(float, deviation)))
        if len(statistics.mean) != len(statistics.deviation):
            counts = f"{len(statistics.mean)} means and {len(statistics.deviation)} deviations"
            raise ValueError(f"the numbers of means and deviations must be equal, but there are {counts}")
        if not all(one > 0 for one in statistics.deviation):
            raise ValueError(f"every deviation must be above 0, but they are {list(statistics.deviation)}")
        return statistics


def neutral_statistics(channels: int) -> ChannelStatistics:
    """Return statistics with mean 0 and deviation 1, which leave the pixels unchanged."""
    return ChannelStatistics((0.0,) * channels, (1.0,) * channels)


def needs_statistics(data: Data | None) -> bool:
    """Return whether the scaling depends on the training images."""
    return data is not None and data.scale == "standard"


def scaling_call(scale: str, channels: int, statistics: ChannelStatistics | None = None) -> KerasCall | None:
    """Return the Keras call that makes the scaling layer for the setting `scale` of `data`; None for `scale = none`.

    `unit`: pixels from 0 to 1. `standard`: each channel has mean 0 and standard deviation 1 over the training images;
    if `statistics` is None, the layer does not change the pixels. `sample`: each image has mean 0 and standard
    deviation 1.

    Raises:
        ValueError: if the statistics and the image have different numbers of channels.
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
    """Return the Keras call that computes (pixel - mean) / deviation for each channel."""
    if len(statistics.mean) != channels:
        raise ValueError(f"the statistics must have {channels} channels as the image, but have {len(statistics.mean)}")
    scale: list[PlainValue] = [1 / deviation for deviation in statistics.deviation]
    pairs = zip(statistics.mean, statistics.deviation, strict=True)
    offset: list[PlainValue] = [-mean / deviation for mean, deviation in pairs]
    return KerasCall("layers.Rescaling", {"scale": scale, "offset": offset, "name": NAME})
