"""The networks of Keras Applications without their tops, as data, so that a check need not load Keras.

`python docs/generate_applications.py` writes the files from the networks that Keras builds.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .shapes import Shape, windows

FOLDER = Path(__file__).parent / "applications"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))

Rule = tuple[str | int, ...]  # a word, then numbers


@dataclass(frozen=True, slots=True)
class Part:
    """One layer of a network.

    `size` is the index of its output's height and width in the network's `sizes`; `trainable` and `non_trainable` are
    numbers of weights, and `kernel` is the number of values in its kernels.
    """

    name: str
    size: int
    channels: int
    trainable: int
    non_trainable: int
    kernel: int


@dataclass(frozen=True)
class Network:
    """A network without its top.

    `keras_class` is its name in `keras.applications`, `min_size` the smallest height and width that it accepts,
    `preprocessing` Keras's word for how its images are prepared. `sizes` are rules that compute a height or a width
    from another one, given by its index; index 0 is the image's. `imagenet_only` are the layers that Keras adds only
    with ImageNet's weights.
    """

    keras_class: str
    min_size: int
    preprocessing: str
    sizes: tuple[tuple[int, Rule], ...]
    layers: tuple[Part, ...]
    imagenet_only: frozenset[str]
    has_dropout: bool

    def parts(self, weights: str) -> tuple[Part, ...]:
        """The layers that Keras makes for these weights, in its order."""
        return tuple(part for part in self.layers if weights == "imagenet" or part.name not in self.imagenet_only)

    def output(self, shape: Shape) -> Shape:
        """The output shape (height, width, channels) for images of `shape`."""
        last = self.layers[-1]
        return self._lengths(shape[0])[last.size], self._lengths(shape[1])[last.size], last.channels

    def activation_count(self, shape: Shape, weights: str) -> int:
        """The number of values in the outputs of all layers, for one image."""
        positions = self._positions(shape)
        return sum(positions[part.size] * part.channels for part in self.parts(weights))

    def macs(self, shape: Shape) -> int:
        """Multiply-accumulate operations with kernels, for one image."""
        positions = self._positions(shape)
        return sum(positions[part.size] * part.kernel for part in self.layers)

    def _positions(self, shape: Shape) -> list[int]:
        """Height times width, for each size."""
        return [height * width for height, width in zip(*map(self._lengths, shape[:2]), strict=True)]

    def _lengths(self, length: int) -> list[int]:
        """Every height (or width) in the network, for images of this one."""
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
        case "pad_even", int(after):  # before an even length one less, so that stride 2 visits the same positions
            return after - (1 - length % 2) + length + after
        case ("one",):
            return 1
    raise AssertionError(f"unknown rule: {rule}")


@lru_cache
def read_network(name: str) -> Network:
    """The network of this name, one of `NAMES`."""
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
