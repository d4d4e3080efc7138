"""functions.md: the functions of expressions, and the limits of a file's computations."""

from labc.compiler.comparison.expand import MAX_POINTS
from labc.compiler.expressions.arithmetic import MAX_BITS
from labc.compiler.expressions.budget import CLAIM, EXPERIMENT, ITERATION, LAYER, LET, MAX_STEPS, MISTAKE
from labc.compiler.expressions.builtins import FUNCTIONS
from labc.compiler.expressions.value_size import CHARACTERS, MAX_ITEMS
from labc.compiler.files.imports import MAX_CHAIN, MAX_IMPORTS, MAX_TAKEN
from labc.compiler.files.provider import MAX_BYTES
from labc.compiler.model.builder import MAX_LAYERS, MAX_PARAMETERS
from labc.compiler.model.elaborate import MAX_DEPTH as MAX_STACKS
from labc.compiler.schema.field_types import MAX_NAME, MAX_PATH, MAX_WHOLE
from labc.grammar.diagnostics.reporter import MAX_MISTAKES
from labc.grammar.recovery.depth_limit import MAX_DEPTH
from labc.grammar.recovery.layout import MAX_TOKENS

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
    ["items of a list, with the items of the lists in it; characters of a computed string", f"at most {MAX_ITEMS:_}"],
    ["nested brackets and operators", f"at most {MAX_DEPTH} levels"],
    ["nested blocks, loops and conditions of a model", f"at most {MAX_STACKS} levels"],
    ["layers of a model", f"at most {MAX_LAYERS:_}"],
    ["weights of a model", f"at most {MAX_PARAMETERS:_}"],
    ["values of a tensor, for one image", "below 2**63"],
    ["experiments in a comparison", f"at most {MAX_POINTS:_}"],
    ["a `.lab` file", f"at most {MAX_BYTES // 10**6} MB"],
    ["files in a chain of `extends` and `use`", f"at most {MAX_CHAIN}"],
    ["`extends` and `use` of all files together", f"at most {MAX_IMPORTS:_}"],
    ["declarations that all `extends` and `use` together import", f"at most {MAX_TAKEN:_}"],
    ["a path, and each name in it", f"at most {MAX_PATH:_} and {MAX_NAME} bytes"],
    ["words, numbers and signs of a file; a comment and a line end count as one each", f"at most {MAX_TOKENS:_}"],
    ["mistakes that are reported", f"at most {MAX_MISTAKES:_}"],
    ["steps of a check, with all experiments of a comparison", f"at most {MAX_STEPS:_}"],
]
CLOSING = f"""\
## Limits

A file's computations have limits, so that a check always ends. If a file exceeds a limit, the error names the limit.

{table(["what", "limit"], LIMITS)}

A check takes one step for each value, name and operator that it evaluates, and for each item of a list that it creates,
compares or reads in a loop; a string counts as an item for every {CHARACTERS} characters. Other steps are added:

| for | steps |
| --- | ---: |
| a `let` | {LET} |
| a claim | {CLAIM} |
| an iteration of a loop, and 1 more for each of its variables | {ITERATION} |
| a layer or the call of a block, and 1 more for each of its arguments | {LAYER} |
| a mistake in a model | {MISTAKE} |
| an experiment of a comparison, and 1 more for each declaration of the file | {EXPERIMENT} |
| a known name that an unknown name is compared with | 2 |

Experiments with the same model share the steps of the model. A step takes about a microsecond.
"""


def functions_page() -> str:
    """Return the whole page."""
    return "\n".join([OPENING, *map(_entry, FUNCTIONS), "", CLOSING])


def _entry(name: str) -> str:
    described = describe(FUNCTIONS[name])
    (what,) = described.paragraphs
    return f"- {what} `{described.example}`"
