"""Reads the data of an experiment and describes it, without a framework and without the cache."""

from dataclasses import dataclass

import numpy as np

from ....compiler.backends.scaling import PixelRange
from ....compiler.sections import Data
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ...training.balance import describe_balance
from ..caching.kept_images import MemoryImages
from ..dataset import Selection
from ..events import DataEvents
from ..pixel_range import grey_levels, narrow_range, pixel_range
from ..pixels import StoredImage, Values
from ..prepare_images import prepare_images
from ..splitting.fold_partition import fold_name
from ..stored_values import StoredValues
from ..targets import Strata, Targets
from ..targets.mask_targets import MaskTargets
from ..targets.number_targets import NumberTargets
from .data_description import (
    BalanceDescription,
    DataDescription,
    ImageDescription,
    NumbersDescription,
    PartDescription,
    SeenDescription,
    StoredDescription,
)
from .inspect_masks import InspectedMasks, inspect_masks


@dataclass(frozen=True)
class InspectedData:
    """The data of an experiment: its description, its images as the model gets them, and what is wrong with them."""

    description: DataDescription
    images: Values
    """Stored values after resizing (image, height, width, channel), in the order of `description.images`."""
    masks: Targets | None
    """Class numbers after resizing (image, height, width); None for tasks without masks."""
    background: int
    """The class number of the background in masks."""
    pixels: PixelRange | None
    """None if the values need a window, which is missing."""
    problems: tuple[Diagnostic, ...]
    """The warnings, and the error if a window is missing."""


def inspect_data(selection: Selection, events: DataEvents) -> InspectedData:
    """Read all images of a selection.

    Raises:
        LabError: if images cannot be read.
    """
    data, source = selection.data, selection.source
    indices = range(len(source.names))
    part_of = {index: name for name, part in selection.parts.items() for index in part}
    stored: dict[int, StoredDescription] = {}
    kept = MemoryImages((len(indices), *data.image))

    def observe(index: int, image: StoredImage) -> None:
        stored[index] = _describe_stored(image, data)

    values = prepare_images(source, indices, data, events, kept.append, observe)
    images = kept.images
    pixels, problems = _pixels(values, data)
    masks = inspect_masks(selection.targets, events) if isinstance(selection.targets, MaskTargets) else None
    problems = (*selection.warnings, *problems, *(masks.problems(selection.parts) if masks else ()))
    described = (
        ImageDescription(
            file=source.names[index],
            part=part_of.get(index),
            label=None if masks else selection.targets.value(index),
            mask=selection.targets.describe(index) if masks else None,
            stored=stored[index],
            seen=_describe_seen(images[index], pixels, data) if pixels else None,
        )
        for index in indices
    )
    description = DataDescription(
        task=data.task.value,
        classes=data.class_names,
        target=data.target.name if data.target else "",
        unit=data.target.unit if data.target else "",
        parts={name: _describe_part(selection, part, masks) for name, part in selection.parts.items()},
        images=tuple(described),
        mask_values=masks.values if masks else (),
        balance=_describe_balance(selection),
        left_out=dict(selection.left_out),
        duplicates=tuple((source.names[one], source.names[other]) for one, other in selection.repeated),
        warnings=tuple(problem.message for problem in problems),
    )
    return InspectedData(description, images, masks.numbers if masks else None, data.background, pixels, problems)


def _pixels(values: StoredValues, data: Data) -> tuple[PixelRange | None, tuple[Diagnostic, ...]]:
    try:
        pixels = pixel_range(values, data)
    except LabError as error:
        return None, tuple(error.diagnostics)
    narrow = narrow_range(values, data)
    return pixels, (narrow,) if narrow else ()


def _describe_stored(image: StoredImage, data: Data) -> StoredDescription:
    pixels = np.asarray(image.pixels[:, :])
    return StoredDescription(
        mode=image.mode,
        dtype=pixels.dtype.name,
        size=pixels.shape[: len(data.image) - 1],
        min=float(pixels.min()),
        max=float(pixels.max()),
    )


def _describe_seen(image: Values, pixels: PixelRange, data: Data) -> SeenDescription:
    levels = grey_levels(image, pixels).astype(np.float64) / (1 if data.scale == "none" else 255)
    return SeenDescription(
        shape=levels.shape, min=float(levels.min()), mean=float(levels.mean()), max=float(levels.max())
    )


def _describe_part(selection: Selection, part: list[int], masks: InspectedMasks | None) -> PartDescription:
    by_class = masks.count(part) if masks else selection.targets.count(part)
    targets = selection.targets
    numbers = _describe_numbers(targets, part) if isinstance(targets, NumberTargets) else None
    return PartDescription(images=len(part), by_class=by_class, groups=_count_groups(selection, part), numbers=numbers)


def _describe_numbers(targets: NumberTargets, part: list[int]) -> NumbersDescription:
    numbers = np.asarray([targets.value(index) for index in part])
    return NumbersDescription(
        min=float(numbers.min()),
        mean=float(numbers.mean()),
        median=float(np.median(numbers)),
        max=float(numbers.max()),
        deviation=float(numbers.std()),
    )


def _count_groups(selection: Selection, part: list[int]) -> int | None:
    """Return the number of groups in a part; None without groups."""
    groups = selection.groups
    return None if groups is None else len({groups[index] for index in part})


def _describe_balance(selection: Selection) -> dict[str, BalanceDescription]:
    """Return what `balance` does in each training, by `train` or the name of the fold; an empty dict without it."""
    data = selection.data
    if data.balance == "none":
        return {}
    folds = {fold_name(number): selection.fold(number) for number in range(1, (data.folds or 0) + 1)}
    return {
        name: _balance_of(data, one.targets.strata[one.parts["train"]])
        for name, one in (folds or {"train": selection}).items()
    }


def _balance_of(data: Data, labels: Strata) -> BalanceDescription:
    balance = describe_balance(data.balance, labels, data.class_names)
    return BalanceDescription(images=balance.images, weights=balance.weights)
