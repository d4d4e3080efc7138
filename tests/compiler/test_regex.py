"""Regular expressions in a file: the same matches as Python's `re`, in linear time, and never an exception."""

import re
import warnings
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from labc.compiler.expressions.values import show
from labc.compiler.pipeline import compile_source
from labc.compiler.sections.data.filename_pattern import FilenamePattern
from labc.grammar.diagnostics.codes import Code
from labc.grammar.diagnostics.render import render_text
from labc.grammar.source import Source

PIECES = [
    *"ab1_.*+?|^$()[]-\\",
    "(a)",
    "(a+)+",
    "[a-b]",
    "\\d",
    "\\w",
    "\\b",
    "{2}",
    "(?:",
    "(?=",
    "(?P<n>",
    "\\1",
    "é",
]
PATTERNS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


def find(pattern: str, name: str) -> str | None:
    return FilenamePattern.model_construct(pattern=pattern).find(name)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*$", "(a|aa)+$", "((a*)*)*$", "(.*a){20}$", "^(\\w+\\s?)*$"])
def test_a_name_cannot_stop_a_search(pattern: str) -> None:
    """Python's `re` would take more than 2**1000 steps."""
    assert find(pattern, "a" * 1_000 + "!") in (None, "")


@given(PATTERNS, st.text("ab1_é.", max_size=8))
@settings(max_examples=500, deadline=None)
@example("^(p[0-9]+)_", "p12_x.png")
def test_a_match_is_that_of_python(pattern: str, name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            expected = re.compile(pattern, re.ASCII)
        except (re.error, FutureWarning):
            return
    source = Source("regex.lab", f"data {{ split {{ group = filename({show(pattern)}) }} }}")
    if expected.groups != 1 or any(one.code == Code.OUT_OF_BOUNDS for one in compile_source(source).diagnostics):
        return
    if re.search(r"[*+?}]\)*[*+?{]", pattern):  # an empty match of a repeated group is not defined
        return
    match = expected.search(name)
    assert find(pattern, name) == (match[1] if match else None)


@given(PATTERNS | st.text(max_size=20))
@example("(" * 10_000)
@example("(" * 2_000 + "a" + ")" * 2_000)
@example("(a{1000}){1000}")
@example("(\udcff)")
@example("[[a](b)")  # Python warns about it
@example("(a{99999999999999999999})")
@settings(max_examples=300, deadline=None)
def test_a_pattern_gives_a_diagnostic_inside_it_or_none(pattern: str) -> None:
    text = f"data {{ split {{ group = filename({show(pattern)}) }} }}\n"
    source = Source("regex.lab", text, Path())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = [one for one in compile_source(source).diagnostics if one.code == Code.OUT_OF_BOUNDS]
    if not any(not character.isprintable() for character in pattern):
        assert len(found) <= 1
    for one in found:
        assert text.index("(") < one.span.start < one.span.end <= text.rindex(")")
        render_text(one)


@pytest.mark.parametrize(
    ("pattern", "part"), [('\\"(a++)', "++"), ("é(?=a)", "(?="), ("(漢)\\1", "\\\\1"), ("[b-a]", "b-a")]
)
def test_the_place_is_the_wrong_part(pattern: str, part: str) -> None:
    source = Source("regex.lab", f"data {{ split {{ group = filename({show(pattern)}) }} }}\n")
    (found,) = [one for one in compile_source(source).diagnostics if one.code == Code.OUT_OF_BOUNDS]
    assert found.span.text == part


def test_a_name_that_is_not_utf8() -> None:
    assert find("^(p[0-9]+)_", "p12_\udcff.png") == "p12"
