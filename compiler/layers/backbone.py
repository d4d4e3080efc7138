"""Pretrained networks."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.suggest import did_you_mean
from ...grammar.value_class import value_class
from ..expressions.values import Value
from ..schema.arguments import Arguments
from ..schema.choice import Choice
from ..schema.field_types import Text, possible_path
from ..schema.refusal import refuse
from .application_networks import NAMES, Network, Part, read_network
from .base import KerasArgument, KerasNetwork, Layer, Weight
from .image_preprocessing import image_preprocessing
from .shapes import Shape, ShapeError, text


class From(Arguments):
    """`from("layer")`: this layer of the network and all layers after it."""

    layer: Text


@value_class
class TruthOr(Choice):
    """`true`, `false`, or one of the members."""

    def read(self, value: Value) -> Value:
        """Return `true` and `false` unchanged. Read other values like `Choice`."""
        return value if isinstance(value, bool) else super().read(value)

    def words(self) -> list[str]:
        """Return every word that is accepted."""
        return ["true", "false", *super().words()]


@value_class
class FileOr(Choice):
    """The path of a weights file, which ends in `.h5`, or one of the members."""

    def read(self, value: Value) -> Value:
        """Return a path unchanged. Read other values like `Choice`."""
        if not isinstance(value, str) or value in self.members:
            return super().read(value)
        if not value.endswith(".h5"):
            refuse(
                Code.OUT_OF_BOUNDS,
                f'the file name extension must be `.h5`, but the file is "{value}"',
                'give a weights file of Keras, for example "features.weights.h5"',
            )
        return possible_path(value)


WEIGHTS = FileOr(("imagenet", "none"), otherwise='`imagenet`, `none`, or a file: `"path.weights.h5"`')


def _known_layer(value: bool | From, info: ValidationInfo) -> bool | From:
    """Refuse `from("layer")` if the network has no such layer."""
    name = info.data.get("name")
    if name and isinstance(value, From):
        names = [part.name for part in read_network(name).parts(info.data.get("weights", "imagenet"))]
        if value.layer not in names:
            help = did_you_mean(value.layer, names) or f'its last layer is "{names[-1]}"'
            refuse(Code.UNKNOWN_WORD, f'`{name}` has no layer "{value.layer}"', help)
    return value


class Backbone(Layer):
    """A network of Keras Applications without its top: the part that computes features of an image.

    Becomes `keras.applications.VGG16` or another of its networks. The image is preprocessed in the same way as for the
    network's training: its values are mapped to the range of the network, channel by channel. The values are from 0 to
    1 with `scale = unit` and without a `data` section, and from 0 to 255 with `scale = none`. Crops, pads, pools and
    similar layers keep this range. Images with another `scale`, and the outputs of layers that compute new values,
    have no fixed range: they are an error with `weights = imagenet`, and are not preprocessed with other weights.

    Keras downloads ImageNet's weights when they are first used, and stores them in `~/.keras/models`. Layers that are
    not trained run in inference mode: batch normalisation keeps its statistics, and dropout is off. With `imagenet`,
    `efficientnet_b0` to `b3` have one more layer: a rescaling, which a weights file does not contain.

    Arguments:
        name: the name of the network. The beginning of the page lists the names.
        weights: `imagenet`; `none` for random weights; or the path of a Keras weights file of this network, relative
            to the `.lab` file, such as `"features.weights.h5"`.
        trainable: `true` for all layers, `false` for no layer, or for example `from("block5_conv1")` for this layer
            and all layers after it, in Keras's order.
        pooling: `avg` for the mean of each channel, `max` for the maximum; `none` keeps height and width.

    Input: height x width x 3. The height and the width are at least 32; some networks need more.
    Output: height x width x channels, with about 1/32 of the input's height and width. With `pooling`: channels.

    Example: `backbone(vgg16, trainable = from("block5_conv1"), pooling = avg)`
    """

    name: Annotated[str, Choice(NAMES)]
    weights: Annotated[str, WEIGHTS] = "imagenet"
    trainable: Annotated[bool | From, TruthOr((From,)), AfterValidator(_known_layer)] = False
    pooling: Annotated[str, Choice(("none", "avg", "max"))] = "none"

    @property
    def network(self) -> Network:
        """The description of the network."""
        return read_network(self.name)

    @property
    def file(self) -> Path | None:
        """The weights file, if there is one."""
        if self.weights in ("imagenet", "none"):
            return None
        return self.path_of("weights")

    def output(self, shape: Shape) -> Shape:
        if len(shape) != 3:
            message = f"the input of `backbone` must be an image of height x width x 3, but is {text(shape)}"
            is_volume = len(shape) == 4
            help = "a backbone is for images without depth" if is_volume else "place `backbone` first in the model"
            raise ShapeError(Code.WRONG_RANK, message, help)
        if shape[2] != 3:
            message = f"the input of `{self.name}` must have 3 channels, but is {text(shape)}"
            help = f"set the image size to `{shape[0]}x{shape[1]}x3`: a grey image then becomes three equal channels"
            raise ShapeError(Code.CHANNELS, message, help if shape[2] == 1 else "place `backbone` first in the model")
        smallest = self.network.min_size
        if min(shape[:2]) < smallest:
            message = f"the input of `{self.name}` must be at least {smallest}x{smallest}, but is {text(shape[:2])}"
            larger = text((*(max(length, smallest) for length in shape[:2]), 3))
            raise ShapeError(Code.SMALL_IMAGE, message, f"set the image size to at least {larger}")
        features = self.network.output(shape)
        return features if self.pooling == "none" else features[-1:]

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        """Return two tensors: one that stands for all trainable weights, and one for all other weights."""
        del shape
        parts = self._parts()
        trainable = sum(part.trainable for part in parts[self._frozen_prefix() :])
        total = sum(part.trainable + part.non_trainable for part in parts)
        return Weight("trainable", (trainable,)), Weight("non_trainable", (total - trainable,), trainable=False)

    def macs(self, shape: Shape) -> int:
        return self.network.macs(shape)

    def activation_count(self, shape: Shape) -> int:
        """Return the number of values in the outputs of all layers of the network."""
        pooled = 0 if self.pooling == "none" else self.output(shape)[0]
        return self.network.activation_count(shape, self.weights) + pooled

    def output_activation(self) -> str | None:
        return "linear"

    def keras_call(self, shape: Shape, image_max: float | None) -> KerasNetwork:
        """Return the call that makes the network. The input is preprocessed if it is still in the image's range."""
        given = {"imagenet": "imagenet", "none": None}
        arguments: dict[str, KerasArgument] = {
            "include_top": False,
            "weights": str(self.file) if self.file else given[self.weights],
            "input_shape": shape,
        }
        if self.pooling != "none":
            arguments["pooling"] = self.pooling
        network, frozen = self.network, self._frozen_prefix()
        preprocessing = image_preprocessing(network.preprocessing, image_max) if image_max else ()
        # Keras counts the input as a layer.
        prefix = None if frozen == len(self._parts()) else frozen + 1 if frozen else 0
        return KerasNetwork(
            f"applications.{network.keras_class}", arguments, preprocessing, prefix, network.has_dropout
        )

    def _parts(self) -> tuple[Part, ...]:
        return self.network.parts(self.weights)

    def _frozen_prefix(self) -> int:
        """Return the number of layers at the beginning of the network that are not trained."""
        parts = self._parts()
        if isinstance(self.trainable, From):
            return [part.name for part in parts].index(self.trainable.layer)
        return 0 if self.trainable else len(parts)
