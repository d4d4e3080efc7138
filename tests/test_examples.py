"""The experiments that labc is for are there, each where its table says, and nothing is wrong with any of them."""

import re
from pathlib import Path

import pytest

from labc.compiler.pipeline import compile_file

from .programs import EXAMPLES

FOLDER = Path(__file__).parent.parent / "examples"
TABLE = (FOLDER / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([^|]+) \| \[([^]]+)\]\(\2\) \| [^|]+ \|[^|]*\|$", TABLE, re.MULTILINE)
EXPERIMENTS = """
    mlp lenet-5a lenet-5b lenet-5c alexnet-6a alexnet-6b alexnet-6c alexnet-6d alexnet-6e alexnet-6f
    vgg-1b vgg-1c vgg-1d vgg-2 vgg-3 organs-4 reg-5a reg-5b reg-5c reg-5d reg-6a reg-6b aug-7 aug-8 aug-9
    transfer-1 transfer-2 cam-3 unet-4a unet-4b unet-4c unet-4d unet-4e unet-5 resnet-x scan-hw2a scan-hw2b
""".split()  # noqa: SIM905


def test_every_experiment_has_one_file() -> None:
    assert sorted(name for names, _ in ROWS for name in names.split(", ")) == sorted(EXPERIMENTS)


@pytest.mark.parametrize(("names", "path"), ROWS)
def test_a_file_says_which_experiment_it_is(names: str, path: str) -> None:
    first = names.split(", ")[0]
    assert Path(path).stem.startswith(first)
    assert (FOLDER / path).read_text(encoding="utf-8").startswith(f"# {names}: ")


def test_the_table_lists_every_file() -> None:
    listed = [FOLDER / path for path in re.findall(r"\[(.+\.lab)\]\(\1\)", TABLE)]
    assert sorted(listed) == EXAMPLES


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_is_wrong_with_an_example(path: Path) -> None:
    assert compile_file(path).diagnostics == ()
