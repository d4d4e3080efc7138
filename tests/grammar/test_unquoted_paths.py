"""A path without quotes is read as the string that is meant, and a division stays a division."""

from hypothesis import given
from hypothesis import strategies as st

from labc.grammar.diagnostics.edit import apply_edits
from labc.grammar.parse import parse
from labc.grammar.source import Source

FOLDERS = st.sampled_from(
    ["data", "train", "in", "as", "for", "images", "skin-2", "v1.2", "..", ".", "~", "*", "**", "a_b"]
)
ENDINGS = st.sampled_from(["", ".csv", ".npz", "/*.png", "/scan_*.jpg", "/1.nii.gz"])
OPERANDS = st.sampled_from(["a", "b_2", "3", "0.5", "10%", "a2", "(a/b)", "f(a/b)", "a[0]", "-a", '"a/b.png"'])
OPERATORS = st.sampled_from(["/", "/ ", " /", "//", "*", "**", "-", "+", " if a else "])


@given(st.lists(FOLDERS, min_size=1, max_size=4), ENDINGS)
def test_a_path_without_quotes_is_one_mistake_and_is_mended(folders: list[str], ending: str) -> None:
    path = f"{folders[0]}/data" + "".join(f"/{folder}" for folder in folders[1:]) + ending
    text = f"data {{\n  source = folder({path})\n  image = 8x8x1\n}}\nlet b = 3\n"
    source = Source("test.lab", text)
    found = parse(source).diagnostics
    mended = apply_edits(text, (edit for one in found for edit in one.edits))
    assert mended == text.replace(path, f'"{path}"')
    assert [one.help for one in found] == [f'write `"{path}"`']
    assert not parse(Source("test.lab", mended)).diagnostics


@given(OPERANDS, st.lists(st.tuples(OPERATORS, OPERANDS), max_size=4))
def test_an_expression_without_spaces_stays_an_expression(first: str, rest: list[tuple[str, str]]) -> None:
    text = first + "".join(operator + operand for operator, operand in rest)
    assert not parse(Source("test.lab", f"let a = {text}\nmodel {{ dense({text}, {text}) }}")).diagnostics
