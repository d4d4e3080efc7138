"""The fingerprint of a training run: a hash of everything that can change the result of the training."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from ...compiler.layers import Backbone, Layer, Merge
from ...compiler.model.graph import Graph
from ...compiler.sections import Data, Train
from ..training.weight_files import weights_digest
from .changed_settings import Plain, as_plain, changed_settings

TRAINING_VERSION = 1
"""A number that is part of every fingerprint.

Increment it when the training of an unchanged `.lab` file changes: when a default changes, when images are prepared or
shuffled differently, when a layer or a loss computes different values. Every experiment is then trained again. Do not
increment it for a new setting or argument whose default keeps the old behaviour.
"""

BY_CONTENT = ("source", "train", "validation", "test", "duplicates", "masks", "mask_name", "target", "folds")
"""The settings of `data` whose text is not in the fingerprint: images, parts, masks and numbers are in it by their
content."""


def fingerprint(
    graph: Graph,
    data: Data,
    train: Train,
    *,
    images: str,
    backend: str,
    versions: Mapping[str, str],
    quick: bool,
) -> str:
    """Return twelve hexadecimal digits of a hash of everything that can change the result of the training.

    Settings with their default values, names, comments, layout and the device are not part of the hash. Images and
    weight files are part of it by their content, but not by their folder.

    Input: `images`, the key of the selected images (`Selection.images_key`); `versions`, the versions of Keras and of
    its backend.
    """
    settings = describe_training(_weights_by_content(graph), data, train)
    settings["data"] = _without_content(changed_settings(data))
    decisive = [TRAINING_VERSION, settings, images, backend, dict(versions), quick]
    return hashlib.sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()[:12]


def describe_training(graph: Graph, data: Data | None, train: Train | None) -> dict[str, Plain]:
    """Return the model and all settings that differ from their defaults, as plain data.

    The result is equal for two `.lab` files with the same meaning.
    """
    return {
        "input": as_plain(graph.input),
        "layers": [[as_plain(node.layer), as_plain(node.inputs), node.frozen] for node in graph.nodes],
        "data": changed_settings(data) if data else None,
        "train": changed_settings(train) if train else None,
    }


def _without_content(data: dict[str, Plain]) -> dict[str, Plain]:
    """Return the settings of `data` that are not in the fingerprint by the content and the parts of the images.

    Beside given parts, `split` divides nothing: its `group` is only checked.
    """
    kept = {name: value for name, value in data.items() if name not in BY_CONTENT}
    match kept.get("split"):
        case [_, {"table": _}]:
            del kept["split"]
        case [_, {"group": _, **others}] if "validation" in data and not others:
            del kept["split"]
    return kept


def _weights_by_content(graph: Graph) -> Graph:
    """Return the same graph, but with the hash of each weight file instead of its path."""
    return replace(graph, nodes=tuple(replace(node, layer=_by_content(node.layer)) for node in graph.nodes))


def _by_content(layer: Layer | Merge) -> Layer | Merge:
    if isinstance(layer, Backbone) and layer.file:
        return layer.model_copy(update={"weights": weights_digest(layer.file)})
    return layer
