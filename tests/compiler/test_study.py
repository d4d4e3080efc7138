"""A file comes to a study: whole experiments, short to look at, one taken wherever an experiment is."""

from pathlib import Path

import pytest

import labc
from labc.compiler.pipeline import compile_source
from labc.compiler.study import Study
from labc.grammar.source import Source

from ..meaning import meaning
from ..programs import EXAMPLES
from .test_comparison import BASE, compiled


def test_every_experiment_is_whole_and_compiled_as_if_alone() -> None:
    study = compiled('sweep { base = [8, 16] }\nvariants { "a" { batch = 2 }  "b" { rate = 0.5  epochs = 9 } }\n')
    assert [one.label for one in study] == ["a, base = 8", "a, base = 16", "b, base = 8", "b, base = 16"]
    assert [one.train and one.train.batch for one in study] == [2, 2, 4, 4]
    assert [one.train and one.train.epochs for one in study] == [5, 5, 9, 9]
    assert [one.lets for one in study] == [{"base": base, "rate": rate} for rate in (0.2, 0.5) for base in (8, 16)]
    assert study.varied == ("batch", "base", "rate", "epochs")
    for one in study:
        alone = compile_source(Source("alone.lab", one.text)).study
        assert alone
        assert meaning(alone.experiment) == meaning(one)
        assert alone.trainings == 1


@pytest.mark.parametrize(
    ("compared", "graphs"),
    [
        ("sweep { rate = [0.2, 0.3, 0.4] }\n", 3),
        ("sweep { batch_size = [1, 2, 3] }\n", 1),
        ("sweep { batch_size = [1, 2]  rate = [0.2, 0.3] }\n", 2),
        ('variants { "a" { epochs = 2 }  "b" { epochs = 3  base = 16 }  "c" { base = 16 } }\n', 2),
        ('variants { "a" { image = 64x64x1 }  "b" { scale = none }  "c" { augment { rotation = 1deg } } }\n', 3),
        ("sweep { slope = [0.1, 0.2] }\n", 2),
    ],
)
def test_experiments_with_the_same_model_share_its_graph(compared: str, graphs: int) -> None:
    lets = "let batch_size = 4\nlet slope = 0.1\nlet half = slope / 2\n"
    text = lets + BASE.replace("batch  = 4", "batch = batch_size")
    text = text.replace("lenet(", "dropout(half) -> lenet(")
    study = compile_source(Source("test.lab", text + compared)).study
    assert study
    assert len({id(one.graph) for one in study}) == graphs
    for one in study:
        alone = compile_source(Source("alone.lab", one.text)).study
        assert alone
        assert meaning(alone.experiment) == meaning(one)


def test_a_study_of_one_is_its_experiment() -> None:
    study = compiled("")
    assert list(study) == [study.base]
    assert study.experiment is study.base is study[0]
    assert list(Study.of(study.base)) == [study.base]


def test_a_study_of_several_names_them_where_one_is_wanted() -> None:
    study = compiled("sweep { base = [8, 16] }\n")
    with pytest.raises(ValueError, match=r'2 experiments: "base = 8", "base = 16"; choose one'):
        _ = study.experiment
    with pytest.raises(ValueError, match="2 experiments"):
        labc.build(study)
    with pytest.raises(KeyError, match="base = 24"):
        _ = study["base = 24"]
    assert study["base = 16"] is study[1]
    assert labc.build(study[1]).count_params() == study[1].graph.parameters


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_a_notebook_shows_is_short(path: Path) -> None:
    study = labc.load(path)
    assert len(repr(study)) < 2_000
    assert len(repr(study[0])) < 300
    html = study._repr_html_()
    assert len(html) < 4_000
    assert html.startswith("<table>")


def test_what_a_notebook_shows_holds_every_label() -> None:
    text = BASE + 'variants { "<b> & c" { batch = 2 }  "d" { batch = 3 } }\n'
    study = compile_source(Source("test.lab", text)).study
    assert study
    assert "&lt;b&gt; &amp; c" in study._repr_html_()
    assert "<b> & c  17,665 parameters" in repr(study)
    assert repr(compiled("sweep { base = range(1, 31) }\n")).endswith("and 10 more")
