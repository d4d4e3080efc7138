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


_CLASSES = _Names("class", "classes", 'classes = ["benign", "malignant"]')
_LABELS = _Names("label", "labels", 'labels = ["atelectasis", "effusion"]')


def _distinct_values(values: list[int]) -> list[int]:
    for value in values:
        if values.count(value) > 1:
            refuse(Code.DUPLICATE, f"the grey value {value} is listed twice")
    return values


def _with_stem(pattern: str) -> str:
    if pattern.count("{stem}") != 1 or pattern.replace("{stem}", "").count("{"):
        message = "must contain `{stem}` exactly once, and no other placeholder"
        refuse(
            Code.OUT_OF_BOUNDS,
            message,
            "write for example `{stem}_mask`; `{stem}` is the image's file name without its extension",
        )
    return pattern


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
        masks: a source of masks. A mask belongs to the image with the same name; the order does not matter.
        mask_name: the name of the mask of an image, without its extension. `{stem}` stands for the name of the image.
            By default, the mask has the name of the image.
        mask_values: the grey values of the classes in the masks, in the order of `classes`. The value 0 is the
            background if it is not listed. By default, with one class, every pixel lighter than middle grey has the
            class.
        image: height x width x channels of the input of the model: one channel is grey, three are red, green and blue.
            Colour and grey images are converted into each other as needed. Transparent pixels become black.
        resize: how an image is resized to the size of `image`: `stretch` changes its proportions, `pad` adds a black
            margin on both sides, `crop` cuts off both sides. Shrinking averages over areas, enlarging is linear.
        orientation: whether images are turned as their EXIF or TIFF tag says (`exif`), or the tag is ignored
            (`ignore`). Cameras and scanners store a picture as the sensor read it, with a tag for its orientation.
        max_pixels: the largest number of pixels of an image. A larger one is an error, and is not decoded.
        window: the range of stored pixel values that becomes black to white; values outside are clipped. For example
            `(0, 4095)` for images of 12 bits in files of 16 bits, `(-1000, 400)` for the lung in Hounsfield units. By
            default, unsigned integers use the whole range of their type: 0 to 255, or 0 to 65535. Images with negative
            or decimal values need a window, or `scale = standard` or `sample`. The window is part of the trained
            model, so that the model takes stored values.
        scale: how pixel values are scaled: `unit` (0 to 1), `standard` (mean 0 and standard deviation 1 over the
            training images, for each channel), `sample` (mean 0 and standard deviation 1 over each image), `none` (0 to
            255). The scaling is part of the trained model, so that the model takes stored pixel values.
        split: the split of the images into training, validation and test images.
        folds: k of k-fold cross-validation: k training runs, each validated on another part of the images. With
            `folds`, `split` can only give `test`.
        duplicates: what is done about images with the same content that are in two parts or in two classes: `warn`,
            `refuse`, or `drop`, which uses only the first image of the same content, in the order of the names. It does
            not drop images of two classes, but refuses them.
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
    labels: Annotated[list[Text], BeforeValidator(_LABELS.listed), AfterValidator(_LABELS.distinct)] = Field(default=[])
    target: Annotated[TargetColumn | None, Choice((TargetColumn,), optional=True, call_of=column_call)] = None
    masks: MaskSource = None
    mask_name: Annotated[Text, AfterValidator(_with_stem)] | None = None
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
