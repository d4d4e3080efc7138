"""Safe edits never add an error, and where they apply the file checks with fewer mistakes."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labc.compiler.fixes import fix_file
from labc.compiler.pipeline import compile_source
from labc.grammar.diagnostics.diagnostic import Diagnostic, count_errors
from labc.grammar.diagnostics.edit import Edit, apply_edits
from labc.grammar.source import Source

from ..programs import EXAMPLES
from .test_bad import PROGRAMS
from .test_comparison import BASE

# How a person who knows Keras or Python writes a piece of BASE, and the piece.
FOREIGN = {
    "let rate = 0.2": "let rate = 0.2\nlet flag = True if rate > 0.1 else False",
    "label   = filename": 'label   = "filename"',
    "loss   = binary_crossentropy": 'loss   = "binary_crossentropy"',
    "epochs = 5": "epochs = 5\n  metrics = [sensitivity]",
    "batch  = 4": "batch_size = 4",
    "  classifier": "  Dense(1, activation = sigmoid)",
    "  lenet(base, dropout = rate)": "  Conv2D(base, kernel_size = 3, use_bias = True)\n  MaxPooling2D(pool_size = 2)\n"
    "  Flatten\n  Dropout(rate)",
    'classes = ["Mel", "Nev"]': "classes = [Mel, 'Nev'];",
    "let base = 8": "let base == 8",
    "  image   = 32x32x1": "  image: 32x32x1,",
}


def mistakes(text: str) -> tuple[Diagnostic, ...]:
    return compile_source(Source("test.lab", text)).diagnostics


@given(st.sets(st.sampled_from(sorted(FOREIGN)), min_size=1))
@settings(max_examples=60, deadline=None)
def test_what_is_written_in_the_words_of_keras_is_mended_whole(pieces: set[str]) -> None:
    text = BASE
    for piece in pieces:
        assert piece in text
        text = text.replace(piece, FOREIGN[piece])
    assert count_errors(mistakes(text))
    path = Path("test.lab")
    fixed = fix_source(path, text)
    assert count_errors(mistakes(fixed)) == 0, fixed
    assert fix_source(path, fixed) == fixed


def test_a_mistake_that_another_one_hid_is_mended_too() -> None:
    """The comma after the label is found only when its name has no quotes, and another comma is mended before."""
    text = BASE.replace("label   = filename", '"label": filename,').replace("epochs = 5", "epochs = 5,")
    assert text.count(",\n") == BASE.count(",\n") + 2
    assert count_errors(mistakes(fix_source(Path("test.lab"), text))) == 0


def fix_source(path: Path, text: str) -> str:
    from labc.compiler.files.provider import Buffers

    return fix_file(path, files=Buffers({path: text})).text


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_no_fix_adds_an_error(path: Path) -> None:
    before = compile_source(Source(path.name, path.read_text(encoding="utf-8"), path.parent)).diagnostics
    fixed = fix_file(path)
    after = compile_source(Source(path.name, fixed.text, path.parent)).diagnostics
    assert count_errors(after) <= count_errors(before)
    assert bool(fixed.applied) == (fixed.text != fixed.source.text)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_after_a_safe_edit_its_mistake_is_gone(path: Path) -> None:
    source = Source(path.name, path.read_text(encoding="utf-8"), path.parent)
    found = compile_source(source).diagnostics
    for one in found:
        if one.edits and all(edit.safe and edit.span.source is source for edit in one.edits):
            text = apply_edits(source.text, one.edits)
            left = compile_source(Source(path.name, text, path.parent)).diagnostics
            same = [other for other in found if (other.code, other.message) == (one.code, one.message)]
            assert sum((other.code, other.message) == (one.code, one.message) for other in left) < len(same)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_file_without_a_mistake_is_left_alone(path: Path) -> None:
    assert fix_file(path).text == path.read_text(encoding="utf-8")


@given(st.text(alphabet="ab c\n", max_size=20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3)), max_size=4))
def test_edits_change_their_own_place_only(text: str, places: list[tuple[int, int]]) -> None:
    source = Source("test.lab", text)
    ends = [(min(start, len(text)), min(start + length, len(text))) for start, length in places]
    apart: list[tuple[int, int]] = []
    for start, end in sorted(ends):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    result = apply_edits(text, [Edit(source.span(start, end), "<x>") for start, end in reversed(apart)])
    parts, end = [], 0
    for start, stop in apart:
        parts += [text[end:start], "<x>"]
        end = stop
    assert result == "".join([*parts, text[end:]])
