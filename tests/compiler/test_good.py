"""Programs that together use every layer: they compile, are formatted, and have the plans in the golden files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from labc.compiler.layers import LAYERS, MERGES
from labc.compiler.model.composites import COMPOSITES
from labc.compiler.pipeline import compile_file
from labc.grammar import syntax as s
from labc.grammar.formatting.file import format_file
from labc.runtime.cli import commands

from ..golden import check_golden

GOOD = sorted((Path(__file__).parent.parent / "good").glob("*.lab"))


def steps(stack: s.Stack) -> Iterator[s.Layer]:
    """The layers and composites in a stack, and in the stacks in it."""
    for chain in stack.chains:
        for step in chain.steps if isinstance(chain, s.Chain) else ():
            if isinstance(step, s.Layer):
                yield step
            if step.body:
                yield from steps(step.body)


def test_every_layer_merge_and_composite_is_in_one_of_them() -> None:
    studies = [compile_file(path).study for path in GOOD]
    layers = {node.layer.word() for study in studies if study for node in study.base.graph.nodes}
    assert sorted(set(LAYERS) - layers) == [], "add it to a program in tests/good"
    models = [one for study in studies if study for one in study.file.declarations if isinstance(one, s.Model)]
    written = {step.name.id for model in models for step in steps(model.body)}
    assert sorted({*MERGES, *COMPOSITES} - written) == [], "add it to a program in tests/good"


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_program_has_its_plan(path: Path) -> None:
    compiled = compile_file(path)
    assert compiled.diagnostics == ()
    assert compiled.study
    if path.stem != "child":  # its file holds what it takes from others, too
        assert format_file(compiled.study.file) == path.read_text(encoding="utf-8")
    printed = CliRunner().invoke(commands, ["plan", str(path)], env={"COLUMNS": "120"})
    assert printed.exit_code == 0
    check_golden(path.with_suffix(".txt"), printed.output)
