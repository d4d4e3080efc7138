"""The networks of Keras Applications as data, without their classification layers. A check then need not load Keras.

`python docs/generate_applications.py` builds the networks with Keras and writes the files.
"""

from functools import lru_cache
from pathlib import Path

from ...grammar.value_class import value_class
from .shapes import Shape, windows

FOLDER = Path(__file__).parent / "applications"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))

Rule = tuple[str | int, ...]  # a word, then numbers


@value_class(slots=True)
class Part:
    """One layer of a network.

    `sizes[size]` of the network is the height and the width of the layer's output. `trainable` and
    `non_trainable` are numbers of weights. `kernel` is the number of values in the layer's kernels.
    """

    name: str
    size: int
    channels: int
    trainable: int
    non_trainable: int
    kernel: int


@value_class
class Network:
    """A network without its top (its classification layers).

    `keras_class` is the network's name in `keras.applications`, `min_size` the smallest height and width of an image.
    `preprocessing` is Keras's word for the preprocessing of the images. Each of the `sizes` is the index of an earlier
    height or width, and a rule that computes a new one from it; index 0 is the image. `imagenet_only` are the layers
    that Keras adds only with ImageNet's weights.
    """

    keras_class: str
    min_size: int
    preprocessing: str
    sizes: tuple[tuple[int, Rule], ...]
    layers: tuple[Part, ...]
    imagenet_only: frozenset[str]
    has_dropout: bool

    def parts(self, weights: str) -> tuple[Part, ...]:
        """Return the layers that Keras builds for these weights, in Keras's order."""
        return tuple(part for part in self.layers if weights == "imagenet" or part.name not in self.imagenet_only)

    def output(self, shape: Shape) -> Shape:
        """Return the output shape (height, width, channels) for images of `shape`."""
        last = self.layers[-1]
        return self._lengths(shape[0])[last.size], self._lengths(shape[1])[last.size], last.channels

    def activation_count(self, shape: Shape, weights: str) -> int:
        """Return the number of values in the outputs of all layers, for one image."""
        positions = self._positions(shape)
        return sum(positions[part.size] * part.channels for part in self.parts(weights))

    def macs(self, shape: Shape) -> int:
        """Return the number of multiply-accumulate operations with kernels, for one image."""
        positions = self._positions(shape)
        return sum(positions[part.size] * part.kernel for part in self.layers)

    def _positions(self, shape: Shape) -> list[int]:
        """Return height times width for each index of `sizes`, with the image first."""
        return [height * width for height, width in zip(*map(self._lengths, shape[:2]), strict=True)]

    def _lengths(self, length: int) -> list[int]:
        """Return every height in the network for an image with the height `length`; in the same way for widths."""
        lengths = [length]
        for start, rule in self.sizes:
            lengths.append(_apply(rule, lengths[start]))
        return lengths


def _apply(rule: Rule, length: int) -> int:
    match rule:
        case "valid", int(window), int(stride):
            return windows(length, window, stride, "valid")
        case "same", int(stride):
            return windows(length, 1, stride, "same")
        case "pad", int(before), int(after):
            return before + length + after
        case "pad_even", int(after):  # one less before an even length, so that stride 2 visits the same positions
            return after - (1 - length % 2) + length + after
        case ("one",):
            return 1
    raise AssertionError(f"unknown rule: {rule}")


@lru_cache
def read_network(name: str) -> Network:
    """Return the network with this name. The name is one of `NAMES`."""
    import json  # needed only for files that use a network

    data = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Network(
        data["keras_class"],
        data["min_size"],
        data["preprocessing"],
        tuple((start, tuple(rule)) for start, *rule in data["sizes"]),
        tuple(Part(*part) for part in data["layers"]),
        frozenset(data["imagenet_only"]),
        data["has_dropout"],
    )
