"""The fingerprint of a training: a hash of everything that makes a finished run stale when it changes."""

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
"""Part of every fingerprint.

Raise it when the same `.lab` file trains differently than before: when a default changes, when images are prepared or
shuffled differently, when a layer or a loss computes something else. Every experiment is then trained again. A new
setting or argument whose default keeps the old behaviour needs no raise.
"""

BY_CONTENT = ("source",)
"""Settings of `data` that count through the content of the images, not through their text."""


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
    """Twelve hexadecimal digits of a hash of everything that decides how a training comes out.

    Settings with their defaults, names, comments and layout do not count, nor does the device. Images and files of
    weights count by their content, not by the folder they are in.

    Input: `images`, the key of the selected images (`Selection.images_key`); `versions`, those of Keras and its
    backend.
    """
    settings = describe_training(_weights_by_content(graph), data, train)
    settings["data"] = {name: value for name, value in changed_settings(data).items() if name not in BY_CONTENT}
    decisive = [TRAINING_VERSION, settings, images, backend, dict(versions), quick]
    return hashlib.sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()[:12]


def describe_training(graph: Graph, data: Data | None, train: Train | None) -> dict[str, Plain]:
    """The model and all settings that differ from their defaults, as plain data.

    Two `.lab` files of the same meaning give the same.
    """
    return {
        "input": as_plain(graph.input),
        "layers": [[as_plain(node.layer), as_plain(node.inputs), node.frozen] for node in graph.nodes],
        "data": changed_settings(data) if data else None,
        "train": changed_settings(train) if train else None,
    }


def _weights_by_content(graph: Graph) -> Graph:
    """The same graph, with the hash of a file of weights in place of its path."""
    return replace(graph, nodes=tuple(replace(node, layer=_by_content(node.layer)) for node in graph.nodes))


def _by_content(layer: Layer | Merge) -> Layer | Merge:
    if isinstance(layer, Backbone) and layer.file:
        return layer.model_copy(update={"weights": weights_digest(layer.file)})
    return layer
