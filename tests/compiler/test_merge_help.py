"""The layer that the help of a merge proposes brings one tensor to the shape of the other."""

import re

from hypothesis import given
from hypothesis import strategies as st

from labc.compiler.layers import MERGES, shapes
from labc.compiler.layers.shapes import Shape
from labc.compiler.model.merge_help import merge_help
from labc.compiler.pipeline import compile_source
from labc.grammar.source import Source

LENGTHS = st.sampled_from([1, 2, 3, 4, 6, 8, 12])
SHAPES = st.integers(1, 4).flatmap(lambda rank: st.tuples(*[LENGTHS] * rank))


@given(SHAPES, SHAPES, st.sampled_from(sorted(MERGES)))
def test_the_proposed_layer_gives_the_other_shape(shape: Shape, other: Shape, word: str) -> None:
    merge = MERGES[word]()
    help = merge_help(merge, shape, [shape, other], f"before `{word}`")
    end = -1 if word == "concat" else None
    if shape[:end] == other[:end]:
        assert help is None
        return
    proposed = re.match(r"place `(.*?)` before `\w+` to bring", help or "")
    if not proposed:
        assert help
        return
    study = compile_source(Source("a.lab", f"model {{ input({shapes.text(shape)}) -> {proposed[1]} }}")).study
    assert study
    output = study.base.graph.nodes[-1].output
    if shape[:-1] == other[:-1]:
        assert merge.output((output, other)) == other
    else:
        assert output[:-1] == other[:-1]
