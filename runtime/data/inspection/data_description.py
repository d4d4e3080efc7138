"""The content of `labc data --json`: the images as they are stored, and as the model gets them."""

from pydantic import Field

from ....compiler.json_document import JsonDocument, JsonObject


class StoredDescription(JsonObject):
    """An image as its file stores it. `min` and `max` are values after decoding."""

    mode: str
    """How the file stores the colours: Pillow's mode such as `RGB`, the photometric interpretation of TIFF and DICOM,
    `array`, or `nifti`."""
    dtype: str
    size: tuple[int, ...]
    """(height, width); (depth, height, width) for a volume."""
    min: float
    max: float


class SeenDescription(JsonObject):
    """An image after resizing and the window: values from 0 to 1; from 0 to 255 for `scale = none`.

    `shape` is (height, width, channel), with the depth before them for a volume. The scaling of `standard` and `sample`
    is not applied.
    """

    shape: tuple[int, ...]
    min: float
    mean: float
    max: float


class ImageDescription(JsonObject):
    """One image. Either `label` or `mask` is None, by the task.

    `label` is the name of the class, the list of the labels, or the number, by the task.
    `part` is `train`, `validation`, `test` or a fold such as `fold 1`, None if no part uses the image.
    """

    file: str
    part: str | None
    label: str | tuple[str, ...] | float | None
    mask: str | None
    """The name of the mask file; several names, separated by commas, if several masks are joined."""
    stored: StoredDescription
    seen: SeenDescription | None
    """None if the values need a window, which is missing."""


class NumbersDescription(JsonObject):
    """The numbers of the images of a part, for regression. `deviation` is their standard deviation."""

    min: float
    mean: float
    median: float
    max: float
    deviation: float


class PartDescription(JsonObject):
    """One part of the data. `groups` is None if the split has no groups.

    `by_class` is the number of images of each class, or with each label; an image may have several labels.
    """

    images: int
    by_class: dict[str, int]
    groups: int | None
    numbers: NumbersDescription | None = None
    """None for tasks without numbers."""


class MaskValueDescription(JsonObject):
    """A value in the masks, before resizing; from `low` to `high` if a class has several values."""

    low: int
    high: int
    class_name: str
    """The name of the class; `background` for pixels of no class."""
    share: float
    """The share of the pixels of all masks."""
    images: int
    """The number of images in which the class occurs."""


class BalanceDescription(JsonObject):
    """What `balance` does with the images of a training part."""

    images: int
    """The number of images that are shown in an epoch."""
    weights: dict[str, float] = Field(default={})
    """With `class_weight`, the weight of an image of each class in the training loss."""


class DataDescription(JsonDocument):
    """The data of an experiment."""

    task: str
    classes: tuple[str, ...]
    """The names of the classes or labels; empty for regression."""
    target: str = ""
    """The name of the column with the numbers; empty for tasks without numbers."""
    unit: str = ""
    """The unit of the numbers."""
    parts: dict[str, PartDescription]
    images: tuple[ImageDescription, ...]
    mask_values: tuple[MaskValueDescription, ...]
    """What the masks contain; empty for tasks without masks."""
    balance: dict[str, BalanceDescription] = Field(default={})
    """For `train`, or for the training part of each fold, by the name of the fold. Empty with `balance = none`."""
    left_out: dict[str, int]
    """The number of files in the folders that are no images, by the ending of their names."""
    duplicates: tuple[tuple[str, str], ...]
    """Pairs of files with the same content that are in different parts or classes."""
    warnings: tuple[str, ...]
    """The messages of the warnings about the data."""
