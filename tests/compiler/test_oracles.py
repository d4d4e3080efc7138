"""Total and trainable counts that the labs' own notebooks printed: the compiler's must be the same."""

import csv
from pathlib import Path

import pytest

from labc.compiler.backends.keras import build
from labc.compiler.model.graph import Graph
from labc.compiler.pipeline import compile_source
from labc.grammar.source import Source

ORACLES = Path(__file__).parents[3] / "shared" / "oracles" / "parameters.csv"
UNET = {(488_617, 487_145)}  # tested with the standard blocks

MLP = "flatten\nfor units in [base, base // 2, base // 4] { dense(units, relu) }"
LENET = """
for m in [1, 2] { conv(base * m, 3x3, relu) -> maxpool }
flatten
dense(2 * base, relu)
"""
ALEXNET = """
for m, pool in [(1, true), (2, true), (4, false), (4, false), (2, true)] {
  conv(base * m, 3x3) -> if bn { batchnorm } -> relu -> if pool { maxpool }
}
flatten
for units in fc { dense(units, relu) -> dropout(0.4) }
"""
VGG16 = """
for n, m in [(2, 1), (2, 2), (3, 4), (3, 8), (3, 8)] {
  repeat n { conv(base * m, 3x3, activation = relu) }
  maxpool(2x2)
}
flatten
for units in fc { dense(units, relu) }
"""

COUNTS = [
    (MLP, "128x128x1", "base = 64", 1, 1_051_265, 1_051_265),
    (LENET, "128x128x1", "base = 32", 1, 4_213_249, 4_213_249),
    (LENET, "128x128x1", "base = 16", 9, 1_053_705, 1_053_705),
    (ALEXNET, "128x128x1", "base = 8; bn = false; fc = [128, 64]", 1, 552_497, 552_497),
    (ALEXNET, "128x128x1", "base = 32; bn = false; fc = [128, 64]", 1, 2_419_649, 2_419_649),
    (ALEXNET, "128x128x1", "base = 8; bn = false; fc = [64, 64]", 1, 286_193, 286_193),
    (ALEXNET, "128x128x1", "base = 8; bn = true; fc = [64, 64]", 1, 286_609, 286_401),
    (ALEXNET, "128x128x3", "base = 64; bn = true; fc = [128, 64]", 1, 5_462_017, 5_460_353),
    (VGG16, "128x128x1", "base = 8; fc = [64, 64]", 1, 300_249, 300_249),
    (VGG16, "128x128x1", "base = 16; fc = [64, 64]", 1, 1_055_857, 1_055_857),
]


def compiled_graph(steps: str, declared: str = "") -> Graph:
    compiled = compile_source(Source("oracle.lab", f"{declared}\nmodel {{\n{steps}\n}}\n"))
    assert compiled.experiment, compiled.diagnostics
    return compiled.experiment.graph


@pytest.mark.parametrize(("layers", "image", "lets", "units", "total", "trainable"), COUNTS)
def test_counts_are_the_notebooks(layers: str, image: str, lets: str, units: int, total: int, trainable: int) -> None:
    head = "dense(1, sigmoid)" if units == 1 else f"dense({units}, softmax)"
    declared = "\n".join(f"let {one.strip()}" for one in lets.split(";"))
    graph = compiled_graph(f"input({image})\n{layers}\n{head}", declared)
    assert (graph.parameters, graph.trainable, graph.frozen) == (total, trainable, total - trainable)
    model = build(graph)
    assert model.count_params() == total
    assert sum(int(weight.shape.num_elements()) for weight in model.trainable_weights) == trainable


def test_the_transfer_head_is_the_notebook_s() -> None:
    graph = compiled_graph("input(7x7x512)\nflatten -> dense(128, relu) -> dropout(0.5) -> dense(1, sigmoid)")
    assert (graph.parameters, graph.trainable) == (3_211_521, 3_211_521)
    assert build(graph).count_params() == 3_211_521


def test_the_features_of_vgg16_are_the_notebook_s() -> None:
    graph = compiled_graph("input(224x224x3)\nbackbone(vgg16)")
    assert (graph.parameters, graph.trainable, graph.output) == (14_714_688, 0, (7, 7, 512))
    assert build(compiled_graph("input(224x224x3)\nbackbone(vgg16, weights = none)")).count_params() == 14_714_688


@pytest.mark.skipif(not ORACLES.is_file(), reason="the oracles lie beside the checkout")
def test_every_row_of_the_oracles_is_tested() -> None:
    rows = list(csv.DictReader(ORACLES.read_text(encoding="utf-8").splitlines()))
    tested = {(total, trainable) for *_, total, trainable in COUNTS} | {(3_211_521, 3_211_521), (14_714_688, 0)}
    assert {(int(row["total"]), int(row["trainable"])) for row in rows} - tested == UNET
