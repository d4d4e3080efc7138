"""The `data` section: the sources of the images, their labels, the input of the model, and the split."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field

from ....grammar.diagnostics.codes import Code
from ...expressions.values import Construction, is_number, show
from ...schema.arguments import Arguments, SettingsGroup
from ...schema.choice import Choice
from ...schema.field_types import GreyValue, ImageSize, IntFrom2, NumberRange, PositiveInt, Text
from ...schema.refusal import refuse
from ...schema.task_kind import TaskKind
from .augment import Augment
from .mask_name import MaskName
from .sources import Column, MaskSource, PartSource, Phantom, Source, TargetColumn, column_call
from .split import Split


class _Names:
    """The validators of a list of names: those of `classes` or of `labels`."""

    def __init__(self, one: str, several: str, example: str) -> None:
        self.one, self.several = one, several
        self.help = f"write the names in quotes, for example `{example}`"

    def listed(self, names: object) -> object:
        """Refuse the number of the names, which other tools take. A string in a list is checked later."""
        if is_number(names):
            refuse(Code.WRONG_TYPE, f"must list the names of the {self.several}, but is {show(names)}", self.help)
        if isinstance(names, Construction) and names.call.name.id == Column.word():
            help = f"{self.help}; the column is the value of `label`"
            refuse(Code.WRONG_TYPE, f"must list the names of the {self.several}, but is a column", help)
        return names

    def distinct(self, names: list[str]) -> list[str]:
        """Refuse a name that is listed twice, and an empty name."""
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            refuse(Code.DUPLICATE, f'the {self.one} "{twice[0]}" is listed twice')
        if not all(name.strip() for name in names):
            refuse(Code.OUT_OF_BOUNDS, f"cannot have a {self.one} without a name")
        return names


def _separable(names: list[str]) -> list[str]:
    """Refuse a label that no cell can contain: labels are separated by `|`, and spaces around them do not count."""
    for name in names:
        if "|" in name or name != name.strip():
            what = "a `|`, which separates labels" if "|" in name else "a space at its beginning or end"
            refuse(Code.OUT_OF_BOUNDS, f'cannot have a label with {what}, but has "{name}"')
    return names


_CLASSES = _Names("class", "classes", 'classes = ["benign", "malignant"]')
_LABELS = _Names("label", "labels", 'labels = ["atelectasis", "effusion"]')


def _distinct_values(values: list[int]) -> list[int]:
    for value in values:
        if values.count(value) > 1:
            refuse(Code.DUPLICATE, f"the grey value {value} is listed twice")
    return values


class Data(SettingsGroup):
    """The `data` section: the images, their labels or masks, and the input of the model.

    The task follows from what is given: with `classes`, each image has one class (classification); with `labels`, each
    image has any number of labels (multi-label classification); with `target`, each image has a number (regression);
    with masks, each pixel has a class (segmentation).

    Arguments:
        source: the source of all images. Required, unless `train` is given.
        train: a separate source for the training images, for data whose parts are separate on disk.
        validation: a separate source for the validation images. Without it, `split` takes them from `train`.
        test: a separate source for the test images.
        label: where the class of an image is read from. `folder`: the folder on the way to the image whose name is a
            class, as in `nevus/patient_3/1.png`; the folders in the path of the source count only if an image has no
            such folder below it.
            `filename`: the name of the class as a whole token of the file name, with no letter or digit next to it
            (`C1` is in `C1_7.jpg`, not in `C10_7.jpg`), but a number may follow a letter (`Mel` is in `Mel12.png`).
            Upper and lower case are different. `column("dx")`: a column of a `csv`. Not for segmentation.
        classes: the names of the classes, numbered from 0 in this order. Every image must have exactly one class, and
            every class must have an image. Required for classification. The default for segmentation is one class,
            or the regions that the phantom draws.
        labels: the names of the labels, of which an image has any number. Every label must have an image. In a `csv`,
            each name is a column with 0 or 1; or `label = column("findings")` is one column with the names of the
            labels of an image, separated by `|`, in which all other words mean no label: a run says which they are. In
            an `npz`, labels have the axes image x label, and are 0 or 1.
        target: the column of a `csv` with the number that the model learns, for example
            `column("age", unit = "months")`. A number has a decimal point, not a comma.
        masks: a source of masks; of a `csv` it is the column `image` that lists them. A mask belongs to the image whose
            name `mask_name` says; the order and the endings of the files do not matter. If several images or masks have
            the same name, the folders on the way to them decide. A file that `masks` takes is no image.
        mask_name: the name of the mask of an image, without its extension. `{stem}` stands for the name of the image;
            without it, each mask has the same name, in the folder of its image. A `*` at the end stands for anything,
            as in `{stem}_mask*`: then an image may have several masks, which are joined. With
            `filename("^([0-9]+)_")`, image and mask are those in whose names the group finds the same. By default, the
            mask has the name of the image.
        mask_values: the values of the classes in the masks, in the order of `classes`. The value 0 is the background,
            unless it is listed, or a class has the name `background`. Every other value is an error. By default, with
            one class, every pixel lighter than middle grey has the class.
        image: height x width x channels of the input of the model: one channel is grey, three are red, green and blue.
            Colour and grey images are converted into each other as needed. Transparent pixels become black. Volumes
            are depth x height x width x channels, for example `28x28x28x1`.
        resize: how an image is resized to the size of `image`: `stretch` changes its proportions, `pad` adds a black
            margin on both sides, `crop` cuts off both sides. Shrinking averages over areas, enlarging is linear. Of a
            volume, each slice is resized so, and then the depth: averaged if it shrinks, linear if it grows.
        orientation: whether images are turned as their EXIF or TIFF tag says (`exif`), or the tag is ignored
            (`ignore`). Cameras and scanners store a picture as the sensor read it, with a tag for its orientation.
        max_pixels: the largest number of pixels of an image, of all its slices together. A larger one is an error, and
            is not decoded.
        window: the range of stored pixel values that becomes black to white; values outside are clipped. For example
            `(0, 4095)` for images of 12 bits in files of 16 bits, `(-1000, 400)` for the lung in Hounsfield units. By
            default, unsigned integers use the whole range of their type: 0 to 255, or 0 to 65535. The values of DICOM
            and NIfTI files are those after their rescale slope and intercept. Images with negative
            or decimal values need a window, or `scale = standard` or `sample`. The window is part of the trained
            model, so that the model takes stored values.
        scale: how pixel values are scaled: `unit` (0 to 1), `standard` (mean 0 and standard deviation 1 over the
            training images, for each channel), `sample` (mean 0 and standard deviation 1 over each image), `none` (0 to
            255). The scaling is part of the trained model, so that the model takes stored pixel values.
        split: the split of the images into training, validation and test images.
        folds: k of k-fold cross-validation: k training runs, each validated on another fold of the images. The sizes of
            two folds differ by at most one image; with `stratify`, so do their numbers of images of each class, and
            nearly so those with each label. With `folds`, `split` cannot give `train` and `validation`; its `test` is a
            part that no fold touches.
        duplicates: what is done about images with the same content that are in two parts, or that have different
            classes, labels, numbers or masks: `warn`, `refuse`, or `drop`, which uses only the first image of the same
            content, in the order of the names. It does not drop images with different ones of these, but refuses them.
        balance: how classes of unequal size are treated: `class_weight` (an image of a rare class counts more in the
            training loss: images / (classes * images of its class) times), `oversample` (images of a rare class are
            shown several times in an epoch, until every class has as many as the largest), or `none`. Only the training
            is changed, not the figures. Only for classification.
        augment: random changes of the training images.
    """

    one_of: ClassVar[tuple[str, ...]] = ("source", "train")

    source: Source = None
    train: PartSource = None
    validation: PartSource = None
    test: PartSource = None
    label: Annotated[str | Column, Choice(("folder", "filename", Column), call_of=column_call)] = "folder"
    classes: Annotated[list[Text], BeforeValidator(_CLASSES.listed), AfterValidator(_CLASSES.distinct)] = Field(
        default=[]
    )
    labels: Annotated[
        list[Text], BeforeValidator(_LABELS.listed), AfterValidator(_LABELS.distinct), AfterValidator(_separable)
    ] = Field(default=[])
    target: Annotated[TargetColumn | None, Choice((TargetColumn,), optional=True, call_of=column_call)] = None
    masks: MaskSource = None
    mask_name: MaskName = None
    mask_values: Annotated[list[GreyValue], AfterValidator(_distinct_values)] = Field(default=[])
    image: ImageSize
    resize: Annotated[str, Choice(("stretch", "pad", "crop"))] = "stretch"
    orientation: Annotated[str, Choice(("exif", "ignore"))] = "exif"
    max_pixels: PositiveInt = 200_000_000
    window: NumberRange | None = None
    scale: Annotated[str, Choice(("unit", "standard", "sample", "none"))] = "unit"
    split: Split = Split()
    folds: IntFrom2 | None = None
    duplicates: Annotated[str, Choice(("warn", "drop", "refuse"))] = "warn"
    balance: Annotated[str, Choice(("none", "class_weight", "oversample"))] = "none"
    augment: Augment = Augment()

    @property
    def sources(self) -> dict[str, Arguments]:
        """The given sources of images, by the name of their setting."""
        named = {name: getattr(self, name) for name in ("source", "train", "validation", "test")}
        return {name: source for name, source in named.items() if source is not None}

    @property
    def phantom(self) -> Phantom | None:
        """The first phantom among the sources, None if there is none."""
        return next((source for source in self.sources.values() if isinstance(source, Phantom)), None)

    @property
    def has_masks(self) -> bool:
        """Whether the task is segmentation: each pixel has a class."""
        return self.masks is not None or (self.phantom is not None and self.phantom.has_masks)

    @property
    def task(self) -> TaskKind:
        """What the model learns from each image."""
        if self.has_masks:
            return TaskKind.SEGMENTATION
        if self.labels:
            return TaskKind.MULTI_LABEL
        return TaskKind.REGRESSION if self.target else TaskKind.CLASSIFICATION

    @property
    def class_values(self) -> tuple[int, ...]:
        """The value of each class in the masks; empty if each pixel lighter than middle grey has the only class."""
        drawn = self.phantom
        if drawn and drawn.has_masks:
            return tuple(drawn.region_values.get(name, -1) for name in self.class_names)  # a check reports others
        return tuple(self.mask_values)

    @property
    def background(self) -> int:
        """The class number of the background in masks.

        It is that of a class with the name `background`, in small or capital letters, or else of the class with the
        value 0. If there is neither, it is the number after those of the classes.
        """
        names, values = [name.casefold() for name in self.class_names], self.class_values
        if "background" in names:
            return names.index("background")
        return values.index(0) if 0 in values else len(names)

    @property
    def scored_classes(self) -> tuple[int, ...]:
        """The numbers of the classes that metrics are about: all, but in masks without the background."""
        left_out = self.background if self.has_masks else None
        return tuple(number for number in range(len(self.class_names)) if number != left_out)

    @property
    def mask_classes(self) -> int:
        """The number of classes of pixels, with the background."""
        return max(len(self.class_names), self.background + 1)

    @property
    def given_tasks(self) -> list[str]:
        """The settings that say what the model learns, of which only one can be given; `masks` may have `classes`."""
        names = ("masks", "labels", "target", *(() if self.has_masks else ("classes",)))
        return [name for name in names if getattr(self, name)]

    @property
    def class_names(self) -> tuple[str, ...]:
        """The names of the classes or labels. For segmentation without `classes`: the phantom's, or `foreground`."""
        if self.classes or not self.has_masks:
            return tuple(self.classes or self.labels)
        return self.phantom.classes if self.phantom and self.phantom.has_masks else ("foreground",)
