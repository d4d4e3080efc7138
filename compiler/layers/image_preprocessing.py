"""Images to what the networks of Keras Applications were trained to see."""

from .base import KerasCall

# What the networks were trained with, for red, green and blue: keras/src/applications/imagenet_utils.py, 3.15.
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet's images from 0 to 1
MEAN_BYTES = (123.68, 116.779, 103.939)  # of its images from 0 to 255


def preparation(way: str, top: float) -> tuple[KerasCall, ...]:
    """What brings images from 0 to `top` to what a network was trained to see, by Keras's word for it.

    `caffe`: blue, green and red from 0 to 255, less the mean; `tf`: from -1 to 1; `torch`: from 0 to 1, to mean 0 and
    deviation 1; `none`: from 0 to 255, as they are.
    """
    match way:
        case "caffe":
            centred = _rescaling(255 / top, [-mean for mean in reversed(MEAN_BYTES)])
            return KerasCall("ops.flip", {"axis": -1}), centred
        case "tf":
            return (_rescaling(2 / top, -1.0),)
        case "torch":
            pairs = list(zip(MEAN, DEVIATION, strict=True))
            return (_rescaling([1 / deviation / top for _, deviation in pairs], [-mean / one for mean, one in pairs]),)
    return (_rescaling(255 / top, 0.0),) if top != 255 else ()


def _rescaling(scale: float | list[float], offset: float | list[float]) -> KerasCall:
    return KerasCall("layers.Rescaling", {"scale": scale, "offset": offset})
