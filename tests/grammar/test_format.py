"""The canonical layout: idempotent, the same tree, every comment kept."""

import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labc.grammar.formatting.file import format_file
from labc.grammar.parse import parse
from labc.grammar.source import Source

from ..drawn import slow, texts
from ..programs import EXAMPLES, WHOLE_GRAMMAR
from ..trees import bare_tree


def formatted(text: str) -> str:
    parsed = parse(Source("test.lab", text))
    assert parsed.diagnostics == ()
    return format_file(parsed.file)


def tree(text: str) -> Any:
    """The tree without its places."""
    return bare_tree(parse(Source("test.lab", text)).file.declarations)


def comments(text: str) -> list[str]:
    return sorted(comment.rstrip() for comment in re.findall(r"#.*", text))


def check(text: str) -> None:
    once = formatted(text)
    assert tree(once) == tree(text)
    assert comments(once) == comments(text)
    assert formatted(once) == once


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_in_the_canonical_layout(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text


def test_whole_grammar_is_in_the_canonical_layout() -> None:
    assert formatted(WHOLE_GRAMMAR) == WHOLE_GRAMMAR
    check(WHOLE_GRAMMAR)


@given(texts())
@settings(slow(40))
def test_drawn_programs_keep_their_tree_and_their_comments(text: str) -> None:
    check(text)


@given(st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_blanks_newlines_and_comments_change_nothing(seed: int) -> None:
    draw = random.Random(seed)
    lines = []
    for line in WHOLE_GRAMMAR.split("\n"):
        lines.append(draw.choice(["", "  ", "\t"]) + line + draw.choice(["", " ", " " if "#" in line else "  # new"]))
        lines += [""] * draw.choice([0, 0, 0, 1, 3]) + ["# own line"] * draw.choice([0, 0, 0, 1])
    check("\n".join(lines))


@given(st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_newlines_in_brackets_change_nothing(seed: int) -> None:
    draw = random.Random(seed)

    depth, text = 0, ""
    for character in re.sub(r"#.*", "", WHOLE_GRAMMAR):
        depth += (character in "([") - (character in ")]")
        text += character
        if depth and character in "([,":
            text += draw.choice(["", "\n", " # in brackets\n", "\n\n"])
    check(text)


BARE_COMPOSITES = [
    form.format(word)
    for word in ("branch", "residual as y", "parallel(add)", "frozen")
    for form in ("model {{ {} }}", "model {{ {} -> relu }}", "model {{ relu -> {} }}", "model {{ if a {{ {} }} }}")
]


@given(st.sampled_from([WHOLE_GRAMMAR, *BARE_COMPOSITES]) | texts(), st.integers(0, 2**32))
@settings(slow(60))
def test_newlines_after_and_before_braces_arrows_and_else_change_nothing(text: str, seed: int) -> None:
    draw = random.Random(seed)
    text = re.sub("#.*", "", text)
    free = re.compile(r"(?<=\{)\s*|\s*(?=\}|->|\belse\b)")
    once, twice = (free.sub(lambda _: draw.choice([" ", "\n", "\n\n  "]), text) for _ in range(2))
    first, second = (parse(Source("test.lab", text)) for text in (once, twice))
    assert bool(first.diagnostics) == bool(second.diagnostics)
    if not first.diagnostics:
        assert tree(once) == tree(twice)
        check(once)
