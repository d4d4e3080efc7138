"""The content of `labc data --json`: the images as they are stored, and as the model gets them."""

from ...compiler.json_document import JsonDocument, JsonObject


class StoredDescription(JsonObject):
    """An image as its file stores it. `size` is (height, width); `min` and `max` are values after decoding."""

    mode: str
    """How the file stores the colours: Pillow's mode such as `RGB`, TIFF's photometric interpretation, or `array`."""
    dtype: str
    size: tuple[int, int]
    min: float
    max: float


class SeenDescription(JsonObject):
    """An image after resizing and the window: values from 0 to 1; from 0 to 255 for `scale = none`.

    `shape` is (height, width, channel). The scaling of `standard` and `sample` is not applied.
    """

    shape: tuple[int, ...]
    min: float
    mean: float
    max: float


class ImageDescription(JsonObject):
    """One image. `part` is None if no part uses the image; `mask` is None for classification."""

    file: str
    part: str | None
    label: str
    mask: str | None
    stored: StoredDescription
    seen: SeenDescription | None
    """None if the values need a window, which is missing."""


class PartDescription(JsonObject):
    """One part of the data. `groups` is None if the split has no groups."""

    images: int
    by_class: dict[str, int]
    groups: int | None


class DataDescription(JsonDocument):
    """The data of an experiment."""

    task: str
    classes: tuple[str, ...]
    parts: dict[str, PartDescription]
    images: tuple[ImageDescription, ...]
    left_out: dict[str, int]
    """The number of files in the folders that are no images, by the ending of their names."""
    duplicates: tuple[tuple[str, str], ...]
    """Pairs of files with the same content that are in different parts or classes."""
    warnings: tuple[str, ...]
    """The messages of the warnings about the data."""
