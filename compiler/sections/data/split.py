"""The `split` settings: the split of the images into parts."""

import re
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from ....grammar.diagnostics.codes import Code
from ...schema.arguments import Arguments, SettingsGroup
from ...schema.choice import Choice
from ...schema.field_types import Boolean, CountOrPercentage, NonNegativeInt, Text
from ...schema.refusal import refuse
from .sources import Column


def _one_group(pattern: str) -> str:
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        refuse(Code.OUT_OF_BOUNDS, f"must be a valid regular expression, but has an error: {error}")
    if groups != 1:
        message = f"must have exactly one group in parentheses, but has {groups}"
        help = r'for example `filename("^(\\d+)_")`, where the group is the number before the `_`'
        refuse(Code.OUT_OF_BOUNDS, message, help)
    return pattern


class FilenamePattern(Arguments):
    """The part of a file name that matches the group of a regular expression.

    Arguments:
        pattern: a regular expression of Python's module `re` with exactly one group in parentheses.

    Example: `filename("^(p[0-9]+)_")`
    """

    called: ClassVar[str | None] = "filename"

    pattern: Annotated[Text, AfterValidator(_one_group)]


class Split(SettingsGroup):
    """The `split` of the images into parts, as numbers of images or percentages.

    Without `train`, the training images are all images that are in no other part. Without `validation`, the validation
    images are all images that are in no other part, or 20% of the images if `train` is missing too. Without `test`,
    there are no test images. Images that are in no part are not used.

    Arguments:
        train: number or percentage of training images.
        validation: number or percentage of validation images. The model is measured on them after every epoch.
        test: number or percentage of test images. Only the trained model is measured on them.
        stratify: whether every part has the same proportions of the classes.
        group: images that must stay in the same part, for example the images of one patient. A group is given by
            `column("patient")` of a `csv`, or by a part of the file name, `filename("^(p[0-9]+)_")`.
        seed: seed of the random split.

    Example: `split { train = 70%  validation = 15%  test = 15%  seed = 1 }`
    """

    train: CountOrPercentage | None = None
    validation: CountOrPercentage | None = None
    test: CountOrPercentage | None = None
    stratify: Boolean = True
    group: Annotated[Column | FilenamePattern | None, Choice((Column, FilenamePattern), optional=True)] = None
    seed: NonNegativeInt = 0
