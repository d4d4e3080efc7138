"""The `data` section: where the images come from, their labels, the model's input, the parts."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from ....grammar.diagnostics.codes import Code
from ...schema.arguments import Arguments, SettingsGroup
from ...schema.choice import Choice
from ...schema.field_types import GreyValue, ImageSize, IntFrom2, Text
from ...schema.refusal import refuse
from .augment import Augment
from .sources import Column, MaskSource, PartSource, Phantom, Source
from .split import Split


def _distinct(names: list[str]) -> list[str]:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        refuse(Code.DUPLICATE, f'the class "{twice[0]}" is listed twice')
    if not all(name.strip() for name in names):
        refuse(Code.OUT_OF_BOUNDS, "cannot have a class without a name")
    return names


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
            "`{stem}` stands for the image's file name without extension, as in `{stem}_mask`",
        )
    return pattern


class Data(SettingsGroup):
    """The `data` section: the images, and what is known about them.

    With masks each pixel has a class (segmentation), else each image has one (classification).

    Arguments:
        source: where the images come from; required, unless `train` is given.
        train: a source of its own for the training images, where the parts are separate on disk.
        validation: a source of its own for the validation images; without it `split` takes them from `train`.
        test: a source of its own for the test images.
        label: where an image's class is read from: `folder`, the name of the folder that holds it; `filename`, the
            class's name as a whole token of the file name, with no letter or digit beside it (`C1` is in `C1_7.jpg`,
            not in `C10_7.jpg`), where a number may follow a letter (`Mel` is in `Mel12.png`), upper and lower case
            being different; or a column of a `csv`. Not with masks.
        classes: the names of the classes, numbered from 0 in this order. Every image has exactly one class, every class
            has an image. Required for classification; with masks, left out, it is one class, or what the phantom draws.
        masks: a source of masks, each paired with its image by name, never by order.
        mask_name: the name of an image's mask without its extension, in which `{stem}` stands for the image's name; by
            default the same name.
        mask_values: the grey values that stand for the classes in the masks, in the order of `classes`, 0 being the
            background if it is not one of them. By default, with one class, pixels lighter than middle grey have it.
        image: height x width x channels of the model's input: one channel is grey, three are red, green and blue.
            Colours become grey, or grey becomes three equal colours, as needed; 16 bits are scaled to 8, and
            transparency is dropped.
        resize: how an image is brought to this size: `stretch` changes its proportions, `pad` adds a black margin,
            `crop` cuts off what is too much, both centred. Shrinking averages over areas, enlarging is linear.
        scale: how pixel values are scaled: `unit` (0 to 1), `standard` (mean 0 and deviation 1 over the training
            images, channel by channel), `sample` (mean 0 and deviation 1 over each image), `none` (0 to 255). The
            scaling is part of the trained model, which takes pixels as they are stored.
        split: the parts.
        folds: k for k-fold cross-validation: k trainings, each validated on another part of the images. Of the parts,
            `split` can then give `test` alone.
        balance: how classes of unequal size are treated: `class_weight` (an image of a rare class weighs more in the
            loss), `oversample` (it is shown more often), or `none`. Not with masks.
        augment: how training images vary from epoch to epoch.
    """

    one_of: ClassVar[tuple[str, ...]] = ("source", "train")

    source: Source = None
    train: PartSource = None
    validation: PartSource = None
    test: PartSource = None
    label: Annotated[str | Column, Choice(("folder", "filename", Column))] = "folder"
    classes: Annotated[list[Text], AfterValidator(_distinct)] = Field(default=[])
    masks: MaskSource = None
    mask_name: Annotated[Text, AfterValidator(_with_stem)] | None = None
    mask_values: Annotated[list[GreyValue], AfterValidator(_distinct_values)] = Field(default=[])
    image: ImageSize
    resize: Annotated[str, Choice(("stretch", "pad", "crop"))] = "stretch"
    scale: Annotated[str, Choice(("unit", "standard", "sample", "none"))] = "unit"
    split: Split = Split()
    folds: IntFrom2 | None = None
    balance: Annotated[str, Choice(("none", "class_weight", "oversample"))] = "none"
    augment: Augment = Augment()

    @property
    def sources(self) -> dict[str, Arguments]:
        """Every source of images that is given, by the setting that names it."""
        named = {name: getattr(self, name) for name in ("source", "train", "validation", "test")}
        return {name: source for name, source in named.items() if source is not None}

    @property
    def phantom(self) -> Phantom | None:
        """The phantom that draws its images, the first one if there are several."""
        return next((source for source in self.sources.values() if isinstance(source, Phantom)), None)

    @property
    def has_masks(self) -> bool:
        """Whether each pixel has a class, not each image."""
        return self.masks is not None or (self.phantom is not None and self.phantom.has_masks)

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes, also where masks imply them without `classes`."""
        if self.classes or not self.has_masks:
            return tuple(self.classes)
        return self.phantom.classes if self.phantom and self.phantom.has_masks else ("foreground",)
