"""The fingerprint: what changes it, and what does not."""

from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import labc
from labc.compiler.expressions.values import Word
from labc.compiler.layers import ALL, MERGES
from labc.compiler.losses.regression import Mse
from labc.compiler.schema.arguments import Arguments
from labc.compiler.schema.choice import choice_of, group_of
from labc.compiler.sections import Data, Train
from labc.compiler.sections.train.optimizer import OPTIMIZERS
from labc.runtime.runs import fingerprint as module
from labc.runtime.runs.changed_settings import as_plain, changed_settings
from labc.runtime.runs.fingerprint import fingerprint

from .tiny import fingerprint_of, selection_of, write_images, write_tiny

# Of `data`: the content of the images and their parts count, wherever they are.
NOT_COUNTED = {"source", "train", "validation", "test", "duplicates", "masks", "mask_name", "target", "folds"}


def reachable(cls: type[Arguments]) -> Iterator[type[Arguments]]:
    """A class, and all classes whose instances can be values of its fields."""
    yield cls
    for field in cls.model_fields.values():
        group, choice = group_of(field), choice_of(field)
        for inner in [*([group] if group else []), *(choice.made.values() if choice else [])]:
            yield from reachable(inner)


ROOTS: tuple[type[Arguments], ...] = (*ALL, *MERGES.values(), Data, Train)
CLASSES = list(dict.fromkeys(one for root in ROOTS for one in reachable(root)))
REQUIRED: dict[str, Any] = {
    "amount": 1, "at": [1], "epochs": 3, "factor": 0.5, "figure": Word("loss"), "filters": 4, "function": Word("relu"),
    "groups": 2, "images": 40, "kind": Word("skin"), "layer": "block5_conv1", "loss": Mse(), "lr": 0.01,
    "path": "images", "pattern": "(.*)", "rate": 0.5, "scale": 0.5, "shape": (4,), "stddev": 0.5, "units": 4,
    "Backbone.name": Word("vgg16"), "Column.name": "dx", "Csv.image": "file", "Data.image": (16, 16, 1),
    "TargetColumn.name": "age",
}  # fmt: skip


def required(cls: type[Arguments]) -> dict[str, Any]:
    names = [name for name, field in cls.model_fields.items() if field.is_required()]
    return {name: REQUIRED.get(f"{cls.__name__}.{name}", REQUIRED.get(name)) for name in names}


def another(value: Any) -> Any:
    """A value that differs from this one."""
    match value:
        case None:
            return 7
        case bool():
            return not value
        case int():
            return value + 1
        case float():
            return value + 0.0625
        case str():
            return value + "_"
        case list() | tuple():
            return type(value)([*value, 7])
        case Arguments():
            return "another"
    assert is_dataclass(value)
    assert not isinstance(value, type)
    return replace(value, **{name: another(getattr(value, name)) for name in value.__dataclass_fields__})


def write_out(name: str, cls: type[Arguments]) -> Any:
    """A default as evaluating its source text would give it."""
    field = cls.model_fields[name]
    default = field.get_default(call_default_factory=True)
    if choice_of(field) and isinstance(default, str):
        return None if default == "none" else Word(default)
    if isinstance(default, list):
        return [Word(item) if isinstance(item, str) else item for item in default]
    return default


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_default_makes_no_difference_when_it_is_written_out(cls: type[Arguments]) -> None:
    optional = [name for name, field in cls.model_fields.items() if not field.is_required()]
    defaults = {name: write_out(name, cls) for name in optional}
    written = cls(**required(cls), **{name: value for name, value in defaults.items() if value is not None})
    assert changed_settings(written) == changed_settings(cls(**required(cls)))
    assert set(changed_settings(written)) == set(required(cls))


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_argument_makes_a_difference(cls: type[Arguments]) -> None:
    plain = cls(**required(cls))
    changed = [plain.model_copy(update={name: another(getattr(plain, name))}) for name in cls.model_fields]
    described = [as_plain(one) for one in (plain, *changed)]
    assert all(described.count(one) == 1 for one in described)


@pytest.mark.parametrize("section", ["data", "train"])
def test_every_setting_counts_but_those_that_must_not(tmp_path: Path, section: str) -> None:
    experiment = labc.load(write_tiny(tmp_path)).experiment
    settings = getattr(experiment, section)
    plain = fingerprint_of(experiment, images="any")

    def changed(name: str) -> str:
        update = {name: another(getattr(settings, name))}
        return fingerprint_of(replace(experiment, **{section: settings.model_copy(update=update)}), images="any")

    unchanged = {name for name in type(settings).model_fields if changed(name) == plain}
    assert unchanged == (NOT_COUNTED if section == "data" else set())


def test_every_part_of_a_layer_counts(tmp_path: Path) -> None:
    experiment = labc.load(write_tiny(tmp_path)).experiment
    graph = experiment.graph
    conv = graph.nodes[0]

    def of(**changes: Any) -> str:
        nodes = (replace(conv, **changes), *graph.nodes[1:])
        return fingerprint_of(replace(experiment, graph=replace(graph, nodes=nodes)), images="any")

    plain = of()
    layers = [conv.layer.model_copy(update={"filters": 5}), graph.nodes[1].layer]
    changed = [*(of(layer=layer) for layer in layers), of(inputs=(-1, -1)), of(frozen=True)]
    assert len({plain, *changed}) == 5
    assert of(name="another", span=graph.nodes[1].span) == plain


def test_optimizers_with_equal_arguments_differ(tmp_path: Path) -> None:
    experiment = labc.load(write_tiny(tmp_path)).experiment
    assert experiment.train
    trains = [experiment.train.model_copy(update={"optimizer": optimizer()}) for optimizer in OPTIMIZERS]
    assert len({fingerprint_of(replace(experiment, train=train), images="any") for train in trains}) == len(OPTIMIZERS)


def test_what_is_no_setting_counts_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    experiment = labc.load(write_tiny(tmp_path)).experiment
    graph, data, train = experiment.graph, experiment.data, experiment.train
    assert data
    assert train
    given: dict[str, Any] = {
        "images": "a",
        "backend": "jax",
        "versions": {"keras": "3.0", "jax": "0.4"},
        "quick": False,
    }
    others: list[dict[str, Any]] = [
        {"images": "b"}, {"backend": "torch"}, {"versions": {"keras": "3.1", "jax": "0.4"}}, {"quick": True},
    ]  # fmt: skip
    prints = [fingerprint(graph, data, train, **(given | change)) for change in [{}, *others]]
    monkeypatch.setattr(module, "TRAINING_VERSION", module.TRAINING_VERSION + 1)
    prints.append(fingerprint(graph, data, train, **given))
    assert len(set(prints)) == len(prints) == 6
    assert all(len(one) == 12 and int(one, 16) >= 0 for one in prints)


SAME = {
    "the title": {'"Tiny"': '"Other"'},
    "a computed value": {"let units = 4": "let units = 2 + 2"},
    "a comment and layout": {"seed      = 7": "# why\n  seed = 7"},
    "another spelling of a number": {"1e-2": "0.01"},
    "the name of a let": {"units": "width"},
    "no let": {"let rate  = 1e-2\n": "", "adam(rate)": "adam(0.01)"},
    "a default": {"adam(rate)": "adam(rate, beta_1 = 0.9)", "image   = 16x16x1": "image = 16x16x1\n  scale = unit"},
    "a default of a layer": {"3x3)": "3x3, stride = 1, padding = same, bias = true)"},
    "a default of a group": {"test       = 8": "test = 8\n  stratify = true\n  seed = 0"},
    "a block": {"model {\n  conv(units, 3x3)": "block start { conv(units, 3x3) }\nmodel {\n  start"},
    "a loop": {"  flatten\n": "  for i in range(1) { flatten }\n"},
    "a claim": {"model {": "expect { params < 1000 }\nmodel {"},
}  # fmt: skip
DIFFERENT = {
    "a let": {"1e-2": "2e-2"},
    "the seed": {"seed      = 7": "seed = 8"},
    "another layer": {"relu": "elu"},
    "the size of a layer": {"units = 4": "units = 5"},
    "one layer more": {"flatten": "flatten -> dropout(0.1)"},
    "a frozen layer": {"conv(units, 3x3) ->": "frozen { conv(units, 3x3) } ->"},
    "more images": {"images = 40": "images = 42"},
    "the size of a part": {"train      = 24": "train = 20"},
    "the seed of the split": {"test       = 8": "test = 8\n  seed = 1"},
    "the scaling": {"image   = 16x16x1": "image = 16x16x1\n  scale = standard"},
    "the order of the classes": {'["Mel", "Nev"]': '["Nev", "Mel"]'},
    "more epochs": {"epochs    = 3": "epochs = 4"},
    "another loss": {"binary_crossentropy": "mse"},
    "another figure": {"auc, ": ""},
    "the monitored figure": {"seed      = 7": "seed = 7\n  monitor = min(loss)"},
}


@pytest.mark.parametrize("change", SAME)
def test_what_does_not_change_the_fingerprint(tmp_path: Path, change: str) -> None:
    plain = fingerprint_of(labc.load(write_tiny(tmp_path)).experiment)
    assert fingerprint_of(labc.load(write_tiny(tmp_path, SAME[change])).experiment) == plain


def test_what_changes_the_fingerprint(tmp_path: Path) -> None:
    texts: list[dict[str, str]] = [{}, *DIFFERENT.values()]
    prints = [fingerprint_of(labc.load(write_tiny(tmp_path, text)).experiment) for text in texts]
    prints.append(fingerprint_of(labc.load(write_tiny(tmp_path)).experiment, quick=True))
    assert len(set(prints)) == len(prints)


def test_images_count_by_content_class_and_part_but_not_by_folder(tmp_path: Path) -> None:
    names = [f"{index:02}_{label}.png" for index in range(20) for label in ("Mel", "Nev")]
    folders = {"phantom(skin, images = 40)": 'folder("images")', "test       = 8": "test = 8\n  stratify = false"}
    moved = {"phantom(skin, images = 40)": 'folder("other/images")', "test       = 8": "test = 8\n  stratify = false"}
    write_images(tmp_path / "images", names)
    write_images(tmp_path / "other" / "images", names)

    def keys(text: dict[str, str]) -> tuple[str, str, str]:
        experiment = labc.load(write_tiny(tmp_path, text)).experiment
        selection = selection_of(experiment)
        return fingerprint_of(experiment), selection.images_key, selection.cache_key

    plain = keys(folders)
    assert keys(moved) == plain
    copy = tmp_path / "runs" / "tiny" / "experiment.lab"  # as a run writes it
    copy.parent.mkdir(parents=True)
    copy.write_text(labc.load(write_tiny(tmp_path, folders)).experiment.text_in(copy.parent), encoding="utf-8")
    assert fingerprint_of(labc.load(copy).experiment) == plain[0]
    first = tmp_path / "images" / "00_Mel.png"
    renamed = first.rename(first.with_name("00_A_Nev.png"))  # the order stays, the class does not
    assert [one != other for one, other in zip(keys(folders), plain, strict=True)] == [True, True, False]
    renamed.rename(first)
    assert keys(folders) == plain
    parts = folders | {"train      = 24": "train = 23", "validation = 8": "validation = 9"}
    assert [one != other for one, other in zip(keys(parts), plain, strict=True)] == [True, True, False]
    first.write_bytes((tmp_path / "images" / "01_Mel.png").read_bytes())
    assert [one != other for one, other in zip(keys(folders), plain, strict=True)] == [True, True, True]
