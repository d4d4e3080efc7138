"""`labc show`: every value and its origin, in the language itself."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from labc.compiler.experiment import Experiment
from labc.compiler.pipeline import compile_file, compile_source
from labc.compiler.resolved_config import Setting, resolve_config
from labc.grammar import syntax as s
from labc.grammar.formatting.file import format_file
from labc.grammar.source import Source
from labc.runtime.cli.views.config_text import render_config

from ..golden import check_golden
from ..meaning import meaning
from ..programs import EXAMPLES

ALEXNET = next(path for path in EXAMPLES if path.stem == "alexnet_bn")


def load(path: Path, **overrides: str) -> Experiment:
    experiment = compile_file(path, overrides).experiment
    assert experiment
    return experiment


def flat(settings: tuple[Setting, ...], prefix: str = "") -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for one in settings:
        found |= {prefix + one.name: one} | flat(one.inner, f"{prefix}{one.name}.")
    return found


def test_every_value_and_its_origin() -> None:
    config = resolve_config(load(ALEXNET, batchnorm="false"))
    shown = {word: flat(settings) for word, settings in config.sections.items()}
    assert list(shown) == ["let", "data", "train"]
    of = {
        (word, name): (one.text, one.origin.kind, one.origin.line)
        for word, settings in shown.items()
        for name, one in settings.items()
    }
    lines = ALEXNET.read_text(encoding="utf-8").splitlines()
    assert of["let", "base"] == ("8", "file", 1 + lines.index("let base      = 8"))
    assert of["let", "batchnorm"] == ("false", "override", None)
    assert of["data", "classes"] == ('["Mel", "Nev"]', "file", 1 + lines.index(next(x for x in lines if "Mel" in x)))
    assert of["data", "image"][0] == "128x128x1"
    assert of["data", "resize"] == ("stretch", "default", None)
    assert of["data", "split.train"][:2] == ("800", "file")
    assert of["data", "split.stratify"] == ("true", "default", None)
    assert of["train", "optimizer"][:2] == ("adam", "file")
    assert of["train", "optimizer.beta_1"] == ("0.9", "default", None)
    assert of["train", "metrics"][0] == "[accuracy, auc]"
    assert of["train", "monitor.figure"] == ("val_loss", "default", None)


def test_golden() -> None:
    text = render_config(resolve_config(load(ALEXNET, base="16")))
    check_golden(Path(__file__).with_name("resolved_config.txt"), text)


def test_json_is_data() -> None:
    data = resolve_config(load(ALEXNET)).as_data()
    assert json.loads(json.dumps(data)) == data
    assert data["train"][0]["inner"][0] == {"name": "lr", "value": "0.0003", "origin": "file", "line": 38}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_shown_means_the_same_as_the_file(path: Path) -> None:
    experiment = load(path)
    model = [one for one in experiment.file.declarations if isinstance(one, s.Block | s.Model)]
    rest = format_file(replace(experiment.file, declarations=tuple(model), comments=()))
    again = compile_source(Source(str(path), render_config(resolve_config(experiment)) + rest, path.parent))
    assert again.experiment
    assert meaning(again.experiment) == meaning(experiment)
    assert again.experiment.lets == experiment.lets


def test_a_file_with_nothing_but_a_model() -> None:
    experiment = compile_source(Source("bare.lab", "model { input(8x8x1) -> flatten }\n")).experiment
    assert experiment
    assert render_config(resolve_config(experiment)) == 'experiment "bare"\n'
    assert resolve_config(experiment).as_data() == {"experiment": "bare", "let": []}


def test_values_of_every_kind_are_written_as_the_language_writes_them() -> None:
    text = """
        let act = relu
        let opt = adam(1e-4)
        let one = (3,)
        let odd = "a \\"b\\" \\\\ c"
        let share = 10%
        model { input(8x8x1) -> conv(4, 3x3, act) }
        train {
          optimizer = opt loss = focal(1.5) epochs = 3
          reduce_lr = plateau(patience = 2) early_stop = none
        }
    """
    experiment = compile_source(Source("kinds.lab", text)).experiment
    assert experiment
    shown = flat(resolve_config(experiment).sections["let"])
    assert [one.text for one in shown.values()] == ["relu", "adam(1e-4)", "(3,)", '"a \\"b\\" \\\\ c"', "10%"]
    train = flat(resolve_config(experiment).sections["train"])
    assert (train["loss"].text, train["loss.gamma"].text, train["early_stop"].text) == ("focal", "1.5", "none")
    assert train["reduce_lr.factor"].origin.kind == "default"
