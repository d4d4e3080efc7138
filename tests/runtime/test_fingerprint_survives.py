"""A setting that is added later, with a default, makes no finished run stale: tried in a copy of the project."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COPIED = ("labc", "grammar", "compiler", "runtime", "examples")
ADDED = {
    ("compiler/sections/train/train.py", "Train"): "balanced_batches: bool = False",
    ("compiler/sections/train/optimizer.py", "Adam"): "amsgrad: bool = False",
    ("compiler/sections/data/data.py", "Data"): "despeckle: int | None = None",
    ("compiler/sections/data/split.py", "Split"): "by_date: bool = False",
    ("compiler/layers/convolution.py", "Conv"): "causal: bool = False",
    ("compiler/layers/pooling.py", "MaxPool"): "ceil: bool = False",
}
WRITTEN = {  # each of them with another value than its default
    "epochs": "balanced_batches = true\n  epochs",
    "adam(": "adam(amsgrad = true, lr = ",
    "classes =": "despeckle = 3\n  classes =",
    "stratify": "by_date = true\n    stratify",
    "activation = linear": "causal = true",
    "maxpool(2x2": "maxpool(2x2, ceil = true",
}
TEXT = """\
data {
  source  = phantom(skin, images = 40)
  label   = filename
  classes = ["Mel", "Nev"]
  image   = 16x16x1
  split { stratify = true }
}
model { conv(4, 3x3, activation = linear) -> maxpool(2x2) -> flatten -> dense(1, sigmoid) }
train {
  optimizer = adam(1e-3)
  loss      = binary_crossentropy
  epochs    = 3
}
"""
PRINT = """
import sys
import labc
from labc.runtime.data.dataset import select_images
from labc.runtime.runs.fingerprint import fingerprint

for path in sys.argv[1:]:
    one = labc.load(path).experiment
    images = select_images(one.data, False).images_key
    print(fingerprint(one.graph, one.data, one.train, images=images, backend="jax", versions={}, quick=False))
"""


def fingerprints(project: Path, *files: Path) -> list[str]:
    """The fingerprints of experiments, as a project computes them."""
    paths = [str(project), *filter(None, [os.environ.get("PYTHONPATH")])]
    command = [sys.executable, "-c", PRINT, *map(str, files)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def add_field(file: Path, name: str, field: str) -> None:
    """Put a field behind the last one of a class."""
    text = file.read_text(encoding="utf-8")
    (body,) = (node.body for node in ast.parse(text).body if isinstance(node, ast.ClassDef) and node.name == name)
    fields = [statement for statement in body if isinstance(statement, ast.AnnAssign)]
    end = (fields or body)[-1 if fields else 0].end_lineno
    lines = text.splitlines()
    lines.insert(end or 0, f"    {field}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the added settings."""
    folder = tmp_path_factory.mktemp("later")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for (file, name), field in ADDED.items():
        add_field(folder / file, name, field)
    return folder


def test_added_settings_and_arguments_with_defaults_make_no_run_stale(later: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.lab"
    plain.write_text(TEXT, encoding="utf-8")
    files = [ROOT / "examples" / "alexnet_bn.lab", plain]
    assert fingerprints(later, *files) == fingerprints(ROOT, *files)


def test_an_added_setting_counts_as_soon_as_it_is_used(later: Path, tmp_path: Path) -> None:
    files = [tmp_path / "plain.lab", *(tmp_path / f"{number}.lab" for number in range(len(WRITTEN)))]
    for file, (old, new) in zip(files, {"": "", **WRITTEN}.items(), strict=True):
        assert old in TEXT
        file.write_text(TEXT.replace(old, new), encoding="utf-8")
    prints = fingerprints(later, *files)
    assert len(set(prints)) == len(files)
