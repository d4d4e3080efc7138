"""`sweep`, `variants`, `search`, `expect`, and what the plan says of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labc.compiler.experiment import Experiment
from labc.compiler.pipeline import compile_source
from labc.compiler.plan import plan
from labc.grammar.source import Source

BASE = """\
let base = 8
let rate = 0.2
data {
  source  = phantom(skin, images = 100)
  label   = filename
  classes = ["Mel", "Nev"]
  image   = 32x32x1
}
model {
  lenet(base, dropout = rate)
  classifier
}
train {
  loss   = binary_crossentropy
  epochs = 5
  batch  = 4
}
"""


def compiled(more: str, base: int = 8, folds: str = "none") -> Experiment:
    text = BASE.replace("base = 8", f"base = {base}").replace("  image ", f"  folds   = {folds}\n  image ")
    found = compile_source(Source("test.lab", text + more))
    assert found.experiment, [diagnostic.message for diagnostic in found.diagnostics]
    assert found.diagnostics == ()
    return found.experiment


def test_a_file_without_comparison_is_one_training() -> None:
    comparison = compiled("").comparison
    assert (comparison.trainings, comparison.place) == (1, None)


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 5), st.integers(0, 3))
def test_trainings_are_variants_times_grid_times_repeats(bases: int, rates: int, repeats: int, variants: int) -> None:
    grid = f"base = {list(range(1, bases + 1))}\nrate = {[i / 10 for i in range(rates)]}\nrepeats = {repeats}"
    entries = "\n".join(f'"v{i}" {{ batch = {i + 1} }}' for i in range(variants))
    more = f"sweep {{\n{grid}\n}}\n" + (f"variants {{\n{entries}\n}}\n" if variants else "")
    experiment = compiled(more)
    assert experiment.comparison.trainings == bases * rates * repeats * max(1, variants)
    labels = [training["label"] for training in plan(experiment)["trainings"]]
    assert len(set(labels)) == len(labels) == bases * rates * max(1, variants)


def test_each_point_has_the_size_of_the_experiment_that_it_is() -> None:
    trainings = plan(compiled("sweep { base = [8, 16, 31] }\n"))["trainings"]
    sizes = [compiled("", base=base).graph.parameters for base in (8, 16, 31)]
    assert [training["parameters"] for training in trainings] == sizes
    assert len(set(sizes)) == 3


def test_cross_validation_multiplies_the_trainings() -> None:
    experiment = compiled("sweep { base = [8, 16]  repeats = 2 }\n", folds="5")
    assert experiment.trainings == 2 * 2 * 5


def test_a_search_is_as_many_trainings_as_trials() -> None:
    ranges = "base = choice(8, 16)\n  rate = log_range(1e-3, 1e-1)"
    more = f"search {{\n  trials = 40\n  goal = max(val_accuracy)\n  {ranges}\n}}\n"
    assert compiled(more).comparison.trainings == 40


@pytest.mark.parametrize(
    "claim", ["params == 17_665", "trainable == params and frozen == 0", "params < 1000 * base * 3"]
)
def test_claims_about_the_model_are_decided_by_checking(claim: str) -> None:
    (read,) = compiled(f"expect {{ {claim} }}\n").claims
    assert read.figures == ()


def test_claims_about_results_wait_for_them() -> None:
    (read,) = compiled('expect { "it learns": val_accuracy > 0.8 and params < 20_000 }\n').claims
    assert (read.label, read.figures) == ("it learns", ("val_accuracy",))
    counts = {"params": 17_665, "trainable": 17_665, "frozen": 0}
    assert read.holds({**counts, "val_accuracy": 0.9})
    assert not read.holds({**counts, "val_accuracy": 0.7})


@pytest.mark.parametrize(
    ("image", "steps", "published"),
    [
        # torchvision's table of models, GFLOPS: a multiplication and its addition counted as one.
        ("224x224x3", "resnet18 -> dense(1000, softmax)", 1.81e9),
        ("224x224x3", "vgg16(64, units = [4096, 4096]) -> dense(1000, softmax)", 15.47e9),
    ],
)
def test_multiply_adds_are_the_published_ones(image: str, steps: str, published: float) -> None:
    found = compile_source(Source("test.lab", f"model {{\ninput({image})\n{steps}\n}}\n"))
    assert found.experiment
    assert plan(found.experiment)["multiply_adds"] == pytest.approx(published, rel=0.005)
