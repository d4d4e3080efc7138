"""Losses: their Keras calls against their formulas, and what checks refuse against what the classes accept."""

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import huber

from labc.compiler.backends.keras import make
from labc.compiler.losses import ALL, ANY, Heads, Loss, MaskHeads
from labc.compiler.losses.focal import Focal
from labc.compiler.losses.regression import Huber
from labc.compiler.pipeline import compile_source
from labc.compiler.schema.task_kind import TaskKind
from labc.grammar.source import Source
from labc.runtime.runs.changed_settings import as_plain
from labc.runtime.training.tasks import Classification

Floats = NDArray[np.float64]

# The formulas of docs/losses.md before the mean: of `y`, the encoded labels, and `o`, the outputs, both (image, unit).
FORMULAS: dict[str, Callable[[Loss, Floats, Floats], Floats]] = {
    "binary_crossentropy": lambda _, y, o: -(y * np.log(o) + (1 - y) * np.log(1 - o)),
    "categorical_crossentropy": lambda _, y, o: -np.log(right(y, o)),
    "focal": lambda loss, y, o: -((1 - right(y, o)) ** gamma(loss)) * np.log(right(y, o)),
    "hinge": lambda _, y, o: np.maximum(0, 1 - y * o),
    "squared_hinge": lambda _, y, o: np.maximum(0, 1 - y * o) ** 2,
    "categorical_hinge": lambda _, y, o: np.maximum(0, 1 + np.maximum(0, best_other(y, o)) - right(y, o)),
    "mse": lambda _, y, o: (y - o) ** 2,
    "mae": lambda _, y, o: np.abs(y - o),
}
OF_NUMBERS: dict[str, Callable[[Loss, Floats, Floats], Floats]] = {
    "mse": FORMULAS["mse"],
    "mae": FORMULAS["mae"],
    "huber": lambda loss, y, o: huber(delta(loss), o - y),
}


def gamma(loss: Loss) -> float:
    assert isinstance(loss, Focal)
    return loss.gamma


def delta(loss: Loss) -> float:
    assert isinstance(loss, Huber)
    return loss.delta


def right(y: Floats, o: Floats) -> Floats:
    """The output for each image's class: (image,)."""
    return np.where(y == 1, o, 1 - o)[:, 0] if y.shape[1] == 1 else o[y == 1]


def best_other(y: Floats, o: Floats) -> Floats:
    """The largest output for another class: (image,)."""
    return np.array([max(outputs[labels == 0]) for labels, outputs in zip(y, o, strict=True)])


OF_IMAGES = [loss for loss in ALL if loss.is_for_images()]
HEADS = [
    (loss, classes, units, activation)
    for loss, classes in product(OF_IMAGES, (2, 3, 5))
    for units, activation in loss.image_heads(classes).items()
]


def task_of(loss: Loss, classes: int, units: int, activation: str) -> Classification:
    return Classification(classes, units, "linear" if activation == ANY else activation, loss)


def outputs_of(numbers: Floats, activation: str) -> Floats:
    """Numbers as a layer with this activation would give them."""
    if activation == "sigmoid":
        return np.asarray(1 / (1 + np.exp(-numbers)))
    if activation == "softmax":
        return np.asarray(np.exp(numbers) / np.exp(numbers).sum(axis=1, keepdims=True))
    return numbers


def test_every_loss_of_images_has_a_formula_here() -> None:
    assert set(FORMULAS) == {loss.word() for loss in OF_IMAGES}


@pytest.mark.parametrize(("loss", "classes", "units", "activation"), HEADS)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_the_keras_loss_is_the_documented_formula(
    loss: type[Loss], classes: int, units: int, activation: str, data: st.DataObject
) -> None:
    import keras

    made = loss(**{name: data.draw(st.floats(0, 5)) for name in loss.model_fields})
    labels = np.array(data.draw(st.lists(st.integers(0, classes - 1), min_size=1, max_size=6)))
    numbers = st.lists(st.floats(-6, 6), min_size=units, max_size=units)
    drawn = np.array(data.draw(st.lists(numbers, min_size=len(labels), max_size=len(labels))))
    task, outputs = task_of(made, classes, units, activation), outputs_of(drawn, activation)
    encoded = task.encode(labels)
    assert encoded.shape == outputs.shape
    found = keras.ops.convert_to_numpy(make(made.keras_call(units))(encoded, outputs.astype(np.float32)))
    expected = FORMULAS[loss.word()](made, encoded.astype(np.float64), outputs).mean()
    assert float(found) == pytest.approx(expected, rel=1e-3, abs=1e-5)


@pytest.mark.parametrize(("loss", "classes", "units", "activation"), HEADS)
def test_a_training_step_lowers_the_loss_of_every_accepted_head(
    loss: type[Loss], classes: int, units: int, activation: str
) -> None:
    import keras

    keras.utils.set_random_seed(0)
    task = task_of(loss(), classes, units, activation)
    head = keras.layers.Dense(units, activation=task.activation)
    model = keras.Sequential([keras.Input((4,)), head])
    model.compile(optimizer=keras.optimizers.SGD(0.01), loss=task.keras_loss())
    images = np.random.default_rng(0).normal(size=(30, 4)).astype(np.float32)
    labels = task.encode(np.arange(30) % classes)
    before = model.train_on_batch(images, labels)
    assert model.evaluate(images, labels, verbose=0) < before


@pytest.mark.parametrize(("loss", "classes", "units", "activation"), HEADS)
def test_perfect_outputs_are_read_as_the_labels(loss: type[Loss], classes: int, units: int, activation: str) -> None:
    task, labels = task_of(loss(), classes, units, activation), np.arange(classes)
    outputs = task.encode(labels)
    assert task.predict(outputs).tolist() == labels.tolist()
    assert task.scores(outputs).argmax(axis=1).tolist() == labels.tolist()
    assert np.asarray(task.classes_of(outputs)).tolist() == labels.tolist()


@pytest.mark.parametrize(("loss", "classes", "units", "activation"), HEADS)
@settings(deadline=None)
@given(data=st.data())
def test_the_predicted_class_has_the_largest_score(
    loss: type[Loss], classes: int, units: int, activation: str, data: st.DataObject
) -> None:
    numbers = st.lists(st.floats(-3, 3, width=32), min_size=units, max_size=units, unique=True)
    task, outputs = task_of(loss(), classes, units, activation), np.array([data.draw(numbers)], np.float32)
    scores = task.scores(outputs)
    assert scores.shape == (1, classes)
    assert scores[0, task.predict(outputs)[0]] == scores.max()


@pytest.mark.parametrize("loss", ALL, ids=lambda loss: loss.word())
def test_a_head_whose_outputs_exclude_each_other_takes_softmax_and_one_whose_outputs_do_not_sigmoid(
    loss: type[Loss],
) -> None:
    assert {loss.one_unit, loss.channel_per_class, loss.unit_per_label} <= {None, ANY, "sigmoid"}
    assert {loss.unit_per_class, loss.background_channel} <= {None, ANY, "softmax"}


ACTIVATIONS = ("sigmoid", "softmax", "tanh", "linear")
IMAGES = """\
data {{ source = folder("a")  classes = [{classes}]  image = 8x8x1 }}
model {{ flatten -> dense({units}, {activation}) }}
train {{ loss = {loss}  epochs = 5 }}
"""
LABELS = """\
data {{ source = npz("a")  labels = [{classes}]  image = 8x8x1 }}
model {{ flatten -> dense({units}, {activation}) }}
train {{ loss = {loss}  epochs = 5 }}
"""
TARGET = """\
data {{ source = csv("a", image = "file")  target = column("age")  image = 8x8x1 }}
model {{ flatten -> dense({units}, {activation}) }}
train {{ loss = {loss}  epochs = 5 }}
"""
MASKS = """\
data {{ source = folder("a")  masks = folder("b")  classes = [{classes}]  mask_values = {values}  image = 8x8x1 }}
model {{ conv({units}, 1x1, {activation}) }}
train {{ loss = {loss}  epochs = 5 }}
"""


def errors(text: str, classes: int, units: int, activation: str, loss: str, first: int = 1) -> list[str]:
    """The codes of a program; in its masks, the classes have the values from `first` on."""
    names = ", ".join(f'"{letter}"' for letter in "abcdef"[:classes])
    values = list(range(first, first + classes))
    written = text.format(classes=names, values=values, units=units, activation=activation, loss=loss)
    found = compile_source(Source("test.lab", written)).diagnostics
    return [one.code.name for one in found if not one.code.startswith("W")]


def accepted(heads: Heads | MaskHeads) -> Iterator[tuple[int, str]]:
    """Every head with one of ACTIVATIONS that these stand for."""
    for units, wanted in heads.items():
        for activation in (wanted,) if isinstance(wanted, str) else wanted:
            yield from ((units, one) for one in (ACTIVATIONS if activation == ANY else (activation,)))


@pytest.mark.parametrize("loss", ALL, ids=lambda loss: loss.word())
@pytest.mark.parametrize("classes", [2, 3])
def test_checks_accept_the_heads_of_images_that_the_class_names_and_no_others(loss: type[Loss], classes: int) -> None:
    word, heads = loss.word(), set(accepted(loss.image_heads(classes)))
    for units, activation in product(range(1, 5), ACTIVATIONS):
        found = errors(IMAGES, classes, units, activation, word)
        assert bool(found) == ((units, activation) not in heads), (units, activation, found)
        if not loss.is_for_images():
            assert found == ["WRONG_TASK"]
        elif found:
            number_fits = units in loss.image_heads(classes) or not heads
            assert found == ["HEAD_AND_LOSS" if number_fits else "HEAD_AND_CLASSES"]


@pytest.mark.parametrize("loss", ALL, ids=lambda loss: loss.word())
@pytest.mark.parametrize("labels", [1, 2, 3])
def test_checks_accept_the_heads_of_labels_that_the_class_names_and_no_others(loss: type[Loss], labels: int) -> None:
    heads = set(accepted(loss.heads(TaskKind.MULTI_LABEL, labels)))
    for units, activation in product(range(1, 5), ACTIVATIONS):
        found = errors(LABELS, labels, units, activation, loss.word())
        assert bool(found) == ((units, activation) not in heads), (units, activation, found)
        if found:
            code = "HEAD_AND_LOSS" if units == labels else "HEAD_AND_CLASSES"
            assert found == [code if heads else "WRONG_TASK"]


@pytest.mark.parametrize("loss", ALL, ids=lambda loss: loss.word())
def test_checks_accept_one_unit_for_a_number_whose_activation_is_not_constant(loss: type[Loss]) -> None:
    heads = set(accepted(loss.heads(TaskKind.REGRESSION, 1))) - {(1, "softmax")}
    assert bool(heads) == (loss.word() in OF_NUMBERS)
    for units, activation in product(range(1, 4), ACTIVATIONS):
        found = errors(TARGET, 0, units, activation, loss.word())
        assert bool(found) == ((units, activation) not in heads), (units, activation, found)
        if found:
            code = "HEAD_AND_LOSS" if units == 1 else "HEAD_AND_CLASSES"
            assert found == [code if heads else "WRONG_TASK"]


@pytest.mark.parametrize("loss", ALL, ids=lambda loss: loss.word())
@pytest.mark.parametrize(("classes", "with_background"), [(1, 2), (2, 3), (2, 2), (3, 3)])
def test_checks_accept_the_heads_of_masks_that_the_class_names_and_no_others(
    loss: type[Loss], classes: int, with_background: int
) -> None:
    word, heads = loss.word(), loss.mask_heads(classes, with_background)
    first = 0 if classes == with_background else 1
    for units, activation in product(range(1, 5), ACTIVATIONS):
        found = errors(MASKS, classes, units, activation, word, first)
        assert bool(found) == ((units, activation) not in set(accepted(heads))), (units, activation, found)
        if not loss.is_for_masks():
            assert found == ["WRONG_TASK"]
        elif found:
            assert found == ["HEAD_AND_LOSS" if units in heads else "MASKS_AND_OUTPUT"]


@pytest.mark.parametrize(
    ("classes", "values", "background"),
    [
        (["left", "right"], [128, 255], 2),
        (["body", "left", "right"], [0, 128, 255], 0),
        (["pet", "background", "border"], [1, 2, 3], 1),
        (["pet", "Background"], [0, 7], 1),
        (["a", "b"], [9, 0], 1),
        (["nucleus"], [], 1),
    ],
)
def test_the_background_is_a_class_by_its_name_or_its_value_or_else_comes_last(
    classes: list[str], values: list[int], background: int
) -> None:
    names = ", ".join(f'"{name}"' for name in classes)
    channels = max(len(classes), background + 1)
    found = compile_source(
        Source(
            "test.lab",
            f"""\
data {{ source = folder("a")  masks = folder("b")  classes = [{names}]  mask_values = {values}  image = 8x8x1 }}
model {{ conv({channels}, 1x1, softmax) }}
train {{ loss = categorical_crossentropy  epochs = 5 }}
""",
        )
    )
    assert found.diagnostics == ()
    assert found.experiment and found.experiment.data
    assert found.experiment.data.background == background
    assert found.experiment.data.mask_classes == channels


def meaning_of(loss: str) -> object:
    experiment = compile_source(Source("test.lab", IMAGES.format(
        classes='"a", "b"', units=1, activation="sigmoid", loss=loss))).experiment  # fmt: skip
    assert experiment
    assert experiment.train
    return as_plain(experiment.train.loss)


def test_a_loss_as_plain_data_is_its_word_and_its_arguments() -> None:
    assert meaning_of("mse") == meaning_of("mse()") == ["mse", {}]
    assert meaning_of("focal") == meaning_of("focal(gamma = 2)") == ["focal", {}]
    assert meaning_of("focal(3)") == ["focal", {"gamma": 3.0}]
