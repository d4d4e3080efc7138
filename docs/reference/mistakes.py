"""mistakes.md: the codes of all mistakes and warnings, with their titles."""

from itertools import groupby

from labc.compiler.help import title_of
from labc.grammar.diagnostics.codes import Code

from .call import WRITTEN_BY, table

OPENING = f"""\
# Mistakes

<!-- {WRITTEN_BY} compiler/help; change that. -->

A check reports all mistakes of a file at once. Each mistake has a code and a location, and often a help line that says
how to correct it. Codes that begin with W are warnings. `labc help CODE` explains a code, and shows a wrong file
and the corrected file.
"""
# The meaning of the letter and the first two digits of a code.
GROUPS = {
    "E00": "The command line, and what is not implemented",
    "E01": "Syntax",
    "E02": "Names and values",
    "E03": "The model: shapes, and layers that do not go together",
    "E04": "Sections that contradict each other",
    "E05": "Mistakes in the data, found when a run reads the data",
    "E06": "Mistakes found during a run",
    "W02": "Warnings about names",
    "W03": "Warnings about the model",
    "W04": "Warnings about sections that do not go together",
    "W05": "Warnings about the data, found when a run reads the data",
}


def mistakes_page() -> str:
    """Return the whole page."""
    groups = groupby((code.value for code in Code), lambda code: code[:3])
    return "\n".join([OPENING, *(_group(GROUPS[start], list(codes)) for start, codes in groups)])


def _group(title: str, codes: list[str]) -> str:
    return f"## {title}\n\n" + table(["code", ""], [[f"`{code}`", title_of(code)] for code in codes]) + "\n"
