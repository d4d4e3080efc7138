"""Writes compiler/layers/applications/*.json, what labc knows about the networks of Keras Applications.

`python docs/generate_applications.py [name …]` builds each network with Keras, without its top, and writes a list of
its layers, with which labc checks a backbone without loading Keras.
"""

import json
import sys
from collections.abc import Iterator
from itertools import count
from typing import Any
from unittest.mock import patch

import keras
import numpy as np

from labc.compiler.layers.application_networks import FOLDER, Rule, read_network

NETWORKS = {
    "vgg16": "VGG16",
    "vgg19": "VGG19",
    "resnet50": "ResNet50",
    "resnet101": "ResNet101",
    "resnet152": "ResNet152",
    "resnet50v2": "ResNet50V2",
    "resnet101v2": "ResNet101V2",
    "resnet152v2": "ResNet152V2",
    "densenet121": "DenseNet121",
    "densenet169": "DenseNet169",
    "densenet201": "DenseNet201",
    "mobilenet": "MobileNet",
    "mobilenet_v2": "MobileNetV2",
    "mobilenet_v3_small": "MobileNetV3Small",
    "mobilenet_v3_large": "MobileNetV3Large",
    **{f"efficientnet_b{number}": f"EfficientNetB{number}" for number in range(4)},
    **{f"efficientnet_v2_b{number}": f"EfficientNetV2B{number}" for number in range(4)},
    "efficientnet_v2_s": "EfficientNetV2S",
    "inception_v3": "InceptionV3",
    "xception": "Xception",
}

# Halved five times, rounded up, the first stays even and the second odd, so rules that depend on it differ.
EVEN, ODD = 256, 257
NO_WINDOW = frozenset(
    """
    Activation Add BatchNormalization Concatenate Dropout Multiply Normalization ReLU Rescaling
    """.split()  # noqa: SIM905
)


def build(name: str, size: int, weights: str | None = None) -> Any:
    """A network for square images, with automatic names as in a fresh Python; ImageNet's weights are not loaded."""
    keras.backend.clear_session()
    with (
        patch("keras.src.utils.file_utils.get_file", return_value=""),
        patch("keras.src.models.model.Model.load_weights"),
    ):
        return getattr(keras.applications, NETWORKS[name])(
            include_top=False, weights=weights, input_shape=(size, size, 3)
        )


def describe(name: str) -> dict[str, Any]:
    """Everything that labc needs to know about a network; see `Network` and `Part` in application_networks.py.

    `sizes` are rules that compute a height (or width) from another one, given by its index; index 0 is the input's. A
    layer is its name, the index of its output's size, its channels, the numbers of its trainable and of its
    non-trainable weights, and the number of values in its kernels.
    """
    even, odd = build(name, EVEN, "imagenet"), build(name, ODD, "imagenet")
    plain = {layer.name for layer in build(name, EVEN).layers}
    sizes: list[tuple[int, Rule]] = []
    at: dict[str, int] = {even.layers[0].name: 0}
    layers = []
    for layer, twin in zip(even.operations[1:], odd.operations[1:], strict=True):
        index = at[source(layer)]
        if not isinstance(layer, keras.Layer):  # `x + 3`, which is none of `layers`
            at[layer.name] = index
            continue
        for rule in rules(layer, twin):
            index = 0 if rule == ("one",) else index
            if (index, rule) not in sizes:
                sizes.append((index, rule))
            index = sizes.index((index, rule)) + 1
        at[layer.name] = index
        layers.append([layer.name, index, layer.output.shape[-1], *counts(layer)])
    names = {layer[0] for layer in layers}
    assert [layer[0] for layer in layers] == [layer.name for layer in even.layers[1:]]
    assert plain - {even.layers[0].name} <= names, "without ImageNet's weights no layer has another name"
    return {
        "keras_class": NETWORKS[name],
        "min_size": min_size(name),
        "preprocessing": preprocessing(name),
        "sizes": [[index, *rule] for index, rule in sizes],
        "layers": layers,
        "imagenet_only": sorted(names - plain),
        "has_dropout": any(isinstance(layer, keras.layers.Dropout) for layer in even.layers),
    }


def source(layer: Any) -> str:
    """The name of the layer that gives the first input of this one."""
    given = layer.input[0] if isinstance(layer.input, list | tuple) else layer.input
    return str(given._keras_history.operation.name)


def rules(layer: Any, twin: Any) -> Iterator[Rule]:
    """How a layer changes height and width; `twin` is the same layer in the network for odd sizes."""
    config, kind = layer.get_config(), type(layer).__name__
    if kind in NO_WINDOW:
        return
    if kind == "ZeroPadding2D":
        before, after = square(config["padding"])
        yield ("pad", before, after) if twin.padding == layer.padding else ("pad_even", after)
        return
    if kind in ("GlobalAveragePooling2D", "Reshape"):
        assert layer.output.shape[1:-1] in ((), (1, 1))
        yield ("one",)
        return
    assert kind in ("Conv2D", "DepthwiseConv2D", "SeparableConv2D", "MaxPooling2D", "AveragePooling2D"), kind
    stride = square(config["strides"])
    if config["padding"] == "same":
        if stride > 1:
            yield ("same", stride)
        return
    window = square(config.get("kernel_size") or config["pool_size"])
    if (window, stride) != (1, 1):
        yield ("valid", window, stride)


def square(lengths: Any) -> Any:
    """The one number that height and width have in common."""
    assert lengths[0] == lengths[1]
    return lengths[0]


def counts(layer: Any) -> tuple[int, int, int]:
    """The numbers of trainable weights, of non-trainable weights, and of values in kernels."""
    kernels = [weight for weight in layer.weights if weight.name.endswith("kernel")]
    return _values(layer.trainable_weights), _values(layer.non_trainable_weights), _values(kernels)


def _values(weights: list[Any]) -> int:
    return sum(int(np.prod(weight.shape)) for weight in weights)


def min_size(name: str) -> int:
    """The smallest height and width that Keras accepts."""
    for size in count(8):
        try:
            build(name, size)
        except ValueError:
            continue
        return size
    raise AssertionError


def preprocessing(name: str) -> str:
    """Keras's word for the preprocessing of a network's images; `none` if the network does it itself."""
    utils = keras.src.applications.imagenet_utils
    module = sys.modules[getattr(keras.applications, NETWORKS[name]).__module__]
    if NETWORKS[name].startswith("ResNet") and NETWORKS[name].endswith("V2"):
        module = keras.src.applications.resnet_v2
    image = np.random.default_rng(0).uniform(0, 255, (4, 4, 3))
    prepared = module.preprocess_input(image.copy())
    ways = {way: utils.preprocess_input(image.copy(), mode=way) for way in ("caffe", "tf", "torch")} | {"none": image}
    (way,) = (way for way, result in ways.items() if np.array_equal(prepared, result))
    return way


def written(network: dict[str, Any]) -> str:
    """The network as JSON, one layer a line."""
    layers = ",\n".join(json.dumps(layer) for layer in network["layers"])
    lines = {key: json.dumps(value) for key, value in network.items()} | {"layers": f"[\n{layers}\n]"}
    return "{\n" + ",\n".join(f'"{key}": {value}' for key, value in lines.items()) + "\n}\n"


def check(name: str) -> None:
    """Assert that the written file gives the shapes of the built networks."""
    network = read_network(name)
    for size in (EVEN, ODD):
        model = build(name, size, "imagenet")
        assert network.output((size, size, 3)) == model.output.shape[1:]
        values = sum(int(np.prod(layer.output.shape[1:])) for layer in model.layers[1:])
        assert network.activation_count((size, size, 3), "imagenet") == values


def main() -> None:
    """Write the networks named on the command line, or all."""
    for name in sys.argv[1:] or NETWORKS:
        (FOLDER / f"{name}.json").write_text(written(describe(name)), encoding="utf-8")
        check(name)
        print(name)


if __name__ == "__main__":
    main()
