"""Draws one image of an experiment in sixteen epochs, with the changes of `augment`, for `labc data --augmented`."""

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click
import numpy as np

from ...compiler.frameworks import FRAMEWORKS, keras_framework
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.suggest import nearest
from ..data.inspection.contact_sheet import draw_grid
from ..option_errors import refuse_option
from ..training.backend import check_backend, start_backend
from ..training.balance import oversampled
from ..training.rows import Rows

if TYPE_CHECKING:
    from ...compiler.experiment import Experiment
    from ..data.dataset import Selection
    from ..data.inspection.inspect_data import InspectedData

FIRST = ""
"""The value of `--augmented` without a name: the first training image."""
EPOCHS = 16


def check_augmented(experiment: "Experiment") -> None:
    """Check that the experiment changes images, and that a framework is installed.

    Raises:
        LabError: if not.
    """
    if experiment.data is None or not experiment.data.augment.is_active:
        message = "this experiment changes no image: `data` has no `augment` with an effect"
        help = "add for example `augment { rotation = 10deg  flip = horizontal }` to `data`"
        refuse_option(Code.MISSING, message, "--augmented", help)
    check_backend(keras_framework() or FRAMEWORKS[0])


def draw_augmented(
    experiment: "Experiment", selection: "Selection", data: "InspectedData", name: str, path: Path
) -> None:
    """Write the picture of the training image with this name, or of the first one.

    Raises:
        click.BadParameter: if no training image has the name.
        LabError: if the framework cannot be loaded.
        OSError: if the file cannot be written.
    """
    assert experiment.data is not None and data.pixels is not None
    shown = selection.parts["train"]
    image = _find(name, shown, selection.source.names)
    seed = experiment.train.seed if experiment.train else 0
    if experiment.data.balance == "oversample":
        classes = selection.targets.strata[shown]
        shown = [shown[place] for place in oversampled(classes, seed)]
    start_backend(keras_framework() or FRAMEWORKS[0], "cpu")
    from ..training.augmentation.augmented_examples import augmented_examples  # loads Keras

    augment, place = experiment.data.augment, shown.index(image)
    rows = np.asarray(shown)
    masks = None if data.masks is None else (Rows(data.masks, rows), data.background)
    examples = [*augmented_examples(Rows(data.images, rows), augment, data.pixels, seed, place, EPOCHS, masks)]
    images, titles, outlines = zip(*((one.image, one.caption, one.mask) for one in examples), strict=True)
    draw_grid(data, images, titles, outlines, path)


def _find(name: str, shown: list[int], names: tuple[str, ...]) -> int:
    """Return the index of the training image with a name, which may be the file's name without its folders."""
    if name == FIRST:
        return shown[0]
    found = [index for index in shown if name in (names[index], PurePosixPath(names[index]).name)]
    if len(found) == 1:
        return found[0]
    problem = f"{len(found)} training images have the name `{name}`" if found else f"no training image is `{name}`"
    files = {PurePosixPath(names[index]).name: names[index] for index in shown}
    near = names[found[0]] if found else files.get(nearest(PurePosixPath(name).name, files) or "")
    raise click.BadParameter(f"{problem}{f'; write for example `{near}`' if near else ''}", param_hint="--augmented")
