"""Selects example images with correct and with wrong predictions."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from ...grammar.terminal_text import printable
from ..runs.predictions_table import Predictions

Images = Mapping[str, NDArray[np.uint8]]

EACH = 6
"""The largest number of images with wrong predictions, and of images with correct predictions."""

SIDE = 256
"""The largest side of a shown image in pixels; larger images are subsampled."""


@dataclass(frozen=True)
class Example:
    """One image with its prediction."""

    file: str
    """The file name without characters that cannot be printed."""
    truth: str
    prediction: str
    score: float
    """The score of the predicted class."""
    uri: str
    """The image as a `data:` URI."""


def wrong_examples(predictions: Predictions, images: Images, classes: tuple[str, ...]) -> list[Example]:
    """Return the wrong predictions with the highest scores, the highest first; an empty list if there are none."""
    rows = _shown(predictions, images, predictions.truth != predictions.prediction)
    return _examples(predictions.take(rows[:EACH]), images, classes)


def right_examples(predictions: Predictions, images: Images, classes: tuple[str, ...]) -> list[Example]:
    """Return correct predictions, chosen evenly from the highest score to the lowest; an empty list if none exist."""
    rows = _shown(predictions, images, predictions.truth == predictions.prediction)
    spread = np.linspace(0, len(rows) - 1, min(EACH, len(rows))).round().astype(int)
    return _examples(predictions.take(rows[spread]), images, classes)


def _shown(predictions: Predictions, images: Images, wanted: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the indices of the wanted predictions whose image is in `images`, the highest score first."""
    given = np.array([file in images for file in predictions.file], dtype=bool)
    rows = np.flatnonzero(wanted & given)
    scores = predictions.scores[rows, predictions.prediction[rows]]
    return rows[np.argsort(-scores, kind="stable")]


def _examples(chosen: Predictions, images: Images, classes: tuple[str, ...]) -> list[Example]:
    return [
        Example(
            file=printable(file),
            truth=classes[chosen.truth[row]],
            prediction=classes[chosen.prediction[row]],
            score=float(chosen.scores[row, chosen.prediction[row]]),
            uri=png_uri(images[file]),
        )
        for row, file in enumerate(chosen.file)
    ]


def png_uri(image: NDArray[np.uint8]) -> str:
    """Return an image (height, width, channel) with 1 or 3 channels as a PNG in a `data:` URI."""
    from matplotlib.image import imsave

    step = -(-max(image.shape[:2]) // SIDE)
    small = image[::step, ::step]
    grey = small[..., 0] if small.shape[-1] == 1 else small
    png = BytesIO()
    imsave(png, grey, format="png", cmap="gray", vmin=0, vmax=255)
    return f"data:image/png;base64,{b64encode(png.getvalue()).decode()}"
