"""The command `labc phantom`, which draws images into files."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...grammar.diagnostics.lab_error import LabError
from .output import echo
from .shared import refuse_writing, stop

if TYPE_CHECKING:
    from ..data.phantom_files import PhantomFiles

KINDS = ("skin", "bone", "organs", "scan", "chest", "ct")  # written here because importing the sections takes long
LAYOUTS = ("folder", "csv", "npz", "dicom", "nifti")
FEWEST = 10  # images in the layout npz, so that each part has one


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("dir", type=click.Path(path_type=Path))
@click.option("--images", type=click.IntRange(1), default=1000, show_default=True, metavar="N",
              help="The number of images. Image i does not depend on it.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, metavar="N",
              help="Another seed gives other images.")  # fmt: skip
@click.option("--layout", type=click.Choice(LAYOUTS), default="folder", show_default=True,
              help="Files in folders (PNG, DICOM or NIfTI), PNG files with a table, or NumPy arrays.")  # fmt: skip
@click.option("--size", type=click.IntRange(1, 4096), metavar="N",
              help="The height and the width in pixels. Default: 160 for skin, 192 for the others.")  # fmt: skip
def phantom(kind: str, dir: Path, images: int, seed: int, layout: str, size: int | None) -> None:
    """Draw the images of a phantom and write them to the folder DIR, which must be empty or not exist.

    They are the images that `source = phantom(KIND, images = N, seed = N)` gives an experiment.

    The layout folder has the files DIR/CLASS/NAME.png. For chest and ct it has DIR/Image/NAME.png, and masks with the
    same names in DIR/Mask. In the masks, 0 is the background and 255 the lungs of chest; in those of ct, 128 is the
    left lung and 255 the right lung.

    The layouts dicom and nifti have the same folders with files .dcm or .nii.gz; they need the extra `medical`. The
    layout csv has the files DIR/images/NAME.png and a table DIR/labels.csv with the columns file and label; for chest
    and ct it has the folders Image and Mask and a table with the columns file and mask.

    The layout npz is one file DIR/KIND.npz as in MedMNIST, with train_images, train_labels, val_images and so on: 70%
    of the images for training, 10% for validation, 20% for testing. chest and ct have train_masks instead of
    train_labels.
    """
    if layout == "npz" and images < FEWEST:
        raise click.BadParameter(f"must be at least {FEWEST} for `--layout npz`", param_hint="'--images'")
    from ..training.backend import check_medical, check_modules

    try:
        check_modules("labc phantom")
        if layout in ("dicom", "nifti"):
            check_medical(f"--layout {layout}")
    except LabError as error:
        stop(error.diagnostics, as_json=False)
    from ...compiler.sections import Phantom
    from ..data.phantom_files import PhantomFiles

    files = PhantomFiles.of(Phantom.model_construct(kind=kind, images=images, seed=seed), size)
    try:
        _write(files, dir, layout)
    except FileExistsError:
        raise click.ClickException(f"`{dir}` is not an empty folder; nothing was written") from None
    except OSError as error:
        refuse_writing(dir, error)
    echo(f"{dir}: {images} images written")


def _write(files: "PhantomFiles", folder: Path, layout: str) -> None:
    from ..data.phantom_files import write_csv, write_folder, write_npz

    if layout == "npz":
        write_npz(files, folder)
    elif layout == "csv":
        write_csv(files, folder)
    elif layout == "folder":
        write_folder(files, folder)
    else:
        from ..data.medical_writers import write_dicom, write_nifti  # their packages may be missing

        ending, save = {"dicom": (".dcm", write_dicom), "nifti": (".nii.gz", write_nifti)}[layout]
        write_folder(files, folder, ending, save)
