"""The `data` section: where the images come from, how they are labelled, what the model sees, how they are split."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from ...grammar.codes import Code
from ..arguments import Arguments
from ..fields import Choice, CountOrShare, ImageSize, Positive, Text, Truth, Whole, refuse


class Folder(Arguments):
    """`folder("dir")`: every image file below a folder. The path is relative to the `.lab` file."""

    path: Text


class Phantom(Arguments):
    """`phantom(kind, images = n, seed = 0)`: synthetic images that labc draws itself."""

    kind: Annotated[str, Choice(("skin",))]
    images: Positive
    seed: Whole = 0


def _distinct(names: list[str]) -> list[str]:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        refuse(Code.DUPLICATE, f'the class "{twice[0]}" is listed twice')
    if not all(name.strip() for name in names):
        refuse(Code.OUT_OF_BOUNDS, "a class needs a name")
    return names


class Split(Arguments):
    """The `split` of the images into parts, as counts or shares.

    What is left out: `validation` is all that `train` and `test` leave, or 20%; `train` all that the others leave;
    `test` nothing.
    """

    positional: ClassVar[int] = 0

    train: CountOrShare | None = None
    validation: CountOrShare | None = None
    test: CountOrShare | None = None
    stratify: Truth = True
    seed: Whole = 0


class Data(Arguments):
    """The `data` section."""

    positional: ClassVar[int] = 0

    source: Annotated[Folder | Phantom, Choice((Folder, Phantom))]
    label: Annotated[str, Choice(("folder", "filename"))] = "folder"
    classes: Annotated[list[Text], Field(min_length=2), AfterValidator(_distinct)]
    image: ImageSize
    resize: Annotated[str, Choice(("stretch", "pad", "crop"))] = "stretch"
    scale: Annotated[str, Choice(("unit", "standard", "sample", "none"))] = "unit"
    split: Split = Split()
