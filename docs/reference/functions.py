"""functions.md: the functions of expressions, and the limits of a file's computations."""

from labc.compiler.comparison.expand import MAX_POINTS
from labc.compiler.expressions.arithmetic import MAX_BITS
from labc.compiler.expressions.builtins import FUNCTIONS, MAX_ITEMS
from labc.compiler.model.builder import MAX_LAYERS
from labc.compiler.model.elaborate import MAX_DEPTH as MAX_STACKS
from labc.compiler.model.elaborate import MAX_ITERATIONS
from labc.compiler.schema.field_types import MAX_WHOLE
from labc.grammar.recovery.depth_limit import MAX_DEPTH

from .call import WRITTEN_BY, table
from .docstring import describe

OPENING = f"""\
# Functions and limits

<!-- {WRITTEN_BY} compiler/expressions/builtins.py and the constants `MAX_…`; change those. -->

An [expression](language.md#expressions) can call these functions.
"""
LIMITS = [
    ["an integer in a computation", f"below 2**{MAX_BITS}"],
    ["an integer as an argument or setting", f"at most {MAX_WHOLE:_}"],
    ["items of a computed list, characters of a computed string", f"at most {MAX_ITEMS:_}"],
    ["nested brackets and operators", f"at most {MAX_DEPTH} levels"],
    ["nested blocks, loops and conditions of a model", f"at most {MAX_STACKS} levels"],
    ["iterations of all loops of a model together", f"at most {MAX_ITERATIONS:_}"],
    ["layers of a model", f"at most {MAX_LAYERS:_}"],
    ["experiments in a comparison", f"at most {MAX_POINTS:_}"],
]
CLOSING = f"""\
## Limits

A file's computations have limits, so that a check always ends. If a file exceeds a limit, the error names the limit.

{table(["what", "limit"], LIMITS)}
"""


def functions_page() -> str:
    """Return the whole page."""
    return "\n".join([OPENING, *map(_entry, FUNCTIONS), "", CLOSING])


def _entry(name: str) -> str:
    described = describe(FUNCTIONS[name])
    (what,) = described.paragraphs
    return f"- {what} `{described.example}`"
