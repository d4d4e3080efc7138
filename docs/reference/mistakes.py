"""mistakes.md: the codes of all mistakes and warnings, with their titles."""

from itertools import groupby

from labc.compiler.help import title_of
from labc.grammar.diagnostics.codes import Code

from .call import WRITTEN_BY, table

OPENING = f"""\
# Mistakes

<!-- {WRITTEN_BY} compiler/help; change that. -->

All of a file's mistakes come in one go, each with a code, its place and, where there is one, a way out. Codes that
begin with W are warnings. `labc help CODE` explains a code, with an example and its mending.
"""
# What the letter and the first two digits of a code say.
GROUPS = {
    "E00": "The command line, and what is not built",
    "E01": "Syntax",
    "E02": "Names and values",
    "E03": "The model: shapes, and layers that do not go together",
    "E04": "One section against another",
    "E05": "Data, found when a run reads it",
    "E06": "Running",
    "W02": "Warnings about names",
    "W03": "Warnings about the model",
    "W04": "Warnings about one section against another",
}


def mistakes_page() -> str:
    """The whole page."""
    groups = groupby((code.value for code in Code), lambda code: code[:3])
    return "\n".join([OPENING, *(_group(GROUPS[start], list(codes)) for start, codes in groups)])


def _group(title: str, codes: list[str]) -> str:
    return f"## {title}\n\n" + table(["code", ""], [[f"`{code}`", title_of(code)] for code in codes]) + "\n"
