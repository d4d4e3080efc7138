"""What is said to those who write Keras's names: Keras has these names, and the language the words."""

import re
from inspect import signature
from itertools import chain

import keras
import pytest

from labc.compiler.analysis.vocabulary import VALUE_WORDS
from labc.compiler.layers import ALL, MERGES
from labc.compiler.layers.keras_classes import ALIASES, layer_word
from labc.compiler.pipeline import compile_source
from labc.compiler.schema.arguments import Arguments
from labc.compiler.schema.hints.keras_names import ARGUMENTS, WORDS
from labc.compiler.sections import Train
from labc.compiler.sections.train.optimizer import OPTIMIZERS
from labc.grammar.source import Source

KERAS_LAYERS = [name for name in dir(keras.layers) if isinstance(getattr(keras.layers, name), type)]


def test_keras_has_every_layer_and_the_language_every_word() -> None:
    found = {layer_word(name) for name in KERAS_LAYERS} - {None}
    as_activation = {"selu", "gelu", "silu", "softplus", "sigmoid", "tanh", "linear"}  # no layers of Keras
    of_keras = {layer.word() for layer in (*ALL, *MERGES.values())} - as_activation - {"backbone"}
    assert found == of_keras | {"input"}
    plain = {re.sub("[123]D", "", name) for name in KERAS_LAYERS}
    assert plain >= ALIASES.keys()


def test_keras_has_every_argument_and_the_language_every_word() -> None:
    classes = chain((getattr(keras.layers, name) for name in KERAS_LAYERS), [keras.optimizers.Adam])
    given = set(chain.from_iterable(signature(cls.__init__).parameters for cls in classes))
    assert given | set(signature(keras.Model.fit).parameters) >= ARGUMENTS.keys()
    takers: list[type[Arguments]] = [*ALL, *OPTIMIZERS, Train]
    taken = {name for taker in takers for name in taker.model_fields}
    assert taken >= set(ARGUMENTS.values())


def test_the_language_has_every_word_that_another_one_stands_for() -> None:
    assert VALUE_WORDS | {"true", "false"} >= set(WORDS.values())
    assert not VALUE_WORDS & WORDS.keys()


@pytest.mark.parametrize(
    ("section", "setting", "way_out"),
    [
        ("data", "rotation = 10deg", "`rotation` is a setting of `augment`: `augment { rotation = … }`"),
        ("data", "batch_size = 8", "`batch_size` is called `batch` here, and is a setting of `train`"),
        ("data", "split { folds = 3 }", "`folds` is a setting of `data`"),
        ("train", "lr = 1e-4", "`lr` is an argument of `optimizer`: `optimizer = adam(lr = …)`"),
        ("train", "patience = 4", "`patience` is a value of `early_stop`: `early_stop = patience(…)`"),
        ("train", "optimizer = adam(learning_rate = 1)", "`learning_rate` is called `lr` here"),
        ("model", "MaxPooling2D", "`MaxPooling2D` is called `maxpool` here"),
        ("model", "VGG16", "`VGG16` is called `backbone(vgg16)` here"),
        ("model", "EfficientNetB0", "`EfficientNetB0` is called `backbone(efficientnet_b0)` here"),
        ("model", "conv(8, strides = 2)", "`strides` is called `stride` here"),
        ("model", "conv(8, lr = 2)", "known here: "),
        ("model", "conv(8, relu)", "it is a value of `activation`: `activation = relu`"),
        ("train", "loss = bce", "`bce` is called `binary_crossentropy` here"),
        ("train", "precision = float16", "`float16` is called `mixed` here"),
        ("train", "clip = None", "write `none`"),
        ("train", "early_stop = None", "`None` is called `none` here"),
        ("train", "early_stop = 10", "write `patience(10)`"),
        ("train", "monitor = val_loss", "one of `min(…)` and `max(…)`"),
        ("train", "metrics = none", "write `metrics = []`"),
    ],
)
def test_a_name_from_elsewhere_is_told_where_it_belongs(section: str, setting: str, way_out: str) -> None:
    found = compile_source(Source("test.lab", f"{section} {{\n  {setting}\n}}\n")).diagnostics
    assert any((diagnostic.help or "").startswith(way_out) for diagnostic in found), found
