"""Whole files: `let`s, blocks, data, a model and its training, sometimes spread over a second file."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from labc.compiler.layers.shapes import Shape
from labc.compiler.schema.field_types import ACTIVATIONS

from .draft import Draft
from .stacks import Context, Stack, body
from .steps import extend

# By a seed, as Hypothesis's own choices are much alike within an example: what fails is small enough to be read.
NUMBERS: st.SearchStrategy[Callable[[int, int], int]] = st.integers(0, 2**64).map(
    lambda seed: random.Random(seed).randint
)


@dataclass(frozen=True)
class Drawn:
    """A program: the text of its file, those of the files beside it by name, and what it was drawn of."""

    text: str
    others: dict[str, str] = field(default_factory=dict)
    used: frozenset[str] = frozenset()


@st.composite
def programs(draw: Callable[[st.SearchStrategy[Any]], Any], alone: bool = False, most: int = 6) -> Drawn:
    """Valid programs with up to `most` steps at the top of their models; `alone` for those of one file."""
    return draw_program(Draft(draw(NUMBERS)), alone, most)


def draw_program(draft: Draft, alone: bool, most: int) -> Drawn:
    """Draw a valid program: see `programs`."""
    context = Context(lets=_lets(draft), lists={"widths": [2, 3]} if draft.chance(2) else {})
    context.lets += [f"let {name} = {held}" for name, held in context.lists.items()]
    context.words = [draft.name("word")] if draft.chance(3) else []
    context.lets += [f"let {name} = {draft.pick(ACTIVATIONS)}" for name in context.words]
    shape, data, start = _input(draft, context)
    stack = Stack(draft, context, shape)
    extend(stack, draft.number(1, most))
    end, train = _end(draft, bool(data))
    model = f"model {body(draft, [*start, *stack.chains, *end])}"
    shared = [*context.lets, *context.blocks.values(), *data]
    own = [model, *train, *(["expect { params >= 0 }"] if draft.chance(6) else [])]
    return _files(draft, shared, own, alone)


def texts(most: int = 4) -> st.SearchStrategy[str]:
    """The texts of programs of one file."""
    return programs(alone=True, most=most).map(lambda drawn: drawn.text)


def _lets(draft: Draft) -> list[str]:
    lets = []
    for _ in range(draft.number(0, 3)):
        name, value = draft.name("a"), draft.number(1, 6)
        lets.append(f"let {name} = {draft.whole(value)}")
        draft.names[name] = value
    return lets


def _input(draft: Draft, context: Context) -> tuple[Shape, list[str], list[str]]:
    """The shape of the input, a `data` section if that gives it, and else the step that does."""
    if draft.chance(3):
        channels, side = draft.pick([1, 3]), draft.pick([4, 6, 8])
        context.built_in.update(classes=2, channels=channels)
        draft.names.update(context.built_in)
        draft.note("data")
        options = [line for line in ("resize = pad", "scale = sample", "split { train = 60% }") if draft.chance(3)]
        lines = ["source = phantom(skin, images = 100)", "label = filename", 'classes = ["Mel", "Nev"]']
        return (side, side, channels), [_section("data", [*lines, f"image = {side}x{side}x{channels}", *options])], []
    axes = draft.number(0, 3)
    longest = {0: 12, 1: 12, 2: 8, 3: 4}[axes]
    shape = (*(draft.pick([longest, draft.number(2, longest)]) for _ in range(axes)), draft.number(1, 4))
    draft.note(f"input of {axes} axes")
    return shape, [], [f"input({draft.shape(shape)})"]


def _end(draft: Draft, with_data: bool) -> tuple[list[str], list[str]]:
    """The last steps, and a `train` section if the model can be trained."""
    if with_data and draft.chance(2):
        options = [
            line for line in ("batch = 4", "optimizer = adam(1e-4)", "metrics = [accuracy, auc]") if draft.chance(2)
        ]
        draft.note("train")
        return ["flatten", "classifier"], [_section("train", ["loss = binary_crossentropy", "epochs = 2", *options])]
    return [draft.pick(["linear", "rescale(2)", "flatten -> dense(3, softmax)"])], []


def _section(word: str, lines: list[str]) -> str:
    inside = "\n  ".join(lines)
    return f"{word} {{\n  {inside}\n}}"


def _files(draft: Draft, shared: list[str], own: list[str], alone: bool) -> Drawn:
    """The declarations in one file in any order, or some of them in another that this one extends or uses."""
    form = "alone" if alone else draft.pick(["alone", "alone", "extends", "use"])
    elsewhere = [one for one in shared if form == "extends" or (form == "use" and one.startswith("block"))]
    kept = draft.shuffled([*(one for one in shared if one not in elsewhere), *own])
    head = ['experiment "drawn"'] if draft.chance(2) else []
    head += [f'{form} "other.lab"'] if form != "alone" else []
    gap = draft.pick(["\n", "\n\n", "\n# between\n\n"])
    draft.note(form)
    others = {"other.lab": "\n".join(elsewhere) + "\n"} if form != "alone" else {}
    return Drawn(gap.join([*head, *kept]) + "\n", others, frozenset(draft.used))
