"""`sweep`, `variants`, `search`, `expect`, and what the plan says of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labc.compiler.experiment import Experiment
from labc.compiler.pipeline import compile_source
from labc.compiler.plan import PlanSearch, make_plan
from labc.compiler.study import Study
from labc.grammar.source import Source

from ..meaning import meaning

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


def compiled(more: str, base: int = 8, folds: str = "none") -> Study:
    text = BASE.replace("base = 8", f"base = {base}").replace("  image ", f"  folds   = {folds}\n  image ")
    found = compile_source(Source("test.lab", text + more))
    assert found.study, [diagnostic.message for diagnostic in found.diagnostics]
    assert found.diagnostics == ()
    return found.study


def test_a_file_without_comparison_is_one_training() -> None:
    study = compiled("")
    assert (study.trainings, study.place, list(study)) == (1, None, [study.base])


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 5), st.integers(0, 3))
@settings(deadline=None)
def test_trainings_are_variants_times_grid_times_repeats(bases: int, rates: int, repeats: int, variants: int) -> None:
    grid = f"base = {list(range(1, bases + 1))}\nrate = {[i / 10 for i in range(rates)]}\nrepeats = {repeats}"
    entries = "\n".join(f'"v{i}" {{ batch = {i + 1} }}' for i in range(variants))
    more = f"sweep {{\n{grid}\n}}\n" + (f"variants {{\n{entries}\n}}\n" if variants else "")
    study = compiled(more)
    assert study.trainings == bases * rates * repeats * max(1, variants)
    labels = [training.label for training in make_plan(study).trainings]
    assert len(set(labels)) == len(labels) == bases * rates * max(1, variants)


def test_each_point_has_the_size_of_the_experiment_that_it_is() -> None:
    trainings = make_plan(compiled("sweep { base = [8, 16, 31] }\n")).trainings
    sizes = [compiled("", base=base).base.graph.parameters for base in (8, 16, 31)]
    assert [training.parameters for training in trainings] == sizes
    assert len(set(sizes)) == 3


def test_cross_validation_multiplies_the_trainings() -> None:
    study = compiled("sweep { base = [8, 16]  repeats = 2 }\n", folds="5")
    assert study.trainings == 2 * 2 * 5


def test_a_search_is_as_many_trainings_as_trials() -> None:
    ranges = "base = choice(8, 16)\n  rate = log_range(1e-3, 1e-1)"
    more = f"search {{\n  trials = 40\n  goal = max(val_accuracy)\n  {ranges}\n}}\n"
    study = compiled(more)
    assert study.trainings == 40
    assert make_plan(study).search == PlanSearch(trials=40, goal="max(val_accuracy)")


@pytest.mark.parametrize(
    "claim", ["params == 17_665", "trainable == params and frozen == 0", "params < 1000 * base * 3"]
)
def test_claims_about_the_model_are_decided_by_checking(claim: str) -> None:
    (read,) = compiled(f"expect {{ {claim} }}\n").base.claims
    assert read.figures == ()


def test_claims_about_results_wait_for_them() -> None:
    (read,) = compiled('expect { "it learns": val_accuracy > 0.8 and params < 20_000 }\n').base.claims
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
    assert found.study
    assert make_plan(found.study).multiply_adds == pytest.approx(published, rel=0.005)


def sweep(values: str, name: str = "rate", more: str = "") -> list[tuple[str, object]]:
    """The experiments of a sweep: their labels, and the value in the text of each, compiled alone."""
    study = compiled(f"{more}sweep {{ {name} = {values} }}\n")
    return [(experiment.label, compiled_alone(experiment).lets[name]) for experiment in study]


def compiled_alone(experiment: Experiment) -> Experiment:
    """The experiment of a point from its own text, which comes to the same."""
    found = compile_source(Source("point.lab", experiment.text))
    assert found.study, [diagnostic.message for diagnostic in found.diagnostics]
    assert meaning(found.study.experiment) == meaning(experiment)
    return found.study.experiment


@given(st.lists(st.integers(1, 99), min_size=1, max_size=6, unique=True), st.data())
@settings(deadline=None)
def test_however_a_list_is_written_its_points_are_the_same(hundredths: list[int], data: st.DataObject) -> None:
    values = [one / 100 for one in hundredths]
    cut = data.draw(st.integers(1, len(values)))
    texts = [str(values), f"{values[:cut]} + {values[cut:]}", f"reversed({values[::-1]})", f"({values})"]
    expected = [(f"rate = {value}", value) for value in values]
    for text in texts:
        assert sweep(text) == expected
    assert sweep("rates", more=f"let rates = {values}\n") == expected


@pytest.mark.parametrize(
    ("name", "values", "labels"),
    [
        ("rate", "geomspace(1e-1, 1e-3, 3)", ["0.1", "0.01", "0.001"]),
        ("rate", "[1e-1, 10e-3]", ["1e-1", "10e-3"]),
        ("base", "range(1, 4)", ["1", "2", "3"]),
        ("base", "[8] + [2 * 8]", ["8", "16"]),
    ],
)
def test_a_computed_value_is_called_by_what_it_is_and_a_written_one_as_it_is_written(
    name: str, values: str, labels: list[str]
) -> None:
    assert [label for label, _ in sweep(values, name)] == [f"{name} = {label}" for label in labels]


def test_words_and_calls_may_be_listed_in_a_let() -> None:
    text = BASE.replace("let rate", "let opt = adam\nlet opts = [sgd, adam(1e-3), rmsprop(1e-3)]\nlet rate")
    text = text.replace("  epochs", "  optimizer = opt\n  epochs")
    found = compile_source(Source("test.lab", text + "sweep { opt = opts }\n"))
    assert found.study, [diagnostic.message for diagnostic in found.diagnostics]
    labels = [experiment.label for experiment in found.study]
    assert labels == ["opt = sgd", "opt = adam(1e-3)", "opt = rmsprop(1e-3)"]


def test_a_long_list_is_refused_before_its_grid_is_made() -> None:
    found = compile_source(
        Source("test.lab", BASE + "sweep { base = range(1, 9_000)  rate = linspace(0, 0.5, 9_000) }")
    )
    assert [diagnostic.code.value for diagnostic in found.diagnostics] == ["E0212"]


@given(st.lists(st.integers(1, 64), min_size=1, max_size=5, unique=True))
@settings(deadline=None)
def test_what_a_search_may_draw_is_no_training(bases: list[int]) -> None:
    more = f"search {{\ntrials = 7\ngoal = max(val_accuracy)\nbase = choice({', '.join(map(str, bases))})\n}}\n"
    study = compiled(more)
    assert study.search
    assert len(study.search.candidates) == len(bases)
    assert study.trainings == 7
    assert list(study) == [study.base]
    assert len(make_plan(study).trainings) == 1


def test_a_search_is_refused_as_a_sweep_of_its_values_is() -> None:
    def told(more: str) -> set[tuple[str, str]]:
        found = compile_source(Source("test.lab", BASE + more)).diagnostics
        return {(diagnostic.code.value, diagnostic.span.text) for diagnostic in found}

    goal = "trials = 7\ngoal = max(val_accuracy)\n"
    for values in ("8, 0", "8, relu", "8, 1.5", '8, "a"', "8, none", "8, base"):
        wrong = told(f"search {{\n{goal}base = choice({values})\n}}\n")
        assert wrong
        assert wrong == told(f"sweep {{ base = [{values}] }}\n")


def test_a_let_that_others_use_may_be_swept_in_place_of_another() -> None:
    more = "let first = second\nlet second = 8\nsweep { first = [1, 2] }\n"
    text = BASE.replace("lenet(base", "lenet(first + second + base")
    found = compile_source(Source("test.lab", text + more))
    assert found.diagnostics == ()


@given(st.sets(st.integers(1, 40), min_size=2, max_size=4), st.integers(2_000, 400_000))
@settings(deadline=None)
def test_a_claim_about_the_model_holds_at_every_point_or_is_refused(bases: set[int], bound: int) -> None:
    listed = sorted(bases)
    sizes = [compiled("", base=base).base.graph.parameters for base in listed]
    source = Source("test.lab", BASE + f"sweep {{ base = {listed} }}\nexpect {{ params < {bound} or base == 8 }}\n")
    codes = [diagnostic.code.value for diagnostic in compile_source(source).diagnostics]
    fails = any(size >= bound and base != 8 for base, size in zip(listed, sizes, strict=True))
    assert codes == (["E0406"] if fails else [])


@given(st.sampled_from(["<", "<=", ">", ">="]), st.floats(-2, 2, allow_nan=False), st.sampled_from(["", "val_"]))
@settings(deadline=None)
def test_a_claim_about_a_share_is_refused_only_where_no_share_makes_it_true(sign: str, bound: float, of: str) -> None:
    found = compile_source(Source("test.lab", BASE + f"expect {{ {of}accuracy {sign} {bound!r} }}\n"))
    nearest = (0.0, 1.0)  # where a comparison with a bound holds at all, it does at an end
    possible = any({"<": a < bound, "<=": a <= bound, ">": a > bound, ">=": a >= bound}[sign] for a in nearest)
    assert [diagnostic.code.value for diagnostic in found.diagnostics] == ([] if possible else ["E0406"])


@pytest.mark.parametrize(
    "claim",
    [
        "val_accuracy == 0.97531",
        "0.97531 < val_accuracy < 0.97532",
        "1 / (accuracy - val_accuracy) > 3 or accuracy == val_accuracy",
        "val_loss > 0 and 1 / val_loss > 50",
        "val_loss > 50",
        "val_accuracy > wanted",
        "val_accuracy * 100 > wanted * 90",
    ],
)
def test_a_claim_that_may_come_true_is_not_refused(claim: str) -> None:
    (read,) = compiled(f"let wanted = 95%\nexpect {{ {claim} or wanted < 0 }}\n").base.claims
    assert read.figures


@pytest.mark.parametrize(
    "claim",
    [
        "accuracy - val_accuracy > 50",
        "accuracy + val_accuracy > 2",
        "val_accuracy > 0.7 and val_accuracy < 0.3",
        "val_accuracy * 100 > 101 or accuracy < 0",
        "not (accuracy <= 1) and val_loss > 3",
        "params > 0 and val_accuracy > wanted * 2",
    ],
)
def test_a_claim_that_no_figures_make_true_is_refused(claim: str) -> None:
    found = compile_source(Source("test.lab", BASE + f"let wanted = 95%\nexpect {{ {claim} or wanted < 0 }}\n"))
    assert [diagnostic.code.value for diagnostic in found.diagnostics] == ["E0406"]


@pytest.mark.parametrize(
    "images",
    [
        'source = folder("skin")\n  split { test = 20% }',
        'train = folder("skin/a")\n  test = folder("skin/b")',
    ],
)
def test_figures_of_test_images_are_there_where_these_are(images: str) -> None:
    text = BASE.replace("source  = phantom(skin, images = 100)", images)
    found = compile_source(Source("test.lab", text + "expect { test_accuracy > 0.8 }\n"))
    assert found.experiment, [diagnostic.message for diagnostic in found.diagnostics]
    assert found.experiment.claims[0].figures == ("test_accuracy",)
