"""Any mutation of a valid program gives diagnostics or an experiment, never an exception."""

import random
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from labc.compiler.pipeline import compile_source
from labc.compiler.plan import make_plan
from labc.grammar.diagnostics.diagnostic import has_errors
from labc.grammar.diagnostics.render import as_data, render_text
from labc.grammar.formatting.file import format_file
from labc.grammar.source import Source
from labc.grammar.terminal_text import printable

from ..drawn import slow, texts
from ..meaning import meaning
from ..programs import EXAMPLES, WHOLE_GRAMMAR

BAD = Path(__file__).parent.parent / "bad"
FILES = [*EXAMPLES, *sorted(BAD.glob("*.lab"))]
PROGRAMS = [("whole.lab", WHOLE_GRAMMAR), *((str(path), path.read_text(encoding="utf-8")) for path in FILES)]
SIGNS = "{ } ( ) [ ] , . : = == < -> + - * / **"
NUMBERS = "0 -1 2 3x3 0x3 10% 10deg 1e-4 1e308 1e999 999999999999"
NAMES = "true false none relu range min len sum if else and not for in repeat let block model data train classes input"
WORDS = [*f"{SIGNS} {NUMBERS} {NAMES} adam concat".split(), '"text"', '""', "[]", "()", "[1, 2]", "\n", "focal(2)"]


@given(st.sampled_from(PROGRAMS), st.integers(0, 2**32))
@settings(max_examples=400, deadline=None)
def test_any_mutation_gives_diagnostics_or_an_experiment(program: tuple[str, str], seed: int) -> None:
    check_mutated(*program, random.Random(seed))


@given(texts(), st.integers(0, 2**32))
@settings(slow(60))
def test_any_mutation_of_a_drawn_program_gives_diagnostics_or_an_experiment(program: str, seed: int) -> None:
    check_mutated("drawn.lab", program, random.Random(seed))


def check_mutated(name: str, program: str, draw: random.Random) -> None:
    pieces = re.findall(r"\w+|\s+|[^\w\s]", program)
    for _ in range(draw.randint(1, 5)):
        place = draw.randrange(len(pieces))
        match draw.randrange(3):
            case 0:
                pieces[place] = ""
            case 1:
                pieces.insert(place, f" {draw.choice(WORDS)} ")
            case _:
                pieces[place] = draw.choice([draw.choice(WORDS), draw.choice(pieces)])
    text = "".join(pieces)
    compiled = compile_source(Source(name, text, Path(name).parent))
    assert (compiled.experiment is None) == has_errors(compiled.diagnostics)
    for diagnostic in compiled.diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(diagnostic.span.source.text)
        assert printable(diagnostic.message) in render_text(diagnostic)
        assert as_data(diagnostic)["line"] >= 1
    if compiled.study:
        make_plan(compiled.study)
        again = compile_source(Source(name, format_file(compiled.study.file), Path(name).parent)).study
        assert again is not None
        assert [meaning(one) for one in again] == [meaning(one) for one in compiled.study]
