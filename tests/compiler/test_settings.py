"""Settings drawn as text: valid ones are read, invalid ones are reported at the value."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labc.compiler.analysis.part_sizes import known_sizes
from labc.compiler.losses import LOSSES
from labc.compiler.metrics import METRICS
from labc.compiler.pipeline import Compiled, compile_source
from labc.compiler.resolved_config import resolve_config
from labc.compiler.schema.arguments import Arguments
from labc.compiler.schema.task_kind import TaskKind
from labc.compiler.sections import Augment, Data, Split, Train
from labc.compiler.sections.data.sources import PHANTOM_CLASSES, PHANTOM_REGIONS, SOURCES
from labc.compiler.sections.train.optimizer import OPTIMIZERS
from labc.compiler.sections.train.schedule import SCHEDULES
from labc.grammar.diagnostics.diagnostic import has_errors
from labc.grammar.source import Source
from labc.runtime.cli.views.config_text import render_config

from ..meaning import meaning

WHOLE = st.integers(1, 500).map(str)
FEW = st.integers(1, 20).map(str)
SHARE = st.integers(1, 50).map(lambda share: f"{share}%")
RATE = st.floats(1e-6, 0.5).map(lambda rate: f"{rate:g}")
FRACTION = st.floats(0.01, 0.99).map(lambda number: f"{number:g}")
TRUTH = st.sampled_from(["true", "false"])


def words(*given: str) -> st.SearchStrategy[str]:
    return st.sampled_from(given)


PHANTOM = st.builds("phantom({}, images = {})".format, words(*PHANTOM_CLASSES, *PHANTOM_REGIONS), WHOLE)
ON_DISK = words('folder("a")', 'files("a/*.png")', 'csv("a.csv", image = "file", root = "a")')
SOURCE = st.one_of(PHANTOM, ON_DISK, words('npz("a.npz")'))
SCHEDULE = st.one_of(
    RATE,
    st.builds("cosine({}, warmup = {})".format, RATE, FEW),
    st.builds("step({}, at = [{}], factor = {})".format, RATE, FEW, FRACTION),
    st.builds("exponential({}, {})".format, RATE, FRACTION),
)
DRAWN: dict[type[Arguments], dict[str, st.SearchStrategy[str]]] = {
    Data: {
        "source": SOURCE,
        "train": SOURCE,
        "validation": SOURCE,
        "test": SOURCE,
        "label": words("folder", "filename", 'column("dx")'),
        "classes": words('["Mel", "Nev"]', '["AFF", "NFF"]', '["left lung", "right lung"]', '["a"]', "[]"),
        "labels": words('["a", "b"]', '["Mel"]', '["x", "y", "z"]'),
        "target": words('column("age")', 'column("age", unit = "months")', "none"),
        "masks": ON_DISK,
        "mask_name": words('"{stem}_mask"', '"{stem}_mask*"', '"mask"', 'filename("^([0-9]+)_")'),
        "mask_values": words("[255]", "[64, 128]", "[]"),
        "image": words("16x16x1", "16x16x3", "1x16x1", "(16, 16, 1)"),
        "resize": words("stretch", "pad", "crop"),
        "orientation": words("exif", "ignore"),
        "max_pixels": WHOLE,
        "window": words("(0, 4095)", "(-1000, 400)", "(0.5, 1.5)", "none"),
        "scale": words("unit", "standard", "sample", "none"),
        "folds": st.integers(2, 9).map(str),
        "duplicates": words("warn", "drop", "refuse"),
        "balance": words("none", "class_weight", "oversample"),
    },
    Split: {
        "train": st.one_of(WHOLE, SHARE),
        "validation": st.one_of(WHOLE, SHARE),
        "test": st.one_of(WHOLE, SHARE, words("none")),
        "stratify": TRUTH,
        "group": words('column("patient")', 'filename("^(p[0-9]+)_")', "folder", "none"),
        "seed": WHOLE,
        "table": words('csv("split.csv")', "none"),
    },
    Augment: {
        "rotation": st.integers(0, 180).map("{}deg".format),
        "shift": st.one_of(SHARE, st.builds("({}, {})".format, SHARE, SHARE)),
        "zoom": SHARE,
        "shear": st.integers(0, 60).map("{}deg".format),
        "flip": words("horizontal", "vertical", "both", "none"),
        "brightness": SHARE,
        "contrast": SHARE,
        "noise": SHARE,
        "gamma": SHARE,
        "blur": SHARE,
        "elastic": SHARE,
        "intensity": words("(2%, 98%)", "(0%, 100%)"),
        "erase": SHARE,
        "mixup": words("0.2", "1", "0", "none"),
        "fill": words("nearest", "reflect", "wrap", "constant"),
    },
    Train: {
        "optimizer": st.one_of(
            st.builds("{}({})".format, words(*(cls.word() for cls in OPTIMIZERS)), SCHEDULE),
            st.builds("sgd({}, momentum = {}, nesterov = {})".format, SCHEDULE, FRACTION, TRUTH),
        ),
        "loss": words(*LOSSES, "focal(1.5)", "tversky(0.3, 0.7)"),
        "metrics": st.lists(words(*METRICS), unique=True).map(lambda names: f"[{', '.join(names)}]"),
        "batch": WHOLE,
        "epochs": WHOLE,
        "seed": WHOLE,
        "monitor": words("min(val_loss)", "max(val_accuracy)", "min(val_auc)"),
        "early_stop": words("patience(10)", "none"),
        "reduce_lr": words("plateau", "plateau(factor = 0.5, patience = 3)", "none"),
        "clip": words("1", "0.5", "none"),
        "precision": words("float32", "mixed"),
        "deterministic": TRUTH,
    },
}
GROUPS: dict[str, type[Arguments]] = {"split": Split, "augment": Augment}
MODELS = words(
    "model { flatten -> dense(1, sigmoid) }",
    "model { flatten -> dense(2, softmax) }",
    "model { flatten -> classifier }",
    "model { conv(1, 1x1, sigmoid) }",
    "model { conv(classes + 1, 1x1, softmax) }",
)


@st.composite
def sections(draw: st.DrawFn, cls: type[Arguments], always: tuple[str, ...] = ()) -> str:
    """The settings of a section between braces, those of `always` among them."""
    drawn = DRAWN[cls]
    chosen = draw(st.sets(st.sampled_from(sorted(drawn)), max_size=4)) | set(always)
    lines = [f"  {name} = {draw(drawn[name])}" for name in drawn if name in chosen]
    if cls is Data:
        groups = draw(st.sets(st.sampled_from(sorted(GROUPS))))
        lines += [f"  {name} {draw(sections(GROUPS[name]))}" for name in sorted(groups)]
    return "{\n" + "\n".join(lines) + "\n}"


@st.composite
def programs(draw: st.DrawFn) -> str:
    data = draw(sections(Data, ("source", "classes", "image")))
    return f"data {data}\n{draw(MODELS)}\ntrain {draw(sections(Train, ('loss', 'epochs')))}\n"


@st.composite
def sound_programs(draw: st.DrawFn) -> str:
    """Settings that suit each other: each section has some of those that no other setting bars."""
    task = draw(st.sampled_from(TaskKind))
    with_masks = task is TaskKind.SEGMENTATION
    free: tuple[str, ...] = ("resize", "orientation", "window", "scale", "duplicates")
    if with_masks:
        source = draw(words("source = phantom(chest, images = 90)", 'source = folder("a")\nmasks = files("b/*.png")'))
        losses = words("dice", "bce_dice", "jaccard", "tversky", "focal(1)", "mse")
        model = "model { conv(1, 1x1, sigmoid) }"
    elif task is TaskKind.MULTI_LABEL:
        source = draw(words('source = npz("a.npz")', 'source = csv("a.csv", image = "file")\nlabel = column("f")'))
        source += draw(words('["a", "b"]', '["a"]', '["x", "y", "z"]').map("\nlabels = {}".format))
        losses, model = words("binary_crossentropy", "focal(1)", "mse", "mae"), "model { flatten -> classifier }"
    elif task is TaskKind.REGRESSION:
        source = 'source = csv("a.csv", image = "file")\n'
        source += draw(words('target = column("age", unit = "years")', 'target = column("age")'))
        losses, model = words("mse", "mae", "huber", "huber(2.5)"), "model { flatten -> classifier }"
    else:
        source = draw(words("source = phantom(skin, images = 90)", 'source = csv("a.csv", image = "file")'))
        source += '\nclasses = ["Nev", "Mel"]' + ('\nlabel = column("dx")' if "csv" in source else "")
        free, losses = (*free, "balance"), words("binary_crossentropy", "focal", "mae")
        model = "model { flatten -> dense(1, sigmoid) }"
    data = draw(some(Data, free))
    folded = "npz" not in source
    split = draw(some(Split, ("stratify", "seed"))) + draw(words("", "test = 10%\n", "test = 7\n"))
    split += draw(words("", *(["group = folder\n"] if not with_masks else [])))
    split = f"{draw(some(Data, ('folds',)))}split {{\n{split}}}\n" if folded else ""
    if folded and draw(st.integers(0, 3)) == 0:
        split = draw(words('split = csv("split.csv")\n', 'split { table = csv("split.csv") }\n'))
    augment = draw(some(Augment, tuple(name for name in DRAWN[Augment] if name != "mixup" or not with_masks)))
    train = draw(some(Train, ("optimizer", "batch", "seed", "early_stop", "clip", "precision", "deterministic")))
    image = draw(words("16x16x1", "16x16x3"))
    groups = f"{split}augment {{\n{augment}}}\n"
    loss = f"loss = {draw(losses)}\nepochs = 600\n"
    return f"data {{\n{source}\nimage = {image}\n{data}{groups}}}\n{model}\ntrain {{\n{train}{loss}}}\n"


@st.composite
def some(draw: st.DrawFn, cls: type[Arguments], names: tuple[str, ...]) -> str:
    """Some of these settings, a line each."""
    chosen = draw(st.sets(st.sampled_from(names)))
    return "".join(f"{name} = {draw(DRAWN[cls][name])}\n" for name in names if name in chosen)


def compiled(text: str) -> Compiled:
    return compile_source(Source("settings.lab", text))


@pytest.mark.parametrize("cls", DRAWN, ids=lambda cls: cls.__name__)
def test_every_setting_is_drawn(cls: type[Arguments]) -> None:
    assert set(DRAWN[cls]) | {"split", "augment"} & set(cls.model_fields) == set(cls.model_fields)
    text = " ".join(map(str, DRAWN[Data].values()))
    assert all(source.word() in text for source in SOURCES)
    assert all(schedule.word() in str(SCHEDULE) for schedule in SCHEDULES)


@given(programs())
def test_settings_that_fit_alone_are_refused_only_together(text: str) -> None:
    result = compiled(text)
    assert (result.experiment is None) == has_errors(result.diagnostics)
    for diagnostic in result.diagnostics:
        together = diagnostic.code.startswith(("E03", "E04", "W04")) or "class" in diagnostic.message
        assert together, diagnostic


@given(sound_programs())
def test_what_is_shown_is_an_experiment_of_the_same_meaning(text: str) -> None:
    result = compiled(text)
    assert result.experiment, result.diagnostics
    model = text[text.index("model") : text.index("\ntrain") + 1]
    again = compiled(render_config(resolve_config(result.experiment)) + model)
    assert again.experiment, again.diagnostics
    assert meaning(again.experiment) == meaning(result.experiment)
    formatted = compiled(result.experiment.text).experiment
    assert formatted
    assert meaning(formatted) == meaning(result.experiment)


ODD = [
    '"text"',
    "nonsense",
    "-1",
    "0",
    "1.5",
    "10deg",
    "10%",
    "200%",
    "[[]]",
    "(1, 2)",
    "none",
    "true",
    "relu(2)",
    "[]",
]
# The odd values that a setting does take, by section and setting.
ACCEPTED = {
    Data: dict.fromkeys(
        ["source", "train", "validation", "test", "target", "masks", "mask_name", "scale", "folds", "balance"], "none"
    )
    | {"labels": "[]", "mask_values": "[]", "window": "none | (1, 2)"},
    Split: dict.fromkeys(("train", "validation"), "none | 10%")
    | {"test": "none | 0 | 10%", "group": "none", "table": "none", "stratify": "true", "seed": "0"},
    Augment: dict.fromkeys(("shift", "zoom", "brightness", "contrast", "noise"), "none | 10%")
    | dict.fromkeys(("gamma", "blur", "elastic", "erase"), "none | 10%")
    | {"mixup": "none | 1.5"}
    | dict.fromkeys(("rotation", "shear"), "none | 10deg")
    | dict.fromkeys(("intensity", "flip"), "none"),
    Train: dict.fromkeys(("early_stop", "reduce_lr"), "none")
    | {"deterministic": "true", "seed": "0", "metrics": "[]", "clip": "none | 1.5 | 10% | 200%"},
}
SECTIONS = [(cls, name) for cls in DRAWN for name in DRAWN[cls]]


@pytest.mark.parametrize(("cls", "name"), SECTIONS, ids=lambda part: part if isinstance(part, str) else part.__name__)
@pytest.mark.parametrize("value", ODD)
def test_an_odd_value_is_refused_at_its_place(cls: type[Arguments], name: str, value: str) -> None:
    data = {"source": 'folder("a")', "classes": '["a", "b"]', "image": "16x16x1"}
    train = {"loss": "binary_crossentropy", "epochs": "50"}
    split: dict[str, str] = {}
    augment = {"flip": "both"}
    {Data: data, Split: split, Augment: augment, Train: train}[cls][name] = f" {value} "
    groups = "".join(f"{word} {{ {lines(group)} }}\n" for word, group in (("split", split), ("augment", augment)))
    text = f"data {{ {lines(data)}{groups} }}\nmodel {{ flatten -> dense(1, sigmoid) }}\ntrain {{ {lines(train)} }}"
    start = text.index(f"{name} =  {value} ") + len(f"{name} =  ")
    found = compiled(text).diagnostics
    assert bool(found) != (value in ACCEPTED[cls].get(name, "").split(" | "))
    for diagnostic in found:
        if diagnostic.code.startswith("E02"):
            assert start <= diagnostic.span.start <= diagnostic.span.end <= start + len(value), diagnostic


def lines(given: dict[str, str]) -> str:
    return "".join(f"{name} = {value}\n" for name, value in given.items())


@given(st.integers(2, 300), st.integers(2, 12), st.integers(0, 100))
def test_folds_divide_what_the_test_images_leave(images: int, folds: int, test: int) -> None:
    data = lines({"source": f"phantom(skin, images = {images})", "classes": '["Mel", "Nev"]', "image": "8x8x1"})
    split = f"folds = {folds}\nsplit {{ stratify = false  test = {test} }}"
    training = "train { loss = binary_crossentropy  epochs = 5  batch = 1 }"
    result = compiled(f"data {{ {data}{split} }}\nmodel {{ flatten -> dense(1, sigmoid) }}\n{training}")
    parts = [len(part) for part in np.array_split(np.arange(max(0, images - test)), folds)]
    assert bool(result.experiment) == (min(parts) > 0)
    if result.experiment and result.experiment.data:
        sizes = known_sizes(result.experiment.data)
        assert sizes == {"train": sum(parts) - max(parts), "validation": min(parts), "test": test}


def test_a_part_of_its_own_brings_its_masks_too() -> None:
    parts = lines({part: f"phantom(chest, images = {images})" for part, images in (("train", 80), ("test", 20))})
    training = "train { loss = dice  epochs = 5  batch = 8 }"
    result = compiled(f"data {{ {parts}image = 16x16x1 }}\nmodel {{ conv(classes, 1x1, sigmoid) }}\n{training}")
    assert result.diagnostics == ()
    assert result.experiment
    assert result.experiment.data
    assert result.experiment.data.class_names == ("lung",)
