"""The layers that scale stored pixel values, as `window` and `scale` in `data` say. They come first in the model."""

from collections.abc import Iterable

from ...grammar.value_class import value_class
from ..layers import KerasCall, PlainValue
from ..layers.shapes import Shape
from ..sections import Data

NAME, WINDOW, CLIP = "scale", "window", "clip"  # of the Keras layers
BYTE = 255.0


@value_class
class PixelRange:
    """The stored pixel values that become the darkest and the lightest value. Values outside are clipped if `clips`.

    The default is the range of bytes, which need no conversion.
    """

    low: float = 0.0
    high: float = BYTE
    clips: bool = False

    @classmethod
    def of(cls, data: Data) -> "PixelRange":
        """Return the window of a `data` section; the range of bytes without a window."""
        return cls(*data.window, clips=True) if data.window else cls()

    @property
    def is_bytes(self) -> bool:
        """Whether the stored values are used as they are."""
        return self == PixelRange()


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


def scaling_calls(
    scale: str, image: Shape, pixels: PixelRange, statistics: ChannelStatistics | None = None
) -> list[KerasCall]:
    """Return the Keras calls that make the layers before the model, for the setting `scale` of `data`.

    Input: `image`, the axes of an image: height x width x channels, or depth x height x width x channels.

    `unit`: the range `pixels` becomes 0 to 1. For the others it first becomes 0 to 255. `none`: nothing else.
    `standard`: then each channel has mean 0 and standard deviation 1 over the training images; if `statistics` is None,
    nothing changes. `sample`: then each image has mean 0 and standard deviation 1.

    Raises:
        ValueError: if the statistics and the image have different numbers of channels.
    """
    if scale == "unit":
        return _mapped(pixels, 1.0, NAME)
    calls = [] if pixels.is_bytes else _mapped(pixels, BYTE, WINDOW)
    if scale == "standard":
        calls.append(_standard(statistics or neutral_statistics(image[-1]), image[-1]))
    if scale == "sample":
        constants = {"epsilon": 1e-3, "center": False, "scale": False}
        axes: list[PlainValue] = list(range(1, 1 + len(image)))
        calls.append(KerasCall("layers.LayerNormalization", {"axis": axes, **constants, "name": NAME}))
    return calls


def _mapped(pixels: PixelRange, top: float, name: str) -> list[KerasCall]:
    """Return the calls that map the range to 0 to `top`. Stored values may be too large for half precision."""
    factor = top / (pixels.high - pixels.low)
    precise = {} if pixels.is_bytes else {"dtype": "float32"}
    offset = {"offset": -pixels.low * factor} if pixels.low else {}
    calls = [KerasCall("layers.Rescaling", {"scale": factor, **offset, "name": name, **precise})]
    if pixels.clips:
        calls.append(KerasCall("layers.ReLU", {"max_value": top, "name": CLIP, **precise}))
    return calls


def _standard(statistics: ChannelStatistics, channels: int) -> KerasCall:
    """Return the Keras call that computes (pixel - mean) / deviation for each channel."""
    if len(statistics.mean) != channels:
        raise ValueError(f"the statistics must have {channels} channels as the image, but have {len(statistics.mean)}")
    scale: list[PlainValue] = [1 / deviation for deviation in statistics.deviation]
    pairs = zip(statistics.mean, statistics.deviation, strict=True)
    offset: list[PlainValue] = [-mean / deviation for mean, deviation in pairs]
    return KerasCall("layers.Rescaling", {"scale": scale, "offset": offset, "name": NAME})
