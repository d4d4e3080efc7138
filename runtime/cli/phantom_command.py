"""The command `labc phantom`, which draws images into files."""

from pathlib import Path

import click

from ...grammar.diagnostics.lab_error import LabError
from .output import echo
from .shared import refuse_writing, stop

KINDS = ("skin", "bone", "organs", "scan", "chest", "ct")  # written here because importing the sections takes long
FEWEST = 10  # images in the layout npz, so that each part has one


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("dir", type=click.Path(path_type=Path))
@click.option("--images", type=click.IntRange(1), default=1000, show_default=True, metavar="N",
              help="The number of images. Image i does not depend on it.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, metavar="N",
              help="Another seed gives other images.")  # fmt: skip
@click.option("--layout", type=click.Choice(["folder", "npz"]), default="folder", show_default=True,
              help="A PNG file for each image, or one file of NumPy arrays.")  # fmt: skip
@click.option("--size", type=click.IntRange(1, 4096), metavar="N",
              help="The height and the width in pixels. Default: 160 for skin, 192 for the others.")  # fmt: skip
def phantom(kind: str, dir: Path, images: int, seed: int, layout: str, size: int | None) -> None:
    """Draw the images of a phantom and write them to the folder DIR, which must be empty or not exist.

    They are the images that `source = phantom(KIND, images = N, seed = N)` gives an experiment.

    The layout folder has the files DIR/CLASS/NAME.png. For chest and ct it has DIR/Image/NAME.png, and masks with the
    same names in DIR/Mask. In the masks, 0 is the background and 255 the lungs of chest; in those of ct, 128 is the
    left lung and 255 the right lung.

    The layout npz is one file DIR/KIND.npz as in MedMNIST, with train_images, train_labels, val_images and so on: 70%
    of the images for training, 10% for validation, 20% for testing. chest and ct have train_masks instead of
    train_labels.
    """
    if layout == "npz" and images < FEWEST:
        raise click.BadParameter(f"must be at least {FEWEST} for `--layout npz`", param_hint="'--images'")
    from ..training.backend import check_modules

    try:
        check_modules("labc phantom")
    except LabError as error:
        stop(error.diagnostics, as_json=False)
    from ...compiler.sections import Phantom
    from ..data.phantom_files import PhantomFiles, write_folder, write_npz

    files = PhantomFiles.of(Phantom.model_construct(kind=kind, images=images, seed=seed), size)
    try:
        (write_npz if layout == "npz" else write_folder)(files, dir)
    except FileExistsError:
        raise click.ClickException(f"`{dir}` is not an empty folder; nothing was written") from None
    except OSError as error:
        refuse_writing(dir, error)
    echo(f"{dir}: {images} images written")
