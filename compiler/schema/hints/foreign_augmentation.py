"""Random changes of images in Keras, torchvision, Albumentations and MONAI, with their names in labc."""

import re

_WORDS = {
    "rotation": "rotation degrees rotate",
    "zoom": "zoom",
    "shear": "shear",
    "shift": "shift translate translation widthshift heightshift",
    "brightness": "brightness",
    "contrast": "contrast",
    "noise": "noise gaussiannoise gaussnoise",
    "gamma": "gamma gammacorrection adjustcontrast",
    "blur": "blur gaussianblur gaussiansmooth",
    "elastic": "elastic elastictransform elasticdeformation 2delastic",
    "erase": "erase erasing coarsedropout cutout",
    "mixup": "mixup mixupalpha",
    "fill": "fillmode",
    "flip": "flip",
    "flip = horizontal": "horizontalflip hflip fliplr flipleftright",
    "flip = vertical": "verticalflip vflip flipud flipupdown flipvert",
}
"""The settings of `augment`, each with its names in other tools: in small letters, without `_`, `random`, `range`.

MONAI's `RandAdjustContrast` raises values to a power, so it is `gamma`.
"""
_MEANT = {other: setting for setting, others in _WORDS.items() for other in others.split()}


def augmentation(name: str) -> str | None:
    """Return the setting of `augment` for a name of another tool, with a value if the name says it; None for others."""
    return _MEANT.get(re.sub("^rand(om)?|range$", "", name.casefold().replace("_", "")))
