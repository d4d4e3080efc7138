"""Pretrained networks."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, PrivateAttr, ValidationInfo

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.suggest import did_you_mean
from ..expressions.values import Value
from ..schema.arguments import Arguments
from ..schema.field_types import Choice, Text, refuse
from .application_networks import NAMES, Network, Part, read_network
from .base import KerasNetwork, Layer, Weight
from .image_preprocessing import preparation
from .shapes import Shape, ShapeError, text


class From(Arguments):
    """`from("layer")`: that layer of the network and all after it."""

    layer: Text


@dataclass(frozen=True)
class TruthOr(Choice):
    """`true` or `false`, or one of the members."""

    def read(self, value: Value) -> Value:
        """A truth value unchanged, else what `Choice` reads."""
        return value if isinstance(value, bool) else super().read(value)

    def words(self) -> list[str]:
        """Every word that may stand here."""
        return ["true", "false", *super().words()]


@dataclass(frozen=True)
class FileOr(Choice):
    """The path of a file of weights, which ends in `.h5`, or one of the members."""

    def read(self, value: Value) -> Value:
        """The path unchanged, else what `Choice` reads."""
        if not isinstance(value, str) or value in self.members:
            return super().read(value)
        if not value.endswith(".h5"):
            refuse(Code.OUT_OF_BOUNDS, f'"{value}" is no file of weights', "Keras writes them to files `….weights.h5`")
        return value


WEIGHTS = FileOr(("imagenet", "none"), otherwise='`imagenet`, `none`, or a file: `"path.weights.h5"`')


def _known_layer(value: bool | From, info: ValidationInfo) -> bool | From:
    """A layer that the network has."""
    name = info.data.get("name")
    if name and isinstance(value, From):
        names = [part.name for part in read_network(name).parts(info.data.get("weights", "imagenet"))]
        if value.layer not in names:
            help = did_you_mean(value.layer, names) or f'the last one is "{names[-1]}"'
            refuse(Code.UNKNOWN_WORD, f'`{name}` has no layer "{value.layer}"', help)
    return value


class Backbone(Layer):
    """A network of Keras Applications without its top: the part that makes features of an image.

    Becomes `keras.applications.VGG16` and its like. The image is prepared as the network was trained to see it: the
    values, from 0 to 1 with `scale = unit` (and without a `data` section), from 0 to 255 with `scale = none`, are
    brought to the network's own range, channel by channel. Images of another scale, and what a layer has computed
    from an image, have no such range: `weights = imagenet` refuses them, other weights take them as they are. Crops,
    pads, pools and their like keep the range.

    ImageNet's weights are downloaded by Keras when they are first used, and kept in `~/.keras/models`. What does not
    train works as after training: its batch normalisation keeps its statistics, its dropout is off. With
    `imagenet`, `efficientnet_b0` to `b3` have one layer more, a rescaling that a file of weights does not bring along.

    Arguments:
        name: the network; the top of the page lists them.
        weights: `imagenet`; `none` for random ones; or a file of Keras's with this network's, its path relative to
            the `.lab` file, such as `"features.weights.h5"`.
        trainable: `true`, `false`, or `from("block5_conv1")` for that layer and all after it, in Keras's order.
        pooling: `avg` or `max` for one value a channel, the mean or the largest; `none` for a height and a width.

    Input: height x width x 3, at least 32 x 32, for some networks more.
    Output: the network's height x width x channels, about a 32nd of the input's; channels, with `pooling`.

    Example: `backbone(vgg16, trainable = from("block5_conv1"), pooling = avg)`
    """

    name: Annotated[str, Choice(NAMES)]
    weights: Annotated[str, WEIGHTS] = "imagenet"
    trainable: Annotated[bool | From, TruthOr((From,)), AfterValidator(_known_layer)] = False
    pooling: Annotated[str, Choice(("none", "avg", "max"))] = "none"

    _top: float | None = PrivateAttr(default=1.0)

    @property
    def top(self) -> float | None:
        """The largest value of the images that reach it; None if what reaches it has no such range."""
        return self._top

    def seeing(self, top: float | None) -> "Backbone":
        """The same, for images from 0 to `top`."""
        copy = self.model_copy()
        copy._top = top
        return copy

    @property
    def network(self) -> Network:
        """What is known of the network."""
        return read_network(self.name)

    @property
    def file(self) -> Path | None:
        """The file of its weights, if there is one."""
        if self.weights in ("imagenet", "none"):
            return None
        return self.path_of("weights")

    def output(self, shape: Shape) -> Shape:
        if len(shape) != 3:
            message = f"`backbone` takes an image, height x width x 3, and {text(shape)} reaches it"
            raise ShapeError(Code.WRONG_RANK, message, "put `backbone` first")
        if shape[2] != 3:
            message = f"`{self.name}` takes images with 3 channels, and {text(shape)} reaches it"
            help = f"write the image as `{shape[0]}x{shape[1]}x3`; a grey one is then read as three equal channels"
            raise ShapeError(Code.CHANNELS, message, help if shape[2] == 1 else "put `backbone` first")
        least = self.network.least
        if min(shape[:2]) < least:
            message = f"`{self.name}` takes images from {least}x{least}, and {text(shape[:2])} reaches it"
            larger = text((*(max(length, least) for length in shape[:2]), 3))
            raise ShapeError(Code.SMALL_IMAGE, message, f"make the image at least {larger}")
        features = self.network.output(shape)
        return features if self.pooling == "none" else features[-1:]

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        """All that trains, and all that does not, as one weight each."""
        del shape
        parts, still = self._parts(), self._still()
        trained = sum(part.trained for part in parts[still:])
        every = sum(part.trained + part.other for part in parts)
        return Weight("trained", (trained,)), Weight("other", (every - trained,), trained=False)

    def multiply_adds(self, shape: Shape) -> int:
        return self.network.multiply_adds(shape)

    def values(self, shape: Shape) -> int:
        pooled = 0 if self.pooling == "none" else self.output(shape)[0]
        return self.network.values(shape, self.weights) + pooled

    def activates(self) -> str | None:
        return "linear"

    def keras(self, shape: Shape) -> KerasNetwork:
        given = {"imagenet": "imagenet", "none": None}
        arguments: dict[str, Any] = {
            "include_top": False,
            "weights": str(self.file) if self.file else given[self.weights],
            "input_shape": shape,
        }
        if self.pooling != "none":
            arguments["pooling"] = self.pooling
        known, still = self.network, self._still()
        before = preparation(known.preprocessing, self.top) if self.top else ()
        leading = None if still == len(self._parts()) else still + 1 if still else 0  # the input is a layer of Keras's
        return KerasNetwork(f"applications.{known.keras}", arguments, before, leading, known.drops)

    def _parts(self) -> tuple[Part, ...]:
        return self.network.parts(self.weights)

    def _still(self) -> int:
        """How many layers, from the first one on, do not train."""
        parts = self._parts()
        if isinstance(self.trainable, From):
            return [part.name for part in parts].index(self.trainable.layer)
        return 0 if self.trainable else len(parts)
