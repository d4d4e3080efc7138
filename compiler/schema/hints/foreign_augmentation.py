"""Random changes of images in Keras and torchvision, such as `horizontal_flip`, with their names in labc."""

_WORDS = {
    "rotation": "rotation degrees rotate",
    "zoom": "zoom",
    "shear": "shear",
    "shift": "shift translate translation widthshift heightshift",
    "brightness": "brightness",
    "contrast": "contrast",
    "noise": "gaussiannoise",
    "fill": "fillmode",
    "flip": "flip",
    "flip = horizontal": "horizontalflip hflip fliplr flipleftright",
    "flip = vertical": "verticalflip vflip flipud flipupdown flipvert",
}
"""The settings of `augment`, each with its names in other tools: in small letters, without `_`, `random`, `range`."""
_MEANT = {other: setting for setting, others in _WORDS.items() for other in others.split()}


def augmentation(name: str) -> str | None:
    """Return the setting of `augment` for a name of another tool, with a value if the name says it; None for others."""
    return _MEANT.get(name.casefold().replace("_", "").removeprefix("random").removesuffix("range"))
