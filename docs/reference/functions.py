"""functions.md: the functions of expressions, and the bounds on what a file may compute."""

from labc.compiler.comparison.expand import MAX_POINTS
from labc.compiler.expressions.builtins import FUNCTIONS, MAX_ITEMS
from labc.compiler.expressions.evaluate import MAX_BITS
from labc.compiler.model.builder import MAX_LAYERS
from labc.compiler.model.elaborate import MAX_DEPTH as MAX_STACKS
from labc.compiler.model.elaborate import MAX_ITERATIONS
from labc.compiler.schema.field_types import MAX_WHOLE
from labc.grammar.recovery.depth_limit import MAX_DEPTH

from .call import WRITTEN_BY, table
from .docstring import describe

OPENING = f"""\
# Functions and bounds

<!-- {WRITTEN_BY} compiler/expressions/builtins.py and the bounds beside what they bound; change that. -->

The functions that an [expression](language.md#expressions) may call.
"""
BOUNDS = [
    ["whole numbers, while computing", f"below 2**{MAX_BITS}"],
    ["whole numbers, as an argument or setting", f"at most {MAX_WHOLE:_}"],
    ["items of a computed list, letters of a computed text", f"at most {MAX_ITEMS:_}"],
    ["brackets and operators inside each other", f"at most {MAX_DEPTH} levels"],
    ["blocks, loops and conditions of the model inside each other", f"at most {MAX_STACKS} levels"],
    ["iterations of all loops of a model together", f"at most {MAX_ITERATIONS:_}"],
    ["layers of a model", f"at most {MAX_LAYERS:_}"],
    ["experiments that a file compares", f"at most {MAX_POINTS:_}"],
]
CLOSING = f"""\
## Bounds

Reading a file always ends, because what it may compute is bounded. Going past a bound is an error that names it.

{table(["what", "bound"], BOUNDS)}
"""


def functions_page() -> str:
    """The whole page."""
    return "\n".join([OPENING, *map(_entry, FUNCTIONS), "", CLOSING])


def _entry(name: str) -> str:
    described = describe(FUNCTIONS[name])
    (what,) = described.paragraphs
    return f"- {what} `{described.example}`"
