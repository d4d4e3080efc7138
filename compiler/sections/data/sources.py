"""Sources of images.

All paths are relative to the `.lab` file that contains them.
"""

from typing import Annotated, ClassVar

from ...expressions.values import show
from ...schema.arguments import Arguments
from ...schema.choice import Choice
from ...schema.field_types import FilePath, NonNegativeInt, PositiveInt, Text


class Folder(Arguments):
    """All image files in a folder and its subfolders, except hidden files. Links to folders are followed.

    If `image` has a depth, a folder of DICOM slices is one image, which has the name of the folder.

    Arguments:
        path: the folder.

    Example: `folder("data/skin")`
    """

    path: FilePath


class Files(Arguments):
    """The image files that a pattern matches, except hidden files. Links to folders are followed.

    If `image` has a depth, the DICOM slices that it matches in a folder are one image.

    Arguments:
        pattern: a path in which `*` stands for any part of a name, and `**` for any number of folders. Upper and lower
            case are different.

    Example: `files("data/*.png")`
    """

    pattern: FilePath


class Csv(Arguments):
    """The image files that a table lists, one file in each row. Other columns may give labels and groups.

    The table is UTF-8 text with a header line. The sign between its cells is the comma, semicolon or tab with which the
    header has the column `image`. A file that several rows list is used once; they must agree in the columns that the
    experiment uses.

    Arguments:
        path: the table: a CSV file with a header line.
        image: the name of the column with the image files: their paths below `root`, with or without the ending. A name
            without a folder is also found in the subfolders of `root`, if only one image there has it. A volume of
            DICOM slices has the name of its folder.
        root: the folder that the paths in the table are relative to.

    Example: `csv("labels.csv", image = "file", root = "images")`
    """

    path: FilePath
    image: Text
    root: FilePath = "."


class Npz(Arguments):
    """A file of NumPy arrays in the layout of MedMNIST, with images, labels and the split.

    The arrays are `train_images`, `train_labels`, `val_images`, `val_labels`, `test_images` and `test_labels`. Images
    have the axes image x height x width, and a fourth axis if they have channels. If `image` has a depth, they have the
    axes image x depth x height x width, and a fifth axis if they have channels. A label is the number of a class in
    `classes`, from 0; labels have the axis image, or image x 1. With several labels of an image they have the axes
    image x label, in the order of `labels`, and are 0 or 1.

    The file may be larger than the memory, best if it is not compressed (`numpy.savez`). A large compressed array is
    unpacked into a temporary file, in the folder that the environment variable `TMPDIR` names.

    Arguments:
        path: the `.npz` file.

    Example: `npz("breastmnist.npz")`
    """

    path: FilePath


# The classes that the phantoms draw: for classification, and as regions of the masks for segmentation.
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
REGION_VALUES: dict[str, tuple[int, ...]] = {"chest": (255,), "ct": (128, 255)}
"""The value of each region in the masks that a phantom draws."""


class Phantom(Arguments):
    """Synthetic images that labc draws itself, so that an example runs on a fresh machine.

    Arguments:
        kind: `skin` (classes Mel, Nev), `bone` (AFF, NFF), `organs` (C1 to C9), `scan` (normal, pneumonia),
            `chest` (with masks of the lung), `ct` (with masks of the left lung and the right lung).
        images: the number of images.
        seed: seed of the images: another seed gives other images.

    Example: `phantom(skin, images = 1200)`
    """

    kind: Annotated[str, Choice((*PHANTOM_CLASSES, *PHANTOM_REGIONS))]
    images: PositiveInt
    seed: NonNegativeInt = 0

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of the images, or the regions in the masks."""
        return (PHANTOM_CLASSES | PHANTOM_REGIONS)[self.kind]

    @property
    def has_masks(self) -> bool:
        """Whether the phantom draws masks."""
        return self.kind in PHANTOM_REGIONS

    @property
    def region_values(self) -> dict[str, int]:
        """The value of each region in the masks, by its name; an empty dict if the phantom draws none."""
        return dict(zip(self.classes, REGION_VALUES[self.kind], strict=True)) if self.has_masks else {}


class Column(Arguments):
    """A column of the table that the source `csv` reads.

    Arguments:
        name: the name of the column in the header line.

    Example: `column("dx")`
    """

    name: Text


class TargetColumn(Arguments):
    """A column of numbers in the table that the source `csv` reads, for regression.

    Arguments:
        name: the name of the column in the header line.
        unit: the unit of the numbers, which the report shows.

    Example: `column("age", unit = "months")`
    """

    called: ClassVar[str | None] = "column"

    name: Text
    unit: Text = ""


class SplitTable(Arguments):
    """A table with the part of each image, such as the file `split.csv` of a run.

    Its columns are `file`, the name of the image, and `part`: `train`, `validation`, `test`, or `unused` for an image
    that is in no part. Every image must be in the table.

    Arguments:
        path: the table: a CSV file with a header line.

    Example: `csv("split.csv")`
    """

    called: ClassVar[str | None] = "csv"

    path: FilePath


def source_call(path: str) -> str:
    """Return the source that a path alone probably stands for."""
    text = show(path)
    if "*" in path:
        return f"files({text})"
    if path.endswith((".csv", ".tsv")):
        return f'csv({text}, image = "…")'
    return f"npz({text})" if path.endswith(".npz") else f"folder({text})"


def column_call(name: str) -> str:
    """Return the column that a name alone stands for."""
    return f"column({show(name)})"


SOURCES: tuple[type[Arguments], ...] = (Folder, Files, Csv, Npz, Phantom)
MASK_SOURCES: tuple[type[Arguments], ...] = (Folder, Files, Csv)

Source = Annotated[Folder | Files | Csv | Npz | Phantom | None, Choice(SOURCES, optional=True, call_of=source_call)]
PartSource = Annotated[
    Folder | Files | Csv | Npz | Phantom | None,
    Choice(
        SOURCES,
        optional=True,
        otherwise="write the sizes in `split { … }` to divide the images of one `source`",
        call_of=source_call,
    ),
]
MaskSource = Annotated[Folder | Files | Csv | None, Choice(MASK_SOURCES, optional=True, call_of=source_call)]
