"""The work of a check grows with the length of the text, not with its square, however broken the text is."""

import re

from hypothesis import assume, example, given
from hypothesis import strategies as st

from labc.compiler.pipeline import compile_source
from labc.grammar.source import Source

from ..work import count_work

FRAGMENTS = re.split(
    r"\s+",
    r"""( ) [ ] { } , ; : = == + - * / // ** -> . ? ! \ ' " “ ” # /* */ 1 1x 1% 2x2 1deg a a.b as if else for in
repeat not and or model data block let train variants expect sweep experiment extends true elif def "a" 'a' r"a"
relu conv
let␣a␣=␣1 a␣=␣(1 relu␣->␣rel model␣{ model␣{␣a data␣{ block␣b␣{ for␣a,␣b␣in repeat␣3␣{ if␣a␣{ }␣else␣{ a(b␣=␣1 [1,
"a"␣{ train␣{␣a␣=␣[ 1␣if␣a␣else split␣{ while␣a:""",
)  # `␣` stands for a space in a fragment
BETWEEN = st.sampled_from(["", " ", "\n", " \n ", ", "])
PIECE = st.tuples(st.sampled_from([one.replace("␣", " ") for one in FRAGMENTS]), BETWEEN).map("".join)
AROUND = st.sampled_from(
    [
        ("", ""),
        ("model {\n input(8x8x1)\n", "\n}\n"),
        ("data {\n", "\n}\n"),
        ("let a = [", "]\n"),
        ("model { input(8x8x1) -> conv(", ") }"),
    ]
)
TIMES = 200


@example("1, ", ("model { input(8x8x1) -> conv(", ") }"))
@example("a = 1 ", ("model { input(8x8x1) -> conv(", ") }"))
@example("a = 1\n", ("train {\n", "\n}\n"))
@given(st.lists(PIECE, min_size=1, max_size=3).map("".join), AROUND)
def test_twice_the_text_is_twice_the_work(piece: str, around: tuple[str, str]) -> None:
    assume(piece.strip())
    short, long = (work(piece * times, around) for times in (TIMES, 2 * TIMES))
    assert long < 2.3 * short


def work(text: str, around: tuple[str, str]) -> int:
    source = Source("test.lab", text.join(around))
    compile_source(source)  # a first check imports modules and fills caches
    return count_work(lambda: compile_source(source), 10_000_000)
