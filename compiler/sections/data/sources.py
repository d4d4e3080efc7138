"""Sources of images.

All paths are relative to the `.lab` file that names them.
"""

from typing import Annotated

from ...schema.arguments import Arguments
from ...schema.choice import Choice
from ...schema.field_types import FilePath, NonNegativeInt, PositiveInt, Text


class Folder(Arguments):
    """All image files below a folder, except hidden ones.

    Arguments:
        path: the folder.

    Example: `folder("data/skin")`
    """

    path: FilePath


class Files(Arguments):
    """The image files that a pattern matches.

    Arguments:
        pattern: a path in which `*` stands for any part of a name and `**` for any folders.

    Example: `files("data/*.png")`
    """

    pattern: FilePath


class Csv(Arguments):
    """The image files that a table lists, one a row; its other columns may give labels and groups.

    Arguments:
        path: the table, a CSV file with a header line.
        image: the column with the image files' names.
        root: the folder that these names are relative to.

    Example: `csv("labels.csv", image = "file", root = "images")`
    """

    path: FilePath
    image: Text
    root: FilePath = "."


class Npz(Arguments):
    """NumPy arrays in MedMNIST's layout, which also hold the labels and the split.

    The arrays are `train_images`, `train_labels` and the same with `val_` and `test_`; the labels are the classes'
    numbers.

    Arguments:
        path: the file.

    Example: `npz("breastmnist.npz")`
    """

    path: FilePath


# What the phantoms draw: classes of whole images, or regions in masks.
PHANTOM_CLASSES: dict[str, tuple[str, ...]] = {
    "skin": ("Mel", "Nev"),
    "bone": ("AFF", "NFF"),
    "organs": ("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9"),
    "scan": ("normal", "pneumonia"),
}
PHANTOM_REGIONS: dict[str, tuple[str, ...]] = {
    "chest": ("lung",),
    "ct": ("left lung", "right lung"),
}


class Phantom(Arguments):
    """Synthetic images that labc draws itself, so that an example runs on a fresh machine.

    Arguments:
        kind: `skin` (classes Mel, Nev), `bone` (AFF, NFF), `organs` (C1 to C9), `scan` (normal, pneumonia),
            `chest` (with masks of the lung), `ct` (with masks of the left lung and the right lung).
        images: the number of images.
        seed: another seed gives other images.

    Example: `phantom(skin, images = 1200)`
    """

    kind: Annotated[str, Choice((*PHANTOM_CLASSES, *PHANTOM_REGIONS))]
    images: PositiveInt
    seed: NonNegativeInt = 0

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that its images show, or the regions of its masks."""
        return (PHANTOM_CLASSES | PHANTOM_REGIONS)[self.kind]

    @property
    def has_masks(self) -> bool:
        """Whether it draws masks."""
        return self.kind in PHANTOM_REGIONS


class Column(Arguments):
    """A column of the table that `csv` reads.

    Arguments:
        name: the column's name in the header line.

    Example: `column("dx")`
    """

    name: Text


SOURCES: tuple[type[Arguments], ...] = (Folder, Files, Csv, Npz, Phantom)
MASK_SOURCES: tuple[type[Arguments], ...] = (Folder, Files, Csv)

Source = Annotated[Folder | Files | Csv | Npz | Phantom | None, Choice(SOURCES, optional=True)]
PartSource = Annotated[
    Folder | Files | Csv | Npz | Phantom | None,
    Choice(SOURCES, optional=True, otherwise="to divide the images of one `source`, write the sizes in `split { … }`"),
]
MaskSource = Annotated[Folder | Files | Csv | None, Choice(MASK_SOURCES, optional=True)]
