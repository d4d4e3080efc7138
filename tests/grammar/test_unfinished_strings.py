"""A missing `"` is one mistake: neither what follows from it nor a missing bracket is reported with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labc.grammar.diagnostics.codes import Code
from labc.grammar.diagnostics.edit import apply_edits
from labc.grammar.parse import parse
from labc.grammar.source import Source
from labc.grammar.syntax import File

LINES = [
    'data { source = folder("data/skin") }',
    'data { classes = ["Mel", "Nev"] label = column("dx") }',
    'data {\n  classes = ["Mel", "Nev", "Bcc"]\n  source = folder("data (2)/skin")\n}',
    'experiment "A (new) title"',
    'let names = [("a", "b"), ("c", "d")]',
    'model {\n  backbone(vgg16, weights = "own.h5") -> flatten\n  dense(2)\n}',
]


@pytest.mark.parametrize("text", LINES)
@given(draw=st.data())
def test_a_string_without_one_of_its_quotes_is_one_mistake(text: str, draw: st.DataObject) -> None:
    closing = [at for count, at in enumerate(at for at, sign in enumerate(text) if sign == '"') if count % 2]
    at = draw.draw(st.sampled_from(closing))
    source = Source("test.lab", text[:at] + text[at + 1 :])
    (found,) = parse(source).diagnostics
    assert found.code is Code.BAD_STRING
    if found.edits:
        assert not parse(Source("test.lab", apply_edits(source.text, found.edits))).diagnostics


def test_the_text_of_a_string_without_its_quote_is_whole() -> None:
    assert _title(parse(Source("test.lab", 'experiment "skin\n')).file) == "skin"


def _title(file: File) -> object:
    return file.declarations[0].title.value  # type: ignore[union-attr]
