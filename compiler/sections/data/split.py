"""The `split` settings: the split of the images into parts."""

from typing import Annotated, ClassVar

from ...expressions.values import show
from ...schema.arguments import SettingsGroup
from ...schema.choice import Choice
from ...schema.field_types import Boolean, CountOrPercentage, NonNegativeInt
from .filename_pattern import FilenamePattern
from .sources import Column, SplitTable, column_call


def split_table_call(path: str) -> str:
    """Return the table that a path alone stands for."""
    return f"csv({show(path)})"


class Split(SettingsGroup):
    """The `split` of the images into parts, as numbers of images or percentages.

    Without `train`, the training images are all images that are in no other part. Without `validation`, the validation
    images are all images that are in no other part, or 20% of the images if `train` is missing too. Without `test`,
    there are no test images. Images that are in no part are not used. Percentages are rounded such that parts of 100%
    together use every image once.

    Arguments:
        train: number or percentage of training images.
        validation: number or percentage of validation images. The model is measured on them after every epoch.
        test: number or percentage of test images. Only the trained model is measured on them.
        stratify: whether every part has the same proportions of the classes: the number of its images of a class is the
            proportional number, rounded down or up. With `labels`, the proportions are nearly the same (iterative
            stratification). Not used for regression and segmentation.
        group: images that must stay in the same part, for example the images of one patient. A group is given by
            `column("patient")` of a `csv`, by a part of the file name, `filename("^(p[0-9]+)_")`, or by the folder that
            contains the image, `folder`. The sizes of the parts are then met as well as the groups allow: a part has at
            most one group too much, and with `stratify`, the proportions of the classes are only approximate. Where
            the parts are given, by sources of their own or by a `table`, a group with images in two parts is an error.
        seed: seed of the random split.
        table: a table with the part of each image, instead of all other settings of `split` but `group`.
            `split = csv("split.csv")` means the same.

    Example: `split { train = 70%  validation = 15%  test = 15%  seed = 1 }`
    """

    alone: ClassVar[str | None] = "table"

    train: CountOrPercentage | None = None
    validation: CountOrPercentage | None = None
    test: CountOrPercentage | None = None
    stratify: Boolean = True
    group: Annotated[
        str | Column | FilenamePattern | None,
        Choice(("folder", Column, FilenamePattern), optional=True, call_of=column_call),
    ] = None
    seed: NonNegativeInt = 0
    table: Annotated[SplitTable | None, Choice((SplitTable,), optional=True, call_of=split_table_call)] = None
