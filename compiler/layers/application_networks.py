"""The networks of Keras Applications without their tops, as data: read where a backbone is used, Keras left alone.

`python docs/generate_applications.py` writes the files from the networks that Keras builds.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .shapes import Shape, windows

FOLDER = Path(__file__).parent / "applications"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))

Rule = tuple[str | int, ...]  # its word, then its numbers


@dataclass(frozen=True, slots=True)
class Part:
    """One layer of a network.

    `size` says which of the network's heights and widths its output has, `kernel` how many values its kernels have.
    """

    name: str
    size: int
    channels: int
    trained: int
    other: int
    kernel: int


@dataclass(frozen=True)
class Network:
    """A network: its class in `keras.applications`, the least size it takes, how its images are prepared, its layers.

    `sizes` are rules that make a height or a width from another one, by its index, 0 being the image's.
    `imagenet_only` are layers that Keras puts in only where it loads ImageNet's weights; `drops` says whether there is
    dropout among the layers.
    """

    keras: str
    least: int
    preprocessing: str
    sizes: tuple[tuple[int, Rule], ...]
    layers: tuple[Part, ...]
    imagenet_only: frozenset[str]
    drops: bool

    def parts(self, weights: str) -> tuple[Part, ...]:
        """The layers that Keras makes for these weights, in its order."""
        return tuple(part for part in self.layers if weights == "imagenet" or part.name not in self.imagenet_only)

    def output(self, shape: Shape) -> Shape:
        """The shape that leaves the last layer."""
        last = self.layers[-1]
        return self._lengths(shape[0])[last.size], self._lengths(shape[1])[last.size], last.channels

    def values(self, shape: Shape, weights: str) -> int:
        """The number of values in the outputs of all layers, for one image."""
        positions = self._positions(shape)
        return sum(positions[part.size] * part.channels for part in self.parts(weights))

    def multiply_adds(self, shape: Shape) -> int:
        """Multiplications with kernels, each with its addition, for one image."""
        positions = self._positions(shape)
        return sum(positions[part.size] * part.kernel for part in self.layers)

    def _positions(self, shape: Shape) -> list[int]:
        """Height times width, for each size."""
        return [height * width for height, width in zip(*map(self._lengths, shape[:2]), strict=True)]

    def _lengths(self, length: int) -> list[int]:
        """Every length that comes of one of the image's."""
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
        case "pad_even", int(after):  # one less before an even length, so that stride 2 keeps to the same places
            return after - (1 - length % 2) + length + after
        case ("one",):
            return 1
    raise AssertionError(f"a rule that nobody wrote: {rule}")


@lru_cache
def read_network(name: str) -> Network:
    """The network of this name, one of `NAMES`."""
    import json  # only files that use a network wait for it

    data = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Network(
        data["keras"],
        data["least"],
        data["preprocessing"],
        tuple((start, tuple(rule)) for start, *rule in data["sizes"]),
        tuple(Part(*part) for part in data["layers"]),
        frozenset(data["imagenet_only"]),
        data["drops"],
    )
