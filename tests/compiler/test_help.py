"""`labc help`: a page for every code, with a wrong example that gives the code and a right one that does not."""

import re
from pathlib import Path

import pytest

from labc.compiler import help as pages
from labc.compiler.pipeline import Compiled, compile_source
from labc.grammar.source import Source

from ..help_pages import CODES, FOUND_BY_A_RUN, examples

ROOT = Path(__file__).parents[2]  # the examples on the pages extend files of examples/


def compiled(text: str) -> Compiled:
    """The example compiled as a file beside the examples, with the overrides that a comment in it asks for."""
    overrides = dict(re.findall(r"^# .* --set (\w+)=(\S+)", text, re.MULTILINE))
    return compile_source(Source(str(ROOT / "example.lab"), text, ROOT), overrides)


def test_there_is_a_page_for_every_code_and_no_other() -> None:
    assert {path.stem for path in pages.FOLDER.glob("*.md")} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_a_title_and_its_three_parts(code: str) -> None:
    lines = pages.read_page(code).splitlines()
    assert lines[0] == f"# {code}: {pages.title_of(code)}"
    assert 10 < len(pages.title_of(code)) < 70
    assert [line for line in lines if line.startswith("## ")] == ["## What", "## Example", "## Instead"]
    assert max(len(line) for line in lines if "((" not in line) <= 88  # for a terminal as it opens
    assert len(examples(code)) == 2


@pytest.mark.parametrize("code", CODES)
def test_the_bad_example_gives_the_code_and_no_other_error(code: str) -> None:
    found = {diagnostic.code.value for diagnostic in compiled(examples(code)[0]).diagnostics}
    warnings = {one for one in found if one.startswith("W")} - {code}
    assert found - warnings == (set() if code in FOUND_BY_A_RUN else {code})


@pytest.mark.parametrize("code", CODES)
def test_the_right_example_has_no_mistake(code: str) -> None:
    assert compiled(examples(code)[1]).diagnostics == ()
