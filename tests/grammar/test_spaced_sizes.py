"""A size with spaces or another cross is read as the size that is meant."""

from hypothesis import given
from hypothesis import strategies as st

from labc.grammar.diagnostics.edit import apply_edits
from labc.grammar.parse import parse
from labc.grammar.source import Source

GAPS = st.sampled_from(["", " ", "  ", "\t"])
CROSSES = st.tuples(GAPS, st.sampled_from("xX\N{MULTIPLICATION SIGN}"), GAPS).map("".join)


@given(st.lists(st.integers(0, 99), min_size=2, max_size=4), st.data())
def test_a_spaced_size_is_one_mistake_and_is_mended(lengths: list[int], draw: st.DataObject) -> None:
    text = str(lengths[0]) + "".join(draw.draw(CROSSES) + str(length) for length in lengths[1:])
    size = "x".join(map(str, lengths))
    source = Source("test.lab", f"let a = ({text}, 3)\nmodel {{ conv(8, {text}) }}\n")
    found = parse(source).diagnostics
    if text == size:
        assert not found
        return
    assert [one.help for one in found] == [f"write `{size}`"] * 2
    mended = apply_edits(source.text, (edit for one in found for edit in one.edits))
    assert mended == source.text.replace(text, size)
    assert not parse(Source("test.lab", mended)).diagnostics


@given(GAPS, st.integers(0, 9))
def test_a_setting_that_is_named_like_a_size_stays_a_setting(gap: str, number: int) -> None:
    assert not parse(Source("test.lab", f"train {{ a = 8 x{number}{gap}= 4 }}")).diagnostics
