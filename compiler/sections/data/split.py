"""How the images are split into parts."""

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
        refuse(Code.OUT_OF_BOUNDS, f"must be a regular expression: {error}")
    if groups != 1:
        message = f"must have exactly one group in parentheses, but has {groups}"
        refuse(Code.OUT_OF_BOUNDS, message, r'as in `filename("^(\\d+)_")`, where the number before the `_` counts')
    return pattern


class FilenamePattern(Arguments):
    """A part of each file's name, found by a regular expression of Python's `re` with one group.

    Arguments:
        pattern: the regular expression.

    Example: `filename("^(p[0-9]+)_")`
    """

    called: ClassVar[str | None] = "filename"

    pattern: Annotated[Text, AfterValidator(_one_group)]


class Split(SettingsGroup):
    """The `split` of the images into parts, as counts or percentages.

    By default `train` gets what the others leave, `validation` what `train` and `test` leave, or 20% if `train` is
    left out too, and `test` nothing. Images that no part asks for are not used.

    Arguments:
        train: number or percentage of training images.
        validation: number or percentage of validation images, on which every epoch is measured.
        test: number or percentage of test images, on which only the finished model is measured.
        stratify: whether each part has the classes in the proportions of the whole.
        group: what must stay in one part, such as the images of one patient: `column("patient")` of a `csv`, or
            a part of the file's name, `filename("^(p[0-9]+)_")`.
        seed: another seed gives another split.

    Example: `split { train = 70%  validation = 15%  test = 15%  seed = 1 }`
    """

    train: CountOrPercentage | None = None
    validation: CountOrPercentage | None = None
    test: CountOrPercentage | None = None
    stratify: Boolean = True
    group: Annotated[Column | FilenamePattern | None, Choice((Column, FilenamePattern), optional=True)] = None
    seed: NonNegativeInt = 0
