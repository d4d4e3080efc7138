"""docs/layers.md is what its generator writes, and its examples compile."""

import re
import runpy
from pathlib import Path

import pytest

from labc.compiler.pipeline import compile_source
from labc.grammar.source import Source

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "layers.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```lab\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page_is_what_the_generator_writes() -> None:
    written = runpy.run_path(str(DOCS / "generate.py"))["layers_page"]()
    assert written == PAGE, "run `python docs/generate.py`"


def test_every_layer_on_the_page_has_an_example_and_every_link_leads_to_it() -> None:
    headings = re.findall(r"^### (\w+)$", PAGE, re.MULTILINE)
    assert len(EXAMPLES) == len(headings) == len(set(headings))
    assert re.findall(r"\]\(#(\w+)\)", PAGE) == headings


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_on_the_page_compiles(example: str) -> None:
    before = "flatten" if "dense" in example else "linear"
    start = "input(32x32x3)" if example.startswith("backbone") else f"input(28x28x1)\n{before} as skip"
    text = f"model {{\n{start}\n{example}\n}}\n"
    compiled = compile_source(Source("example.lab", text))
    assert compiled.experiment, compiled.diagnostics
