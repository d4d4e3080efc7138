"""Every check ends: the work is bounded by a budget, and a file beyond a bound gets a diagnostic that names it."""

from functools import partial

import pytest

from labc.compiler import pipeline
from labc.compiler.expressions.budget import MAX_STEPS, Budget
from labc.compiler.expressions.value_size import MAX_ITEMS, value_size
from labc.compiler.expressions.values import Value
from labc.compiler.pipeline import Compiled, compile_source
from labc.grammar.diagnostics.codes import Code
from labc.grammar.diagnostics.reporter import MAX_MISTAKES
from labc.grammar.recovery.layout import MAX_TOKENS
from labc.grammar.source import Source

from ..work import count_work

STEPS = 20_000
LINES_FOR_A_STEP = 100
END = "model { input(8x8x1) -> flatten }\n"


def lines(form: str, count: int) -> str:
    """The form for every number from 1; `{i}` is the number and `{h}` the number before it."""
    return "".join(form.format(i=i, h=i - 1) for i in range(1, count + 1))


def model(body: str) -> str:
    return f"model {{\n input(8x8x1)\n{body}\n flatten\n}}\n"


ENDLESS = {
    "blocks that call blocks": "block b0 { repeat 0 { relu } }\n"
    + lines("block b{i} {{ b{h} -> b{h} }}\n", 50)
    + model("b50"),
    "wide merges": model(f"relu as a\nrepeat 10**9 {{ add({'a, ' * 500}) }}"),
    "wide wrong calls": model(f"repeat 10**9 {{ conv({'1, ' * 500}) }}"),
    "many loop variables": "let l = range(500)\n"
    + model(f"repeat 10**9 {{ for {', '.join(f'a{i}' for i in range(500))} in [l] {{ }} }}"),
    "long lists as arguments": "let l = range(9999)\n" + model("conv(l)\n" * 500),
    "empty loops": model("repeat 10**9 { }"),
    "wrong steps": model("repeat 10**9 { dense(3, 4, oops) }"),
    "unknown names": model("for i in range(300) { for j in range(300) { conv(aa) -> conv(bb) } }"),
    "unknown layers": model("repeat 10**9 { rel }"),
    "lists of lets": lines("let a{i} = [1] * 9999\n", 200) + END,
    "lists in a list": f"let a = [{'[1] * 9999, ' * 200}]\n" + END,
    "other names of a list": "let a = [1] * 9999\n" + lines("let a{i} = a\n", 200) + END,
    "sums": "let a = range(9999)\n" + lines("let b{i} = sum(a) + len(a)\n", 200) + END,
    "comparisons": "let a = range(9999)\n" + lines("let b{i} = a == a\n", 200) + END,
    "walked lists": "let a = range(9999)\n" + model("repeat 10**9 { for i in a { } }"),
    "conditions": model("repeat 10**9 { if 1 + 1 == 3 { relu } }"),
    "unknown names among many": lines("let a{i} = 1\n", 300) + model(lines("conv(b{i})\n", 300)),
    "unknown layers among many": lines("block a{i} {{ relu }}\n", 300) + model(lines("b{i}\n", 300)),
    "unknown names of a sweep": lines("let a{i} = 1\n", 300)
    + END
    + "sweep {\n"
    + lines("b{i} = [1, 2]\n", 300)
    + "}\n",
    "points": "let a = 1\n"
    + lines("block b{i} {{ relu }}\n", 300)
    + model("conv(a)")
    + "sweep { a = range(1, 900) }\n",
    "layers of points": "let a = 1\n" + model("repeat 400 { conv(a) }") + "sweep { a = range(1, 900) }\n",
    "variants": lines("let a{i} = 1\n", 300)
    + model("conv(a1)")
    + "variants {\n"
    + lines('"{i}" {{ a1 = {i} }}\n', 900)
    + "}\n",
    "claims": "let a = 1\n"
    + model("conv(a)")
    + "expect {\n"
    + lines('"{i}": params > {i} - 999\n', 300)
    + "}\nsweep { a = range(1, 900) }\n",
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_work_is_counted_and_ends(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "Budget", partial(Budget, STEPS))
    source = Source("test.lab", text)
    compile_source(Source("warm.lab", "?\n" + model("conv(oops) -> rel")))  # imports modules and fills caches
    compiled: list[Compiled] = []
    count_work(lambda: compiled.append(compile_source(source)), LINES_FOR_A_STEP * (STEPS + len(text)))
    limits = [one for one in compiled[0].diagnostics if one.code is Code.BEYOND_BOUND]
    assert len(limits) == 1
    assert f"more than {MAX_STEPS:_} steps" in limits[0].message
    assert limits[0].span.text
    assert compiled[0].study is None


def test_the_help_of_a_mistake_takes_steps_of_its_own() -> None:
    text = model("relu as s\nrepeat COUNT { relu }\nmaxpool(2) -> upsample(2) -> add(s)").replace("8x8x1", "9x9x1")
    (found,) = compile_source(Source("test.lab", text.replace("COUNT", "10"))).diagnostics
    assert found.help and "multiples of 2" in found.help
    (found,) = compile_source(Source("test.lab", text.replace("COUNT", "9000"))).diagnostics
    assert found.code is Code.MERGE_SHAPES
    assert found.help and "multiples of" not in found.help


def test_steps_are_for_one_check_and_for_the_run_after_it() -> None:
    text = model("conv(8)") + 'expect { "claim": params > 0 }\n'
    study = compile_source(Source("test.lab", text)).study
    assert study
    (claim,) = study.base.claims
    assert claim.lets.budget.left == MAX_STEPS


def test_a_text_of_too_many_words_is_not_read() -> None:
    assert not messages(END + "\n" * (MAX_TOKENS - 100))
    assert messages(END + "\n" * MAX_TOKENS) == [
        "this file must have at most 200_000 words, numbers and signs, but has more"
    ]


@pytest.mark.parametrize("line", ["?\n", "let a = \n", "let b = 1\n"], ids=["strays", "syntax", "twice"])
def test_a_text_of_too_many_mistakes_is_not_read_to_its_end(line: str) -> None:
    found = messages(END + line * (MAX_MISTAKES + 100))
    assert len(found) == MAX_MISTAKES + 2  # the one too many, and the limit
    assert found.count("this file has more than 5000 mistakes, so the rest is not checked") == 1


def messages(text: str) -> list[str]:
    return [one.message for one in compile_source(Source("test.lab", text)).diagnostics]


def test_the_size_of_a_value_counts_the_items_of_its_lists() -> None:
    assert value_size([1, [2, 3], (4, [5])]) == 8
    assert value_size(["x" * 250, "y"]) == 4
    shared: list[Value] = [1] * 5
    for _ in range(40):
        shared = [shared, shared]
    assert value_size(shared) > MAX_ITEMS  # counted without walking through all 2**40
