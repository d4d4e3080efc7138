"""The weight files from which the backbones of a model start."""

import hashlib
from pathlib import Path

from ...compiler.files.provider import RefusedFileError, open_regular, resolved
from ...compiler.layers import Backbone
from ...compiler.model.graph import Graph
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic


def check_weights(graph: Graph) -> list[Diagnostic]:
    """Report each weight file that is missing or cannot be read. Returns an empty list if there is none."""
    backbones = dict.fromkeys(node.layer for node in graph.nodes if isinstance(node.layer, Backbone))
    problems = ((layer, _problem(layer.file)) for layer in backbones if layer.file)
    return [_unusable(layer, problem) for layer, problem in problems if problem]


def weights_digest(path: Path) -> str:
    """Return the SHA-256 hash of a file's content, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _problem(path: Path) -> str | None:
    """Return what is wrong with a weight file; None if it can be read. A device or a pipe is not opened."""
    try:
        open_regular(path).close()
    except FileNotFoundError:
        return "does not exist"
    except IsADirectoryError:
        return "is a folder, not a file"
    except RefusedFileError as error:
        return str(error).removeprefix("this ")
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return None


def _unusable(layer: Backbone, problem: str) -> Diagnostic:
    assert layer.file
    help = f"a relative path starts at the folder of the .lab file; the full path is {resolved(layer.file)}"
    message = f'the weight file "{layer.weights}" {problem}'
    return Diagnostic(Code.NO_WEIGHTS, message, layer.place("weights"), help=help)
