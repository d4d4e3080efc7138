"""The pages that are written from the code are up to date, and say something of every argument."""

from collections.abc import Iterator
from typing import Any

import pytest
from reference import PAGES
from reference.docstring import Incomplete, describe, describe_arguments
from reference.layers import layer_entry
from reference.mistakes import GROUPS

from labc.compiler.expressions.builtins import FUNCTIONS
from labc.compiler.layers import LAYERS, Layer
from labc.compiler.losses import LOSSES
from labc.compiler.metrics import METRICS
from labc.compiler.sections.train.optimizer import OPTIMIZERS, Optimizer
from labc.compiler.std import BLOCKS
from labc.grammar.diagnostics.codes import Code
from labc.runtime.cli import commands

from ..compiler.test_evaluate import value_of
from .markdown import ROOT, anchors


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_its_generator_writes(name: str) -> None:
    page = ROOT / "docs" / name
    assert PAGES[name]() == page.read_text(encoding="utf-8"), "run `python docs/generate.py`"


def test_every_page_in_docs_that_is_not_generated_is_known() -> None:
    by_hand = {"architecture.md", "language.md", "performance.md", "runs.md"}
    assert {page.name for page in (ROOT / "docs").glob("*.md")} == by_hand | set(PAGES)


def headings(name: str) -> set[str]:
    return set(anchors(ROOT / "docs" / name))


def test_nothing_is_left_out() -> None:
    assert set(LAYERS) <= headings("layers.md")
    assert set(BLOCKS) <= headings("blocks.md")
    assert set(commands.commands) <= headings("commands.md")
    assert {code[:3] for code in Code} == set(GROUPS)
    assert set(LOSSES) <= headings("losses.md")
    assert set(METRICS) <= headings("metrics.md")


def test_an_argument_without_a_text_is_not_let_through() -> None:
    class Bare(Layer):
        """A layer.

        Arguments:
            units: number of units.
        """

        units: int
        rate: float

    with pytest.raises(Incomplete, match="rate"):
        layer_entry(Bare)


def test_a_text_for_no_argument_is_not_let_through() -> None:
    class Surplus(Layer):
        """A layer.

        Arguments:
            units: number of units.
            rate: nothing has this name.
        """

        units: int

    with pytest.raises(Incomplete, match="rate"):
        describe_arguments(Surplus)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_example_of_a_function_holds(name: str) -> None:
    described = describe(FUNCTIONS[name])
    assert all(f"`{name}(" in part for part in described.paragraphs)
    assert name in described.example
    assert value_of(described.example) is True


def shared(cls: type[Optimizer]) -> Iterator[tuple[str, str]]:
    for name in cls.model_fields:
        yield name, "learning_rate" if name == "lr" else name


@pytest.mark.parametrize("cls", OPTIMIZERS, ids=lambda cls: cls.word())
def test_defaults_of_optimizers_are_those_of_keras(cls: Any) -> None:
    from inspect import signature

    import keras

    theirs = signature(getattr(keras.optimizers, cls.keras_class)).parameters
    assert {name: theirs[other].default for name, other in shared(cls)} == {
        name: field.default for name, field in cls.model_fields.items()
    }
