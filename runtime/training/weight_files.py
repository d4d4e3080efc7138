"""The weight files from which the backbones of a model start."""

import hashlib
from pathlib import Path

from ...compiler.layers import Backbone
from ...compiler.model.graph import Graph
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic


def check_weights(graph: Graph) -> list[Diagnostic]:
    """Report each weight file that is missing. Returns an empty list if no file is missing."""
    backbones = [node.layer for node in graph.nodes if isinstance(node.layer, Backbone)]
    missing = [layer for layer in backbones if layer.file and not layer.file.is_file()]
    return [_missing(layer) for layer in dict.fromkeys(missing)]


def weights_digest(path: Path) -> str:
    """Return the SHA-256 hash of a file's content, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _missing(layer: Backbone) -> Diagnostic:
    assert layer.file
    place = layer.place("weights")
    what = "is a folder, not a file" if layer.file.is_dir() else "does not exist"
    help = f"a relative path starts at the folder of the .lab file; the full path is {layer.file.resolve()}"
    return Diagnostic(Code.NO_WEIGHTS, f'the weight file "{layer.weights}" {what}', place, help=help)
