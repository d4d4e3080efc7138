"""After one mistake in a model, no mistake is reported that only follows from it."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labc.compiler.pipeline import compile_source
from labc.grammar.diagnostics.codes import Severity
from labc.grammar.diagnostics.diagnostic import Diagnostic
from labc.grammar.source import Source

from ..drawn import slow, texts
from ..programs import EXAMPLES

GOOD = [*sorted((Path(__file__).parent.parent / "good").glob("*.lab")), *EXAMPLES]
STEP = re.compile(r"(?<=-> )[a-z]\w*|^ +(?:conv|dense|maxpool|flatten|relu|dropout|batchnorm|upsample)\b", re.MULTILINE)
WORD = re.compile(r"(?<=[, ])(?:relu|sigmoid|softmax|same|conv|dense|maxpool|flatten)(?=[,) \n(])")
WRONG = ["zzzzz(8)", "conv(8, 9999, padding = valid)", "dropout(5)", "reshape((7, 7, 7, 7))"]


def errors(text: str, folder: Path) -> list[Diagnostic]:
    found = compile_source(Source("test.lab", text, folder)).diagnostics
    return [one for one in found if one.severity is Severity.ERROR]


def check_one_mistake(text: str, folder: Path, draw: st.DataObject) -> None:
    words = [*WORD.finditer(text)]
    if draw.draw(st.booleans()) and words:
        word = draw.draw(st.sampled_from(words))
        check_errors(text[: word.start()] + "zzzzz" + text[word.end() :], folder, word.start(), 5)
    steps = [found.start() + len(found[0]) - len(found[0].lstrip()) for found in STEP.finditer(text)]
    if not steps:
        return
    at, wrong = draw.draw(st.sampled_from(steps)), draw.draw(st.sampled_from(WRONG))
    check_errors(f"{text[:at]}{wrong} -> {text[at:]}", folder, at, len(wrong))


def check_errors(text: str, folder: Path, start: int, length: int) -> None:
    """Check that all errors of a text begin in one part of it."""
    assert not [one for one in errors(text, folder) if not start <= one.span.start <= start + length], text


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
@given(draw=st.data())
@settings(max_examples=30, deadline=None)
def test_a_wrong_step_is_the_only_mistake_of_a_good_program(path: Path, draw: st.DataObject) -> None:
    check_one_mistake(path.read_text(encoding="utf-8"), path.parent, draw)


@given(texts(), st.data())
@settings(slow(60))
def test_a_wrong_step_is_the_only_mistake_of_a_drawn_program(text: str, draw: st.DataObject) -> None:
    check_one_mistake(text, Path(), draw)
