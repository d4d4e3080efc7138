"""The preprocessing of images with which the networks of Keras Applications were trained."""

from .base import KerasCall, PlainValue

# The constants of the networks' training, for red, green and blue: keras/src/applications/imagenet_utils.py, 3.15.
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet's images, values from 0 to 1
MEAN_BYTES = (123.68, 116.779, 103.939)  # of ImageNet's images, values from 0 to 255


def image_preprocessing(mode: str, image_max: float) -> tuple[KerasCall, ...]:
    """Return the steps that turn images with values from 0 to `image_max` into a network's input.

    `mode` is Keras's word for the preprocessing. `caffe`: channels in the order blue, green, red, values from 0 to 255
    minus the mean. `tf`: values from -1 to 1. `torch`: values with mean 0 and standard deviation 1. `none`: values
    from 0 to 255; the result is an empty tuple if the images have them already.
    """
    match mode:
        case "caffe":
            minus_means: list[PlainValue] = [-mean for mean in reversed(MEAN_BYTES)]
            return KerasCall("ops.flip", {"axis": -1}), _rescaling(255 / image_max, minus_means)
        case "tf":
            return (_rescaling(2 / image_max, -1.0),)
        case "torch":
            scale: list[PlainValue] = [1 / deviation / image_max for deviation in DEVIATION]
            offset: list[PlainValue] = [-mean / deviation for mean, deviation in zip(MEAN, DEVIATION, strict=True)]
            return (_rescaling(scale, offset),)
    return (_rescaling(255 / image_max, 0.0),) if image_max != 255 else ()


def _rescaling(scale: PlainValue, offset: PlainValue) -> KerasCall:
    return KerasCall("layers.Rescaling", {"scale": scale, "offset": offset})
