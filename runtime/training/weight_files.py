"""The files of weights that an experiment's backbones start from."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...compiler.experiment import Experiment
from ...compiler.layers import Backbone
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError


def check_weights(experiment: Experiment) -> None:
    """See that the files of weights are there.

    Raises:
        LabError: naming each that is not.
    """
    missing = [layer for layer, path in _files(experiment) if not path.is_file()]
    if missing:
        raise LabError([_missing(layer) for layer in dict.fromkeys(missing)])


def by_content(experiment: Experiment) -> list[dict[str, Any]]:
    """The layers of the experiment's meaning, files of weights named by what is in them, not by where they lie."""
    layers: list[dict[str, Any]] = experiment.meaning["model"]["layers"]
    return [
        {**layer, "weights": _digest(node.layer.file)}
        if isinstance(node.layer, Backbone) and node.layer.file
        else layer
        for node, layer in zip(experiment.graph.nodes, layers, strict=True)
    ]


def _files(experiment: Experiment) -> Iterator[tuple[Backbone, Path]]:
    for node in experiment.graph.nodes:
        if isinstance(node.layer, Backbone) and node.layer.file:
            yield node.layer, node.layer.file


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _missing(layer: Backbone) -> Diagnostic:
    assert layer.file
    place = layer.place("weights")
    what = "is a folder, not a file" if layer.file.is_dir() else "does not exist"
    help = f'"{layer.weights}" is looked for from the folder of the .lab file: {layer.file.resolve()}'
    return Diagnostic(Code.NO_WEIGHTS, f'the file of weights "{layer.weights}" {what}', place, help=help)
