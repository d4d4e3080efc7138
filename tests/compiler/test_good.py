"""Programs over the whole language: sound, in the canonical layout, and planned as the golden files say."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from labc.compiler.layers import LAYERS, MERGES
from labc.compiler.model.composites import COMPOSITES
from labc.compiler.pipeline import compile_file
from labc.grammar.formatting.file import format_file
from labc.runtime.cli import commands

from ..golden import check_golden

GOOD = sorted((Path(__file__).parent.parent / "good").glob("*.lab"))


def test_every_layer_and_every_merge_is_in_one_of_them() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in GOOD)
    elsewhere = {"relu", "selu", "silu", "softplus", "tanh", "linear", "sigmoid"}  # as the activation of a layer
    assert [word for word in {*LAYERS, *MERGES, *COMPOSITES} - elsewhere if word not in text] == []


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_program_has_its_plan(path: Path) -> None:
    compiled = compile_file(path)
    assert compiled.diagnostics == ()
    assert compiled.study
    if path.stem != "child":  # what it takes over is no text of its own
        assert format_file(compiled.study.file) == path.read_text(encoding="utf-8")
    printed = CliRunner().invoke(commands, ["plan", str(path)], env={"COLUMNS": "120"})
    assert printed.exit_code == 0
    check_golden(path.with_suffix(".txt"), printed.output)
