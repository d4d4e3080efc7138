"""A comment of another language is one mistake, and is mended; the same signs in an expression are no comments."""

import pytest

from labc.grammar.diagnostics.edit import apply_edits
from labc.grammar.parse import parse
from labc.grammar.source import Source

SOUND = [
    "let a = (7\n  // 2)",
    "let a = [1,\n  --2]",
    "let a = 7 // b",
    "let a = --b",
    "data {\n  a = b // c  d = 3\n  e = b // c  split { f = 1 }\n}",
    "expect {\n  --a > b\n  params // a b > 0\n}",
]
COMMENTS = [
    "// one",
    "% one",
    "-- one two",
    'experiment "A" // it\'s (one)',
    "let a = 3 // the first (of two",
    "data {\n  a = b -- this is b\n}",
    "model {\n  conv(8) // one\n  // one [\n  conv(8) % the last one\n}",
]


@pytest.mark.parametrize("text", SOUND)
def test_an_operator_is_no_comment(text: str) -> None:
    assert not parse(Source("test.lab", text)).diagnostics


@pytest.mark.parametrize("text", COMMENTS)
def test_a_comment_is_one_mistake_and_is_mended(text: str) -> None:
    source = Source("test.lab", text)
    found = parse(source).diagnostics
    assert len(found) == sum(text.count(sign) for sign in ("//", "--", "%"))
    mended = apply_edits(text, [edit for one in found for edit in one.edits])
    assert not parse(Source("test.lab", mended)).diagnostics
