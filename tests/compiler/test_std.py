"""The standard library: in the language, canonical, and of the sizes that are known from elsewhere."""

import pytest

from labc.compiler.backends.keras import build
from labc.compiler.model.graph import Graph
from labc.compiler.pipeline import compile_source
from labc.compiler.std import BLOCKS, FOLDER, std_block
from labc.grammar.formatting.file import format_file
from labc.grammar.parse import parse
from labc.grammar.source import Source
from labc.grammar.syntax import Block

FILES = sorted(FOLDER.glob("*.lab"))


def graph_of(image: str, steps: str, lets: str = "") -> Graph:
    compiled = compile_source(Source("std.lab", f"{lets}\nmodel {{\ninput({image})\n{steps}\n}}\n"))
    assert compiled.experiment, [diagnostic.message for diagnostic in compiled.diagnostics]
    return compiled.experiment.graph


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_are_canonical_and_every_block_has_a_comment(path: object) -> None:
    text = path.read_text()  # type: ignore[attr-defined]
    parsed = parse(Source("std", text))
    assert parsed.diagnostics == ()
    assert format_file(parsed.file) == text
    for block in parsed.file.declarations:
        assert isinstance(block, Block)
        assert text[: block.span.start].rstrip(" ").splitlines()[-1].startswith("#")


def test_the_index_names_every_block() -> None:
    declared = [
        (block.name.id, path.name)
        for path in FILES
        for block in parse(Source("std", path.read_text())).file.declarations
        if isinstance(block, Block)
    ]
    assert sorted(declared) == sorted(BLOCKS.items())
    assert all(std_block(name) for name in BLOCKS)


@pytest.mark.parametrize(
    ("image", "steps", "total", "trainable"),
    [
        ("128x128x1", "mlp(64) -> dense(1, sigmoid)", 1_051_265, 1_051_265),
        ("128x128x1", "lenet(16) -> dense(9, softmax)", 1_053_705, 1_053_705),
        ("128x128x1", "alexnet(32) -> dense(1, sigmoid)", 2_419_649, 2_419_649),
        ("128x128x1", "alexnet(8, units = [64, 64], batchnorm = true) -> dense(1, sigmoid)", 286_609, 286_401),
        ("128x128x3", "alexnet(64, batchnorm = true) -> dense(1, sigmoid)", 5_462_017, 5_460_353),
        ("128x128x1", "vgg16(16) -> dense(1, sigmoid)", 1_055_857, 1_055_857),
        ("256x256x1", "unet(8, batchnorm = true) -> conv(1, 1x1, sigmoid)", 488_617, 487_145),
        # torchvision's resnet18: 11 689 512 weights, 513 000 of them in its last layer, and 4 800 normalised channels.
        ("224x224x3", "resnet18", 11_689_512 - 513_000 + 2 * 4_800, 11_689_512 - 513_000),
    ],
)
def test_networks_have_their_known_sizes(image: str, steps: str, total: int, trainable: int) -> None:
    graph = graph_of(image, steps)
    assert (graph.parameters, graph.trainable) == (total, trainable)
    model = build(graph)
    assert model.count_params() == total
    assert tuple(model.output.shape[1:]) == graph.output


def test_conv_block_keeps_the_order_of_the_language() -> None:
    graph = graph_of("16x16x1", "conv_block(4, batchnorm = true, spatial_dropout = 0.1, pool = 2x2)")
    assert [node.layer.word() for node in graph.nodes] == [
        "conv",
        "batchnorm",
        "activation",
        "spatial_dropout",
        "maxpool",
    ]


def test_standard_blocks_do_not_see_the_files_names() -> None:
    assert (
        graph_of("16x16x1", "conv_block(4)", "let relu = 3").parameters
        == graph_of("16x16x1", "conv_block(4)").parameters
    )


def test_the_taps_of_a_standard_block_are_its_own() -> None:
    once = graph_of("16x16x1", "unet(2, depth = 1)")
    twice = graph_of("16x16x1", "conv(1, 3x3) as down[0]\nunet(2, depth = 1) -> concat(down[0])\nunet(2, depth = 1)")
    assert len(twice.nodes) == 2 * len(once.nodes) + 2


def test_a_files_own_block_wins_with_a_warning() -> None:
    text = "block lenet(n) { dense(n) }\nmodel {\ninput((8,))\nlenet(3)\n}\n"
    compiled = compile_source(Source("own.lab", text))
    assert compiled.experiment
    assert compiled.experiment.graph.parameters == 27
    assert [diagnostic.code.value for diagnostic in compiled.diagnostics] == ["W0201"]


@pytest.mark.parametrize(
    ("image", "steps"),
    [
        ("32x32x1", "mlp(8, dropout = 0.4)"),
        ("32x32x1", "lenet(4, dropout = 0.4)"),
        ("32x32x1", "alexnet(2, batchnorm = true, spatial_dropout = 0.1, dropout = 0.4)"),
        ("32x32x1", "vgg16(2, batchnorm = true, spatial_dropout = 0.1, dropout = 0.4)"),
        ("32x32x1", "unet(2, batchnorm = true, dropout = 0.2)"),
        ("32x32x1", "resnet18(2)"),
    ],
)
def test_networks_give_no_warning(image: str, steps: str) -> None:
    assert compile_source(Source("std.lab", f"model {{\ninput({image})\n{steps}\n}}\n")).diagnostics == ()
