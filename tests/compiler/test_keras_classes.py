"""Hints to those who write Keras's names: Keras has these names, and the language has the words."""

import json
import re
import subprocess
import sys
from inspect import signature
from itertools import chain

import keras
import pytest

from labc.compiler.analysis.vocabulary import VALUE_WORDS
from labc.compiler.layers import ALL, MERGES, Layer, Merge, other_names
from labc.compiler.layers.application_networks import NAMES, read_network
from labc.compiler.layers.base import class_for
from labc.compiler.layers.keras_classes import ALIASES, layer_word
from labc.compiler.layers.other_names import counterpart
from labc.compiler.model.composites import COMPOSITES
from labc.compiler.pipeline import compile_source
from labc.compiler.schema.arguments import Arguments
from labc.compiler.schema.hints import foreign_arguments, foreign_settings
from labc.compiler.schema.hints.foreign_words import WORDS
from labc.compiler.schema.hints.keras_names import ARGUMENTS
from labc.compiler.sections import Data, Train
from labc.compiler.sections.train.optimizer import OPTIMIZERS
from labc.compiler.sections.train.schedule import SCHEDULES
from labc.grammar.diagnostics.codes import Code
from labc.grammar.source import Source

KERAS_LAYERS = [name for name in dir(keras.layers) if isinstance(getattr(keras.layers, name), type)]


def test_keras_has_every_layer_and_the_language_every_word() -> None:
    found = {layer_word(name) for name in KERAS_LAYERS} - {None}
    as_activation = {"selu", "gelu", "silu", "softplus", "sigmoid", "tanh", "linear"}  # no layers of Keras
    of_keras = {layer.word() for layer in (*ALL, *MERGES.values())} - as_activation - {"backbone"}
    assert found == of_keras | {"input"}
    plain = {re.sub("[123]D", "", name) for name in KERAS_LAYERS}
    assert plain >= ALIASES.keys()


@pytest.mark.parametrize("layer", [*ALL, *MERGES.values()], ids=lambda layer: layer.word())
def test_the_reference_page_names_the_keras_classes(layer: type[Layer] | type[Merge]) -> None:
    sentence = re.split(r"\.\s", str(layer.__doc__).partition("Becomes ")[2])[0]
    named = set(re.findall(r"`(?:keras\.\w+\.)?([A-Z]\w*)[`(]", sentence))
    if layer.keras_class:
        assert named == {class_for(layer.keras_class, rank) for rank in (1, 2, 3)} & set(KERAS_LAYERS)
    else:  # as of `backbone`, whose `name` decides
        assert named <= {read_network(name).keras_class for name in NAMES}


def test_hints_do_not_depend_on_docstrings() -> None:
    """`python -OO` drops docstrings."""
    names = [*KERAS_LAYERS, *ALIASES, "VGG16", "keras.layers.Conv2D", "Nothing"]
    code = (
        f"import json; from labc.compiler.layers.keras_classes import *; print(json.dumps([*map(layer_word, {names})]))"
    )
    done = subprocess.run([sys.executable, "-OO", "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [layer_word(name) for name in names]
    text = "model { input(8x8x1)\n Conv2D(8) }"
    code = f"""
from labc.compiler.layers import other_names
from labc.compiler.layers.other_names import counterpart
from labc.compiler.model.composites import COMPOSITES
from labc.compiler.pipeline import compile_source
from labc.grammar.source import Source
print(compile_source(Source("a.lab", {text!r})).diagnostics[0].help)
"""
    done = subprocess.run([sys.executable, "-OO", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "`Conv2D` is called `conv` here\n"


def test_keras_has_every_argument_and_the_language_every_word() -> None:
    classes = chain((getattr(keras.layers, name) for name in KERAS_LAYERS), [keras.optimizers.Adam])
    given = set(chain.from_iterable(signature(cls.__init__).parameters for cls in classes))
    assert given | set(signature(keras.Model.fit).parameters) >= ARGUMENTS.keys()
    takers: list[type[Arguments]] = [*ALL, *OPTIMIZERS, Train]
    taken = {name for taker in takers for name in taker.model_fields}
    assert taken >= set(ARGUMENTS.values())


@pytest.mark.parametrize("name", sorted(other_names._MEANT | other_names._KERAS | other_names._MISSING))
def test_a_layer_of_another_tool_is_called_something_that_exists(name: str) -> None:
    words = {layer.word() for layer in (*ALL, *MERGES.values())} | {*COMPOSITES, "input"}
    found = counterpart(f"nn.{name.capitalize()}2d")
    assert found
    assert found.text is None or found.text in words | {f"keras.{layer}" for layer in KERAS_LAYERS}
    assert name not in other_names._MEANT or name not in words - {"linear"}  # `linear` is reached as `Linear`


def test_every_argument_of_another_tool_has_a_name_in_the_language() -> None:
    classes: list[type[Arguments]] = [*ALL, *OPTIMIZERS, *SCHEDULES]
    taken = {name for cls in classes for name in cls.model_fields}
    assert taken >= {name for names in foreign_arguments.RENAMED.values() for name in names}
    assert foreign_arguments.RENAMED.keys() >= foreign_arguments.SAME
    assert foreign_settings.INSTEAD.keys() >= foreign_settings.SAME


@pytest.mark.parametrize("name", sorted(foreign_settings.INSTEAD))
def test_what_is_written_instead_of_a_setting_is_one(name: str) -> None:
    instead = foreign_settings.INSTEAD[name]
    cls: type[Arguments] = Data if instead.section == "data" else Train
    assert name not in cls.model_fields
    assert instead.text.partition(" ")[0] in cls.model_fields
    assert instead.name is None or instead.name in cls.model_fields
    if not instead.text.endswith("= …"):
        found = compile_source(Source("test.lab", f"{instead.section} {{\n  {instead.text}\n}}\n")).diagnostics
        assert all(one.code is Code.MISSING for one in found), found


def test_the_language_has_every_word_that_another_one_stands_for() -> None:
    assert VALUE_WORDS | {"true", "false"} >= set(WORDS.values())
    assert not VALUE_WORDS & WORDS.keys()


@pytest.mark.parametrize(
    ("section", "setting", "way_out"),
    [
        ("data", "rotation = 10deg", "`rotation` is a setting of `augment`: `augment { rotation = … }`"),
        ("data", "batch_size = 8", "write `batch` instead of `batch_size`; `batch` is a setting of `train`"),
        ("data", "split { folds = 3 }", "`folds` is a setting of `data`"),
        ("train", "lr = 1e-4", "`lr` is an argument of `optimizer`: `optimizer = adam(lr = …)`"),
        ("train", "patience = 4", "`patience` is a value of `early_stop`: `early_stop = patience(…)`"),
        ("train", "optimizer = adam(learning_rate = 1)", "write `lr` instead of `learning_rate`"),
        ("model", "MaxPooling2D", "`MaxPooling2D` is called `maxpool` here"),
        ("model", "VGG16", "`VGG16` is called `backbone(vgg16)` here"),
        ("model", "EfficientNetB0", "`EfficientNetB0` is called `backbone(efficientnet_b0)` here"),
        ("model", "conv(8, strides = 2)", "write `stride` instead of `strides`"),
        ("model", "conv(8, lr = 2)", "known names: "),
        ("model", "conv(8, relu)", "write `activation = relu`: `relu` is a value of `activation`"),
        ("train", "loss = bce", "write `binary_crossentropy` instead of `bce`"),
        ("train", "precision = float16", "write `mixed` instead of `float16`"),
        ("train", "clip = None", "write `none`"),
        ("train", "early_stop = None", "write `none` instead of `None`"),
        ("train", "early_stop = 10", "write `patience(10)`"),
        ("train", "monitor = val_loss", "write one of `min(…)` and `max(…)`"),
        ("train", "metrics = none", "write `metrics = []`"),
    ],
)
def test_a_name_from_elsewhere_is_told_where_it_belongs(section: str, setting: str, way_out: str) -> None:
    found = compile_source(Source("test.lab", f"{section} {{\n  {setting}\n}}\n")).diagnostics
    assert any((diagnostic.help or "").startswith(way_out) for diagnostic in found), found
