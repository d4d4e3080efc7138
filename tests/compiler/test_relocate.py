"""A text for another directory names the same files."""

from pathlib import Path

import pytest

from labc.compiler.experiment import Experiment
from labc.compiler.layers import Backbone
from labc.compiler.pipeline import compile_file

MODEL = 'model {\n  backbone(vgg16, weights = "w/vgg.weights.h5", pooling = avg)\n  dense(1, sigmoid)\n}\n'
DATA = 'data {\n  source  = SOURCE\n  label   = filename\n  classes = ["a", "b"]\n  image   = 32x32x3\n}\n'


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def load(path: Path, **overrides: str) -> Experiment:
    compiled = compile_file(path, overrides)
    assert compiled.study, compiled.diagnostics
    assert compiled.diagnostics == ()
    return compiled.study.experiment


def files(experiment: Experiment) -> dict[str, Path]:
    """Every file that the experiment names."""
    assert experiment.data
    named = {
        f"{name} {field}": source.path_of(field).resolve()
        for name, source in [*experiment.data.sources.items(), ("masks", experiment.data.masks)]
        if source
        for field in ("path", "pattern", "root")
        if hasattr(source, field)
    }
    layers = [node.layer for node in experiment.graph.nodes]
    weights = {f"{i}": one.file.resolve() for i, one in enumerate(layers) if isinstance(one, Backbone) and one.file}
    return named | weights


@pytest.mark.parametrize(
    "source",
    ['folder("skin")', 'folder("../shared/skin")', 'files("skin/*.png")', 'csv("t.csv", image = "f")',
     'csv("t.csv", image = "f", root = "img")', 'npz("a.npz")', 'folder("/data/skin")', 'folder("~/skin")'],
)  # fmt: skip
def test_the_text_names_the_same_files_from_there(source: str, tmp_path: Path) -> None:
    data = DATA.replace("SOURCE", source)
    data = data.replace("  label   = filename\n", "") if "npz" in source else data
    here = load(written(tmp_path / "lab" / "here.lab", data + MODEL))
    there = tmp_path / "lab" / "runs" / "here" / "123"
    text = here.text_in(there)
    moved = load(written(there / "experiment.lab", text))
    assert files(moved) == files(here)
    assert len(files(here)) > 1
    assert moved.text_in(there) == text


def test_what_an_extended_file_names_lies_beside_that(tmp_path: Path) -> None:
    written(tmp_path / "base" / "base.lab", DATA.replace("SOURCE", 'folder("skin")') + MODEL)
    child = load(written(tmp_path / "lab" / "child.lab", 'extends "../base/base.lab"\n'))
    moved = load(written(tmp_path / "run" / "experiment.lab", child.text_in(tmp_path / "run")))
    assert files(moved) == files(child)
    assert files(child)["source path"] == (tmp_path / "base" / "skin").resolve()
    assert "extends" not in child.text_in(tmp_path / "run")


@pytest.mark.parametrize("override", [{}, {"images": "other"}])
def test_a_path_that_a_let_gives_is_changed_in_the_let(override: dict[str, str], tmp_path: Path) -> None:
    text = 'let images = "skin"\n' + DATA.replace("SOURCE", "folder(images)") + MODEL
    here = load(written(tmp_path / "here.lab", text), **override)
    assert f'let images = "../{override.get("images", "skin")}"' in here.text_in(tmp_path / "run")
    moved = load(written(tmp_path / "run" / "experiment.lab", here.text_in(tmp_path / "run")))
    assert files(moved) == files(here)


def test_a_block_passes_its_file_on(tmp_path: Path) -> None:
    block = "block net(file) { backbone(vgg16, weights = file, pooling = avg) }\n"
    model = 'model {\n  net("w.h5")\n  dense(1, sigmoid)\n}\n'
    here = load(written(tmp_path / "here.lab", block + DATA.replace("SOURCE", 'folder("skin")') + model))
    moved = load(written(tmp_path / "run" / "experiment.lab", here.text_in(tmp_path / "run")))
    assert files(moved) == files(here)


def test_a_text_without_paths_stays(tmp_path: Path) -> None:
    text = "# a comment\nmodel { input(8x8x1) -> flatten }\n"
    assert load(written(tmp_path / "here.lab", text)).text_in(tmp_path / "run") == text
