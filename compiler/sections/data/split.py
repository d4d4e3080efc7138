"""The `split` settings: the split of the images into parts."""

from typing import Annotated

from ...schema.arguments import SettingsGroup
from ...schema.choice import Choice
from ...schema.field_types import Boolean, CountOrPercentage, NonNegativeInt
from .filename_pattern import FilenamePattern
from .sources import Column, column_call


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
            proportional number, rounded down or up.
        group: images that must stay in the same part, for example the images of one patient. A group is given by
            `column("patient")` of a `csv`, or by a part of the file name, `filename("^(p[0-9]+)_")`.
        seed: seed of the random split.

    Example: `split { train = 70%  validation = 15%  test = 15%  seed = 1 }`
    """

    train: CountOrPercentage | None = None
    validation: CountOrPercentage | None = None
    test: CountOrPercentage | None = None
    stratify: Boolean = True
    group: Annotated[
        Column | FilenamePattern | None, Choice((Column, FilenamePattern), optional=True, call_of=column_call)
    ] = None
    seed: NonNegativeInt = 0
