"""`extends` and `use`: what a file comes to, and that its text as run says all of it."""

from pathlib import Path
from typing import Any

import pytest

from labc.compiler.pipeline import compile_file
from labc.grammar.diagnostics.codes import Code

from ..meaning import meaning

BASE = """\
experiment "Base"
let base  = 8
let twice = base * 2
block unit(filters) { conv(filters, 3x3, relu) }
data {
  source  = phantom(skin, images = 100)
  label   = filename
  classes = ["Mel", "Nev"]
  image   = 16x16x1
  split {
    train      = 60
    validation = 40
  }
}
model {
  unit(twice)
  flatten
  dense(1, sigmoid)
}
train {
  loss   = binary_crossentropy
  epochs = 5  # few
  batch  = 4
}
"""


def compiled(folder: Path, **files: str) -> Any:
    (folder / "base.lab").write_text(BASE)
    for name, text in files.items():
        (folder / f"{name}.lab").write_text(text)
    found = compile_file(folder / "child.lab")
    assert found.experiment, [diagnostic.message for diagnostic in found.diagnostics]
    return found.experiment


def test_values_are_replaced_one_by_one(tmp_path: Path) -> None:
    child = 'extends "base.lab"\nlet k = 2\nlet base = k * 8\ndata { split { train = 50 } }\ntrain {\n  epochs = 9\n}\n'
    experiment = compiled(tmp_path, child=child)
    assert experiment.lets == {"base": 16, "twice": 32, "k": 2}
    assert (experiment.data.split.train, experiment.data.split.validation) == (50, 40)
    assert (experiment.train.epochs, experiment.train.batch) == (9, 4)
    assert experiment.graph.nodes[0].output == (16, 16, 32)
    assert experiment.title == "child"


def test_the_model_is_replaced_whole_and_blocks_by_name(tmp_path: Path) -> None:
    blocks = "block unit(filters) { conv(filters, 5x5) }\nblock head() { flatten -> dense(1, sigmoid) }\nlet base = 1\n"
    child = 'extends "base.lab"\nuse "blocks.lab"\nmodel {\n  unit(3)\n  head\n}\n'
    experiment = compiled(tmp_path, child=child, blocks=blocks)
    assert [node.name for node in experiment.graph.nodes] == ["conv_1", "flatten_1", "dense_1"]
    assert experiment.graph.nodes[0].parameters == 5 * 5 * 3 + 3
    assert experiment.lets["base"] == 8


def test_chains_of_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "middle.lab").write_text('extends "../base.lab"\nlet base = 4\n')
    experiment = compiled(tmp_path, child='extends "sub/middle.lab"\ntrain { batch = 2 }\n')
    assert (experiment.lets["base"], experiment.train.batch) == (4, 2)


def test_the_text_as_run_stands_alone_and_means_the_same(tmp_path: Path) -> None:
    data = "data {\n  # fewer\n  split { train = 50 }\n}\n"
    child = f'# why\nextends "base.lab"\nlet base = 16  # wider\n{data}train {{ epochs = 9 }}\n'
    experiment = compiled(tmp_path, child=child)
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "child.lab").write_text(experiment.text)
    again = compile_file(alone / "child.lab").experiment
    assert again is not None
    assert meaning(again) == meaning(experiment)
    assert "extends" not in experiment.text
    assert all(comment in experiment.text for comment in ("# why", "# wider", "# fewer"))
    assert again.text == experiment.text


@pytest.mark.parametrize("broken", ["let base = \n", "model { relu\n", "\xff"])
def test_mistakes_in_the_other_file_are_reported_there(tmp_path: Path, broken: str) -> None:
    (tmp_path / "base.lab").write_text(broken, encoding="latin-1")
    (tmp_path / "child.lab").write_text('extends "base.lab"\nmodel {\n  input(8x8x1)\n  flatten\n}\n')
    found = compile_file(tmp_path / "child.lab")
    assert found.experiment is None
    codes = {diagnostic.code for diagnostic in found.diagnostics}
    assert codes <= {Code.UNEXPECTED, Code.UNCLOSED, Code.UNREADABLE_FILE}
