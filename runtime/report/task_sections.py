"""The variables of the parts of the page that only some tasks have: `labels.html.j2` and `masks.html.j2`."""

from typing import Any

from ..data.class_colours import PALETTE
from ..runs.record import RunRecord
from .examples import Images
from .inline_figure import inline
from .label_examples import label_examples, number_examples
from .label_findings import label_scores
from .mask_examples import Masks, typical_masks, worst_masks
from .mask_findings import class_overlaps
from .scatter import draw_scatter


def task_variables(record: RunRecord, images: Images, masks: Masks) -> dict[str, Any]:
    """Return the variables by name. Those of other tasks than that of the run are empty."""
    return {**_labels_and_numbers(record, images), **_masks(record, images, masks)}


def _labels_and_numbers(record: RunRecord, images: Images) -> dict[str, Any]:
    """Return the variables of `labels.html.j2`, which are empty for tasks with classes."""
    variables: dict[str, Any] = {"label_tables": {}, "scatter": None, "target_examples": []}
    if record.labels is not None:
        labels = {part: table for part in ("test", "validation") if len(table := record.labels.of(part))}
        shown = label_examples(next(iter(labels.values()), record.labels), images, record.classes)
        variables["label_tables"] = {part: label_scores(table, record.classes) for part, table in labels.items()}
        variables["target_examples"] = [("Most wrong labels", "The images with the most wrong labels.", shown)]
    if record.numbers is not None:
        numbers = {part: one for part in ("test", "validation") if len(one := record.numbers.of(part))}
        unit = record.info.unit
        worst, others = number_examples(next(iter(numbers.values()), record.numbers), images, unit)
        description = "Predicted numbers against true numbers: a point for each image."
        variables["scatter"] = inline(draw_scatter(numbers, unit), description, "scatter") if numbers else None
        variables["target_examples"] = [
            ("Largest errors", "The images with the largest errors, the largest first.", worst),
            ("Other predictions", "Other images, from the smallest true number to the largest.", others),
        ]
    return variables


def _masks(record: RunRecord, images: Images, masks: Masks) -> dict[str, Any]:
    """Return the variables of `masks.html.j2`, which are empty if the task is not segmentation."""
    if record.masks is None:
        return {"mask_tables": {}, "worst_masks": [], "typical_masks": [], "mask_colours": {}}
    tables = {part: record.masks.of(part) for part in ("test", "validation")}
    shown = next((table for table in tables.values() if len(table)), record.masks)
    classes = len(record.classes)
    return {
        "mask_tables": {part: class_overlaps(table, record.classes) for part, table in tables.items() if len(table)},
        "worst_masks": worst_masks(shown, images, masks, classes),
        "typical_masks": typical_masks(shown, images, masks, classes),
        "mask_colours": {name: f"rgb{PALETTE[number % len(PALETTE)]}" for number, name in enumerate(record.classes)},
    }
